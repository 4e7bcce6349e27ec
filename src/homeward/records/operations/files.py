"""Files kept sealed under random names in the data folder: stored, read, removed, and what is left over.

A file is written whole, under another name, and forced to the disk before its row is: so no row is ever
without its file. What a broken-off save leaves behind is a sealed file without a row; `homeward check`
finds and removes it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from homeward.files.kinds import Accepted
from homeward.records import vault
from homeward.records.models import Authority, Child, Person, StoredFile

KEY = "files.1"
KEPT_AFTER_REMOVAL = timedelta(days=90)  # our choice, as for the files of an import (SECURITY 4.2)
_BEING_SAVED = timedelta(hours=1)  # no save takes this long: what is older and has no row is left over
_DRAFT = ".part"


def store(
    accepted: Accepted,
    authority: Authority,
    child: Child | None,
    by: Person | None,
    now: datetime,
    *,
    title: str = "",
    field_set: str = "core",
) -> StoredFile:
    """Seals and keeps a file that came through the gate."""
    name = secrets.token_hex(16)
    place = _folder(authority) / name
    _write(place, vault.seal(accepted.content, KEY, f"file:{name}"))
    try:
        return StoredFile.objects.create(
            authority=authority,
            child=child,
            name=name,
            title=title,
            kind=accepted.kind,
            size=len(accepted.content),
            sha=hashlib.sha256(accepted.content).hexdigest(),
            field_set=field_set,
            added_by=by,
            added_at=now,
        )
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def read(stored: StoredFile) -> bytes:
    """The file as it was accepted. Raises vault.CannotOpen, or FileNotFoundError when it was lost."""
    return vault.open_sealed(_place(stored).read_bytes(), f"file:{stored.name}")


def remove(stored: StoredFile, by: Person, reason: str, now: datetime) -> None:
    """Nobody sees the file any more; that there was one, who removed it and why stays. Destroyed later."""
    stored.removed_at, stored.removed_by, stored.reason = now, by, reason
    stored.save(update_fields=["removed_at", "removed_by", "reason"])


def destroy(stored: StoredFile) -> None:
    """The row goes, and with the end of the transaction the file."""
    place = _place(stored)
    stored.delete()
    transaction.on_commit(lambda: place.unlink(missing_ok=True))


def lost() -> list[StoredFile]:
    """Rows whose file is not there: a part of a backup is missing, or somebody deleted it."""
    rows = StoredFile.objects.select_related("authority").exclude(size=0)
    return [stored for stored in rows if not _place(stored).exists()]


def left_over(now: datetime) -> list[Path]:
    """Files that belong to no row, and those of rows that were removed long enough ago."""
    kept = StoredFile.objects.exclude(removed_at__lt=now - KEPT_AFTER_REMOVAL)
    names = set(kept.values_list("name", flat=True))
    before = time.time() - _BEING_SAVED.total_seconds()  # files bear the machine's time
    return [file for file in _all() if file.name not in names and file.stat().st_mtime < before]


def sweep(now: datetime) -> None:
    """Destroys what is left over. Of a file removed long ago the row stays, and says that it is empty."""
    names = []
    for file in left_over(now):
        file.unlink(missing_ok=True)
        names.append(file.name)
    StoredFile.objects.filter(name__in=names).update(size=0, title="")


def _write(place: Path, sealed: bytes) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(place.name + _DRAFT)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name too is on the disk before the row is
    finally:
        os.close(folder)


def _root() -> Path:
    return Path(settings.DATA) / "files"


def _folder(authority: Authority) -> Path:
    return _root() / authority.slug


def _place(stored: StoredFile) -> Path:
    return _folder(stored.authority) / stored.name


def _all() -> Iterator[Path]:
    return (file for file in _root().glob("*/*") if file.is_file())
