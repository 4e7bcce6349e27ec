"""Read SSDA903 returns, Annex A workbooks or Homeward's own bundle into the record.

Example: homeward import returns/2025 --authority slough --dry-run
"""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import Any

SHOWN = 3


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, folders or zips")
    parser.add_argument("--authority", required=True, metavar="NAME", help="an authority, or a policy pack")
    parser.add_argument("--dry-run", action="store_true", help="say what would change and save nothing")
    parser.add_argument("--year", type=int, metavar="YEAR", help="the 31 March that closes the return")
    parser.add_argument(
        "--all-problems", action="store_true", help="print every problem, not the first of a kind"
    )


def run(args: Namespace) -> int:
    from django.db import transaction

    from homeward.config.database import ready

    ready()
    from homeward.config.today import now
    from homeward.intake.load import CannotRead, authority_called, load_paths
    from homeward.records import audit

    gc.disable()  # a short run that makes millions of objects and hardly a cycle
    try:
        with transaction.atomic():
            authority = authority_called(args.authority)
            outcome = load_paths(authority, args.paths, now=now(), year=args.year, try_only=args.dry_run)
            if args.dry_run:
                transaction.set_rollback(True)
            else:
                audit.commanded("import", authority, outcome.touched)
    except (CannotRead, LookupError) as error:
        print(error.args[0], file=sys.stderr)
        return 1
    print("\n".join(report(outcome, dry=args.dry_run, every=args.all_problems)))
    return 0


def report(outcome: Any, *, dry: bool, every: bool) -> list[str]:
    """What was read, what changed, and the problems by kind."""
    verb = "would be" if dry else "were"
    lines = [
        f"{outcome.rows_read} rows read, {outcome.rows_new} of them new; {outcome.rows_gone} dropped.",
        f"{outcome.children_new} children {verb} added, {outcome.children_changed} {verb} changed.",
    ]
    for model, counts in sorted(outcome.counts().items()):
        said = ", ".join(f"{count} {sort}" for sort, count in counts.items() if count)
        lines.append(f"  {model}: {said}")
    if outcome.changes_nothing:
        lines.append("Nothing changes: the record already says this.")
    lines += _problems(outcome.problems, every)
    lines.append("Nothing was saved (dry run)." if dry else "Saved.")
    return lines


def _problems(problems: list[Any], every: bool) -> list[str]:
    lines: list[str] = []
    counted = Counter((problem.severity, problem.kind) for problem in problems)
    for (severity, kind), count in counted.most_common():
        own = [problem for problem in problems if (problem.severity, problem.kind) == (severity, kind)]
        lines.append(f"{severity.capitalize()} {kind} ({own[0].column or 'file'}): {count}. {own[0].mend}")
        for problem in own if every else own[:SHOWN]:
            where = f"{problem.file}, row {problem.row}: " if problem.file and problem.row else ""
            lines.append(f"  {where}{problem.child + ': ' if problem.child else ''}{problem.message}")
        if count > SHOWN and not every:
            lines.append(f"  … and {count - SHOWN} more (--all-problems lists them)")
    return lines
