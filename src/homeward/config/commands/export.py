"""Write everything that an authority's files gave, as files that `homeward import` reads to the same record.

Example: homeward export handover --authority slough
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    parser.add_argument("--authority", required=True, metavar="NAME")


def run(args: Namespace) -> int:
    from homeward.config.database import ready

    ready()
    from homeward.records import audit
    from homeward.records.access import children_for_commands
    from homeward.records.queries.authorities import authority_named
    from homeward.reports.everything import write_everything

    try:
        authority = authority_named(args.authority)
        audit.commanded("export", authority, children_for_commands(authority).values_list("pk", flat=True))
        written = write_everything(authority, args.folder)
    except (LookupError, FileExistsError) as error:
        print(error.args[0], file=sys.stderr)
        return 1
    print(f"{len(written)} files written to {args.folder}. They hold records of children: keep them safe.")
    return 0
