"""Files that came through a page and wait to be applied, kept sealed with what they would change."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from homeward.files.kinds import Accepted
from homeward.records.models import Authority, Load, Person, StoredFile
from homeward.records.operations import files
from homeward.records.operations.loads import Outcome, told

KEPT_FOR = timedelta(days=90)  # DECISIONS, Imports: the raw file itself


def keep_try(
    authority: Authority,
    person: Person,
    uploads: Sequence[tuple[str, bytes]],
    year: int | None,
    outcome: Outcome,
    changes: list[dict[str, Any]],
    now: datetime,
) -> Load:
    """Keeps the files and the difference that was shown; `changes` are its lines by child, in words."""
    forget_old(now)
    report = {
        "counts": outcome.counts(),
        "children_new": outcome.children_new,
        "rows_read": outcome.rows_read,
        "rows_new": outcome.rows_new,
        "rows_gone": outcome.rows_gone,
        "rows_refused": outcome.rows_refused,
        "matched": outcome.matched,
        "children": changes,
        "year": year,
        "nothing": outcome.changes_nothing,
        "problems": [told(problem) for problem in outcome.problems],
    }
    kept = [
        {"name": name, "kept": files.store(Accepted("return", raw, ""), authority, None, person, now).name}
        for name, raw in uploads
    ]
    return Load.objects.create(
        authority=authority, made_at=now, person=person, state="tried", files=kept, report=report
    )


def uploads_of(load: Load) -> list[tuple[str, bytes]]:
    """(name, content) of the files of a try; empty once they are no longer kept."""
    kept = _kept(load)
    if not kept or len(kept) < len(load.files):
        return []
    return [(file["name"], files.read(kept[file["kept"]])) for file in load.files]


def still_kept(load: Load) -> bool:
    """Whether the files of a try can still be applied, without reading them."""
    return bool(load.files) and len(_kept(load)) == len(load.files)


def applied_as(tried: Load, applied: Load) -> None:
    """Marks a try as applied, so that it is not applied again."""
    tried.report = {**tried.report, "applied_as": applied.pk}
    tried.save(update_fields=["report"])
    forget(tried)


def forget(load: Load) -> None:
    """Destroys the raw files of a try, which has to be uploaded again to be applied."""
    for stored in _kept(load).values():
        files.destroy(stored)


def forget_old(now: datetime) -> None:
    """Destroys files of tries that nobody applied in time, and those that version 0.1 kept unsealed."""
    for load in Load.objects.filter(state="tried", made_at__lt=now - KEPT_FOR):
        forget(load)
    shutil.rmtree(Path(settings.DATA) / "uploads", ignore_errors=True)


def _kept(load: Load) -> dict[str, StoredFile]:
    names = [file["kept"] for file in load.files if "kept" in file]
    found = StoredFile.objects.select_related("authority").filter(authority=load.authority_id, name__in=names)
    return {stored.name: stored for stored in found}
