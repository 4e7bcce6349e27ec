"""Puts what was restored beside into its place: whole or not at all, whenever the machine stops.

Everything is made ready in a folder of the data folder, and the one step that decides is renaming that
folder. What follows can be broken off and is then finished by the next command or start, before it looks
into the database.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from homeward.config.safekeeping import DATABASE, FOLDERS, MARK, databases

READY = ".restore-ready"
_ITEMS = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", *FOLDERS, MARK)


def decide(staging: Path, data: Path) -> None:
    """From here on what was restored is what counts."""
    sync(staging)
    staging.rename(data / READY)
    _sync_folder(data)


def finish(data: Path, database: dict[str, Any]) -> None:
    """Moves what was there aside, what was restored in, and removes what was there. Repeated, it goes on."""
    ready = data / READY
    if not ready.exists():
        return
    if (ready / databases.DUMP).exists():
        try:
            databases.exchange(databases.parameters(database))
        except databases.StillInUse:
            forget(ready, database)  # the names were not exchanged, so the record stays as it was
            raise
    new, aside, emptied = ready / "new", ready / "aside", ready / "emptied"
    if not emptied.exists():
        aside.mkdir(exist_ok=True)
        for name in _ITEMS:
            if (data / name).exists():
                (data / name).rename(aside / name)
        emptied.touch()
        _sync_folder(ready)
    for name in _ITEMS:
        if (new / name).exists():
            (new / name).rename(data / name)
    _sync_folder(data)
    if (ready / databases.DUMP).exists():
        params = databases.parameters(database)
        databases.drop(params, databases.replaced_of(params))
    shutil.rmtree(ready)


def forget(staging: Path, database: dict[str, Any]) -> None:
    """Removes what was restored beside."""
    if (staging / databases.DUMP).exists():
        params = databases.parameters(database)
        databases.drop(params, databases.beside_of(params))
    shutil.rmtree(staging)


def sync(folder: Path) -> None:
    """Waits until every file and folder below is on the disk."""
    for path in (folder, *folder.rglob("*")):
        _sync_folder(path)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
