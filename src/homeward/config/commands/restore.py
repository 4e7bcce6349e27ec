"""Put a backup in the place of what is here, after proving every byte and row of it.

Example: homeward restore /mnt/backups/homeward-2026-11-25-020000.backup --key /media/safe/homeward.key
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from homeward.config.commands.backup import add_key, key_of, said


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FILE", help="a backup")
    add_key(parser)
    parser.add_argument("--replace", action="store_true", help="although there is a record here")
    parser.add_argument("--check", action="store_true", help="prove that it can be restored; change nothing")
    parser.add_argument(
        "--incomplete",
        action="store_true",
        help="although keys or the ledger are lost: sealed files stay closed, later seals are forgotten",
    )


def run(args: Namespace) -> int:
    from homeward.config.database import ready, set_up

    key = key_of(args)
    set_up()
    from django.conf import settings

    from homeward.config import holding
    from homeward.config.safekeeping import restore

    if not args.check:
        holding.alone(settings.DATA)
    manifest = restore.read(
        args.source,
        key,
        settings.DATA,
        replace=args.replace,
        incomplete=args.incomplete,
        only_check=args.check,
    )
    made = datetime.fromisoformat(manifest["made_at"])
    moment = f"{made.day} {made:%B %Y at %H:%M}"
    if args.check:
        print(f"The backup of {moment} is whole: {said(manifest)}. Nothing was changed.")
        return 0
    ready()
    _end_sessions()
    print(f"The record is as it was on {moment}: {said(manifest)}.")
    print("Seals and erasures made since then were done again. Everyone signs in anew.")
    print("Whose access ended since then has it again: end it once more before you serve.")
    return 0


def _end_sessions() -> None:
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
