"""Write an encrypted backup of everything, while Homeward is in use.

Example: homeward backup --new-key /media/safe/homeward.key
         homeward backup /mnt/backups --key /media/safe/homeward.key
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from homeward.config.safekeeping import CannotKeep


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "target", type=Path, nargs="?", metavar="FILE", help="a new file, or a folder in which to make one"
    )
    add_key(parser)
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a key, and no backup")


def add_key(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="the key file (default: HOMEWARD_BACKUP_KEY)"
    )


def key_of(args: Namespace) -> bytes:
    from homeward.config.safekeeping.container import read_key

    named = args.key or os.environ.get("HOMEWARD_BACKUP_KEY")
    if not named:
        raise CannotKeep("Name the key file with --key; make one with: homeward backup --new-key FILE")
    return read_key(Path(named))


def run(args: Namespace) -> int:
    from homeward.config.safekeeping.container import new_key

    if args.new_key:
        new_key(args.new_key)
        print(f"The key is {args.new_key}. Keep a copy of it away from this machine and from the backups:")
        print("without it no backup can be opened, and with it everyone who has a backup can.")
        return 0
    if args.target is None:
        print("Name the file to write, or a folder for it.", file=sys.stderr)
        return 2
    return _write(args.target, key_of(args))


def _write(target: Path, key: bytes) -> int:
    from homeward.config.database import ready

    ready()
    from django.conf import settings

    from homeward.config.safekeeping import backup
    from homeward.config.today import now

    made_at = now()
    if target.is_dir():
        target = target / f"homeward-{made_at:%Y-%m-%d-%H%M%S}.backup"
    manifest = backup.write(target, key, settings.DATA, made_at)
    print(f"{target}: {said(manifest)}.")
    print("The keys and the ledger of seals and erasures are not in it: keep copies of both elsewhere.")
    return 0


def said(manifest: dict[str, object]) -> str:
    tables, files = manifest["tables"], manifest["files"]
    assert isinstance(tables, dict) and isinstance(files, dict)
    rows = sum(table["rows"] for table in tables.values())
    return f"{rows:,} rows of {len(tables)} tables and {len(files)} files"
