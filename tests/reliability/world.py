"""What is in the database of a harness, and what must be true of it afterwards; run inside the place."""

from __future__ import annotations

from typing import Any


def make() -> dict[str, Any]:
    """The cast, as a demonstration: who signs in by name, and where the children's pages are."""
    from django.conf import settings
    from tests.cast import assemble

    from homeward.config.folder import mark_as_demonstration
    from homeward.records.models import Review

    mark_as_demonstration(settings.DATA, settings.TODAY(), 1)
    cast = assemble()
    review = Review.current.filter(child=cast.children["Maya"]).latest("held_on")
    return {
        "people": {name: person.pk for name, person in cast.people.items()},
        "children": {name: child.public_id for name, child in cast.children.items()},
        "review": str(review.uid),
    }


def by_hand() -> list[dict[str, Any]]:
    """Every fact that somebody recorded: what it says and what it replaces."""
    from homeward.records.models import FACTS

    return [
        {
            "model": name,
            "uid": str(fact.uid),
            "detail": getattr(fact, "detail", ""),
            "reason": fact.reason_recorded,
            "replaces": str(fact.replaces.uid) if fact.replaces else "",
        }
        for name, model in FACTS.items()
        for fact in model.objects.filter(source="person").select_related("replaces")
    ]


def effects() -> dict[str, int]:
    """How often the form of each place had an effect; a repeated answer is none."""
    from collections import Counter

    from homeward.records.models import AuditEntry

    entries = AuditEntry.objects.filter(action="write", status__lt=400)
    return Counter(place for place, about in entries.values_list("place", "about") if "again" not in about)


def wrong() -> list[str]:
    """Everything that is half there, a sentence each."""
    from django.db import connection

    from homeward.records import audit
    from homeward.records.models import AuditEntry, Once

    found = list(audit.verify())
    facts = [fact["uid"] for fact in by_hand()]
    about = AuditEntry.objects.filter(action="write", status__lt=400).values_list("about", flat=True)
    written = [each["fact"] for each in about if "fact" in each]
    found += [f"A fact without its audit entry: {uid}" for uid in set(facts) - set(written)]
    found += [f"An audit entry without its fact: {uid}" for uid in set(written) - set(facts)]
    found += ["Two audit entries of one fact"] * (len(written) - len(set(written)))
    answers = Once.objects.filter(place__in=("record", "correct"), status=302).count()
    if answers != len(facts):
        found.append(f"{len(facts)} facts and {answers} answers kept")
    if Once.objects.filter(status=None).exists():
        found.append("A form's key without its answer")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA integrity_check").fetchall()
            said += cursor.execute("PRAGMA foreign_key_check").fetchall()
        found += [str(line) for line in said if line != ("ok",)]
    return found + _half_imports()


def files() -> list[str]:
    """Rows whose file is not whole, and drafts of files that nobody finishes."""
    from pathlib import Path

    from django.conf import settings

    from homeward.records.models import StoredFile
    from homeward.records.operations import files as kept

    found = [f"The file of row {row.pk} is lost" for row in kept.lost()]
    for row in StoredFile.objects.filter(removed_at=None):
        if len(kept.read(row)) != row.size:
            found.append(f"The file of row {row.pk} is not whole")
    drafts = Path(settings.DATA, "files").rglob("*.part")
    return found + [f"A draft of a file was left: {draft.name}" for draft in drafts]


def _half_imports() -> list[str]:
    from homeward.records.models import FACTS, ImportedRow, Load

    found = []
    for load in Load.objects.filter(state="applied"):
        said = load.report
        if not said:
            found.append(f"Load {load.pk} has no report")
            continue
        rows = (
            ImportedRow.objects.filter(load=load).count(),
            ImportedRow.objects.filter(dropped_by=load).count(),
        )
        if rows != (said["rows_new"], said["rows_gone"]):
            found.append(f"Load {load.pk} says {said['rows_new'], said['rows_gone']} rows and has {rows}")
        for name, counts in said["counts"].items():
            should = counts["new"] + counts["changed"] + counts["gone"]
            held = FACTS[name].objects.filter(load=load).count()
            if held != should:
                found.append(f"Load {load.pk} says {should} facts of {name} and has {held}")
    return found


IMPORTS = """
from homeward.config.database import ready; ready()
import os
from datetime import date, timedelta
from django.conf import settings
from homeward.intake.load import load_uploads
from homeward.records.models import Authority, Load
from tests.reliability import broken
broken.take_out(os.environ.get("BROKEN", ""))
authority = Authority.objects.get()
for n in range(Load.objects.count(), 10**6):
    days = [date(2026, 10, 1) + timedelta((n + m) % 50) for m in range(4)]
    text = "child,review,participation\\n" + "".join(f"N{m + 1},{day},PN1\\n" for m, day in enumerate(days))
    print(load_uploads(authority, [("reviews.csv", text.encode())], now=settings.NOW()).load.pk, flush=True)
"""
