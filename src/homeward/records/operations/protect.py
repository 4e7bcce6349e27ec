"""Seal a child's record, or erase it; each is written in the ledger of protections before it is saved."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction

from homeward.records import audit, protections
from homeward.records.models import (
    Child,
    ChildIdentifier,
    DisposalPermit,
    Draft,
    ImportedRow,
    Load,
    Person,
    Restriction,
    Sealing,
    Share,
    StoredFile,
)
from homeward.records.operations import uploads
from homeward.records.operations.refused import Refused


class NotErased(Exception):
    """Why nothing was erased."""


def seal(child: Child, *, by: Person | None, reason: str, now: datetime) -> Restriction:
    """Closes the record to everyone; the restriction that stood, shares and unsent drafts end with it."""
    with transaction.atomic():
        if child.restrictions.filter(ended_at=None, level=Restriction.SEALED).exists():
            raise Refused("", "This record is sealed already.")
        made = _seal(child, by, reason, now)
        protections.note(child.public_id, protections.SEALED, now)
    return made


def erase(child: Child, *, asked_by: Person, agreed_by: Person, reason: str, now: datetime) -> Counter[str]:
    """Removes everything held of a child, which two people decided; says how many rows of what.

    Other children's rows, and the audit, which knows the child by a number only, stay as they are. When it is
    done, `scrub` takes the remains out of the database's files.
    """
    refuse(child, asked_by=asked_by, agreed_by=agreed_by, reason=reason)
    # Durable: once the ledger holds the line, nothing outside may roll back what it says.
    with transaction.atomic(durable=True):
        removed, names = _erase(child)
        audit.commanded("erase", child.authority, [child.pk])
        people = {"asked_by": asked_by.pk, "agreed_by": agreed_by.pk}
        protections.note(
            child.public_id, protections.ERASED, now, **people, reason=reason, removed=dict(removed)
        )
        # Gone before the commit: were that broken off, the next start would erase the child again.
        _unlink(names)
    return removed


def would_erase(child: Child) -> Counter[str]:
    """What `erase` would remove: it is done, counted and taken back."""
    with transaction.atomic():
        removed, _ = _erase(child)
        transaction.set_rollback(True)
    return removed


def replay() -> int:
    """Does again what the ledger says and the database does not show; how many children that concerned."""
    if not protections.missing():
        return 0
    erased = False
    with protections.one_at_a_time():
        with transaction.atomic():
            again = protections.missing()
            for line in again:
                child = Child.objects.filter(public_id=line.child).first()
                if child is None:
                    continue  # erased by a line before
                if line.action == protections.ERASED:
                    _, names = _erase(child)
                    _unlink(names)
                    erased = True
                else:
                    _seal(child, None, "Done again from the ledger of seals.", line.at)
        if erased:
            scrub()
    return len({line.child for line in again})


def scrub(seconds: float = 20) -> bool:
    """Overwrites what deleted rows leave in the database's files; False while a reader still holds some.

    Sessions end with it, because one may hold a message that names the child.
    """
    Session.objects.all().delete()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in (*_all_models(), Session):
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
            return True
        cursor.execute("VACUUM")
        until = time.monotonic() + seconds
        while True:
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy or time.monotonic() > until:
                return not busy
            time.sleep(0.2)


def _all_models() -> Iterable[Any]:
    from django.apps import apps

    return apps.get_app_config("records").get_models(include_auto_created=True)


def _seal(child: Child, by: Person | None, reason: str, now: datetime) -> Restriction:
    child.restrictions.filter(ended_at=None).update(ended_at=now, ended_by=by)
    Share.objects.filter(child=child, ended_at=None).update(ended_at=now, ended_by=by)
    Draft.objects.filter(child=child).delete()
    Sealing.objects.filter(child=child, ended_at=None).update(ended_at=now, ended_by=by)
    return Restriction.objects.create(
        child=child, level=Restriction.SEALED, reason=reason, made_by=by, made_at=now
    )


def _erase(child: Child) -> tuple[Counter[str], list[str]]:
    """Removes the child's rows; what was removed, and the names of the stored files that must follow."""
    Child.objects.select_for_update().get(pk=child.pk)
    removed: Counter[str] = Counter()
    names = list(StoredFile.objects.filter(child=child).values_list("name", flat=True))
    codes = list(ChildIdentifier.objects.filter(child=child).values_list("scheme", "value"))
    permit = DisposalPermit.objects.create(child=child)
    for scheme, value in codes:
        _delete(ImportedRow.objects.filter(authority=child.authority, source=scheme, child=value), removed)
    removed["Load"] = _forget_in_loads(child, {value for _, value in codes} | {child.code})
    _delete_what_points_at(Child.objects.filter(pk=child.pk), removed, but=DisposalPermit)
    permit.delete()
    _delete(Child.objects.filter(pk=child.pk), removed)
    return +removed, names


def _delete_what_points_at(
    rows: models.QuerySet[Any], removed: Counter[str], but: type[models.Model] | None = None
) -> None:
    """Follows every relation there is, so that a new model that names a child is erased with the child."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in (rows.model, but):
            model: Any = relation.related_model
            pointing = model._base_manager.filter(**{f"{relation.field.name}__in": rows})
            _delete_what_points_at(pointing, removed)
            _delete(pointing, removed)


def _delete(rows: models.QuerySet[Any], removed: Counter[str]) -> None:
    """Past the ORM, whose PROTECT is meant for everything else; the triggers ask for the permit."""
    removed[rows.model.__name__] += rows._raw_delete(rows.db)


def _forget_in_loads(child: Child, codes: set[str]) -> int:
    """Takes the child out of the reports of imports, and drops raw files that still wait to be applied."""
    touched = 0
    for load in Load.objects.filter(authority=child.authority):
        report = dict(load.report)
        for part, name in (("children", "code"), ("problems", "child")):
            if part in report:
                report[part] = [
                    each
                    for each in report[part]
                    if each.get("pk") != child.pk and str(each.get(name, "")).split(" (")[0] not in codes
                ]
        if report != load.report:
            Load.objects.filter(pk=load.pk).update(report=report)
            touched += 1
        uploads.forget(load)
    return touched


def _unlink(names: Iterable[str]) -> None:
    folder = Path(settings.DATA) / "files"
    for name in names:
        for file in folder.rglob(f"{name}*") if name else ():
            file.unlink(missing_ok=True)


def refuse(child: Child, *, asked_by: Person, agreed_by: Person, reason: str) -> None:
    """Raises NotErased. The ledger outlives the child, so the reason may not say who it was."""
    if asked_by.pk == agreed_by.pk:
        raise NotErased("One person asks for an erasure and another agrees to it; these are the same person.")
    if len(reason.strip()) < 10:
        raise NotErased("Say in a few words why the record is erased; no names.")
    known = [child.called, child.code, child.upn, child.home_postcode]
    known += ChildIdentifier.objects.filter(child=child).values_list("value", flat=True)
    if any(word and word.casefold() in reason.casefold() for word in known):
        raise NotErased("The reason is kept for good: write it without the child's name or numbers.")
