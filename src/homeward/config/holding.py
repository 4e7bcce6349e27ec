"""Who uses the data folder: commands and workers hold it together, a restore holds it alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """The folder is held by somebody else."""


_held: dict[Path, int] = {}


def share(folder: Path) -> None:
    """Holds the folder with others until this process ends; refused while a restore has it."""
    _take(folder, fcntl.LOCK_SH, f"A backup is being restored in {folder}. Start again when that has ended.")


def alone(folder: Path) -> None:
    """Holds the folder against everybody else, until `share`."""
    _take(folder, fcntl.LOCK_EX, f"Homeward is running on {folder}. Stop it, and any command, first.")


def _take(folder: Path, how: int, otherwise: str) -> None:
    if folder not in _held:
        _held[folder] = os.open(folder / ".in-use", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(_held[folder], how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse(otherwise) from None


@contextmanager
def one_backup(folder: Path) -> Iterator[None]:
    """One backup at a time: what another one left behind is then rubbish."""
    with (folder / ".backing-up").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse("Another backup of this folder is being written.") from None
        yield
