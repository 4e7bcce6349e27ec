"""The ledger of protections: which children were sealed and which erased, outside database and backup.

A backup brings back what was there when it was made, so what was sealed or erased since is written here as
well, and done again after a restore before anybody is served (operations/protect.py). Each line is written
and on the disk before the database commits, and carries an HMAC over itself and the line before, with a key
that lies in neither: a line changed or taken out from the middle shows.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from homeward.records import vault
from homeward.records.models import Child, Restriction

KEY = "ledger.1"
SEALED, ERASED = "sealed", "erased"
FIRST = "0" * 64


class Broken(Exception):
    """The ledger was changed, or its key is not here; nothing is served until that is put right."""


@dataclass(frozen=True, slots=True)
class Line:
    """One child (by public id) sealed or erased, and when; `about` holds ids and counts, never a name."""

    child: str
    action: str
    at: datetime
    about: dict[str, Any] = field(default_factory=dict, hash=False)
    mac: str = ""


def ledger() -> Path:
    """HOMEWARD_LEDGER names a folder of another disk or host; else it lies in the data folder."""
    return Path(os.environ.get("HOMEWARD_LEDGER") or Path(settings.DATA) / "ledger") / "ledger.jsonl"


def read() -> list[Line]:
    """Every line, each checked against the one before. Raises Broken."""
    try:
        return _checked(ledger().read_bytes())
    except FileNotFoundError:
        return []


def note(child: str, action: str, at: datetime, **about: Any) -> None:
    """Adds a line and waits until it is on the disk: the last thing before the transaction commits."""
    file = ledger()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        held = kept.read()
        lines = _checked(held)
        # What a crash cut short was never said to be done, and the next line takes its place.
        kept.truncate(held.rfind(b"\n") + 1)
        kept.seek(0, os.SEEK_END)
        said = {"child": child, "action": action, "at": at.isoformat(), "about": about}
        said["mac"] = _mac(lines[-1].mac if lines else FIRST, said)
        kept.write(json.dumps(said, sort_keys=True).encode("utf-8") + b"\n")
        kept.flush()
        os.fsync(kept.fileno())
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def missing() -> list[Line]:
    """What the ledger says and the database does not show: it was restored, or a commit did not come."""
    lines = read()
    named = sorted({line.child for line in lines})
    erased = {line.child for line in lines if line.action == ERASED}
    there: set[str] = set()
    seals: set[tuple[str, datetime]] = set()
    for start in range(0, len(named), 500):
        children = Child.objects.filter(public_id__in=named[start : start + 500])
        there |= set(children.values_list("public_id", flat=True))
        made = Restriction.objects.filter(child__in=children, level=Restriction.SEALED)
        seals |= set(made.values_list("child__public_id", "made_at"))
    return [
        line
        for line in lines
        if line.child in there
        and (line.action == ERASED or (line.child not in erased and (line.child, line.at) not in seals))
    ]


def unlisted() -> list[tuple[str, datetime]]:
    """Seals of the database that the ledger does not hold: it was cut short or lost."""
    listed = {(line.child, line.at) for line in read()}
    seals = Restriction.objects.filter(level=Restriction.SEALED).order_by("made_at")
    return [
        (public_id, at)
        for public_id, at in seals.values_list("child__public_id", "made_at")
        if (public_id, at) not in listed
    ]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of workers that start together one replays, and the others find it done."""
    with os.fdopen(os.open(ledger().with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _checked(held: bytes) -> list[Line]:
    whole = held[: held.rfind(b"\n") + 1]
    if whole and not (vault.keys_folder() / f"{KEY}.key").exists():
        raise Broken(
            f"The key of the ledger of seals and erasures, {KEY}.key, is not in {vault.keys_folder()}. "
            "Put it back from its copy."
        )
    lines: list[Line] = []
    for number, text in enumerate(whole.splitlines(), 1):
        try:
            said = json.loads(text)
            mac = said.pop("mac")
            if not hmac.compare_digest(mac, _mac(lines[-1].mac if lines else FIRST, said)):
                raise ValueError
            at = datetime.fromisoformat(said["at"])
            lines.append(Line(said["child"], said["action"], at, said["about"], mac))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Broken(
                f"Line {number} of the ledger of seals and erasures does not follow from the line before: "
                f"{ledger()} was changed, or its key is another one. Put both back from their copies."
            ) from None
    return lines


def _mac(before: str, said: dict[str, Any]) -> str:
    text = before + json.dumps(said, sort_keys=True)
    return hmac.new(vault.key(KEY), text.encode("utf-8"), hashlib.sha256).hexdigest()
