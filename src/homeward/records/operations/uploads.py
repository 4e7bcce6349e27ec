"""Files that came through a page and wait to be applied, kept with what they would change."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from homeward.records.models import Authority, Load, Person
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
        "children": changes,
        "year": year,
        "nothing": outcome.changes_nothing,
        "problems": [told(problem) for problem in outcome.problems],
    }
    names = [{"name": name} for name, _ in uploads]
    load = Load.objects.create(
        authority=authority, made_at=now, person=person, state="tried", files=names, report=report
    )
    folder = _folder(load)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    for number, (_, content) in enumerate(uploads):
        (folder / str(number)).write_bytes(content)
    return load


def uploads_of(load: Load) -> list[tuple[str, bytes]]:
    """(name, content) of the files of a try; empty once they are no longer kept."""
    folder = _folder(load)
    if not folder.is_dir():
        return []
    return [(file["name"], (folder / str(number)).read_bytes()) for number, file in enumerate(load.files)]


def applied_as(tried: Load, applied: Load) -> None:
    """Marks a try as applied, so that it is not applied again."""
    tried.report = {**tried.report, "applied_as": applied.pk}
    tried.save(update_fields=["report"])
    forget(tried)


def forget(load: Load) -> None:
    """Removes the raw files of a try, which has to be uploaded again to be applied."""
    shutil.rmtree(_folder(load), ignore_errors=True)


def forget_old(now: datetime) -> None:
    """Removes files of tries that nobody applied in time."""
    for load in Load.objects.filter(state="tried", made_at__lt=now - KEPT_FOR):
        forget(load)


def _folder(load: Load) -> Path:
    return Path(settings.DATA) / "uploads" / str(load.pk)
