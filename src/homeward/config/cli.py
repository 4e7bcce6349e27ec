"""The `homeward` command: finds the commands, runs the one that was asked for, and says what went wrong."""

from __future__ import annotations

import argparse
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from homeward.config import commands


def main(argv: Sequence[str] | None = None) -> int:
    """0 done, 1 could not be done, 2 asked wrongly."""
    try:
        args = parser().parse_args(argv)
        code: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # `homeward tracker | head`: nobody reads on, and Python must not complain while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = said(error)
        if sentence is None or os.environ.get("HOMEWARD_TRACEBACK"):
            raise
        print(sentence, file=sys.stderr)
        return 1
    return code


class _Parser(argparse.ArgumentParser):
    """One sentence and where to read on, instead of the whole usage, when a command is asked wrongly."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parser() -> argparse.ArgumentParser:
    whole = _Parser(
        prog="homeward",
        description="Permanence planning for children in care: every promise dated, explained and kept.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    named = whole.add_subparsers(metavar="COMMAND", required=True)
    for name in sorted(found.name for found in pkgutil.iter_modules(commands.__path__)):
        command = import_module(f"{commands.__name__}.{name}")
        sentence, _, example = (command.__doc__ or "").strip().partition("\n")
        one = named.add_parser(
            name.rstrip("_").replace("_", "-"),
            help=sentence.rstrip("."),
            description=sentence,
            epilog=example.strip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add(command, one)
    return whole


def _add(command: ModuleType, one: argparse.ArgumentParser) -> None:
    command.add_arguments(one)
    one.set_defaults(run=command.run)


def said(error: Exception) -> str | None:
    """The sentence of an error that a person can mend; None for one that is ours."""
    from django.core.exceptions import ImproperlyConfigured, ValidationError
    from django.db import OperationalError

    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)):
        return f"{error.filename}: {(error.strerror or str(error)).lower()}."
    if isinstance(error, OperationalError):
        return f"The database cannot be used: {str(error).strip()}."
    # A plain LookupError carries a sentence; KeyError and IndexError are mistakes of ours.
    if isinstance(error, ImproperlyConfigured) or type(error) is LookupError or _is_ours(type(error)):
        return str(error)
    return None


def _is_ours(kind: type[Exception]) -> bool:
    """Errors that Homeward itself defines are written as sentences: CannotRead, PolicyError, …"""
    return kind.__module__.startswith("homeward.")
