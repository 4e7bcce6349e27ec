"""The files of a child that an actor may see, and what is left of those that were removed."""

from __future__ import annotations

from django.db.models import QuerySet

from homeward.records.access import Actor, field_sets_for
from homeward.records.models import Child, StoredFile
from homeward.records.roles import FIELD_SETS, MASKED


def may_be_about(actor: Actor, child: Child) -> dict[str, str]:
    """The field sets of which the actor may see files, in words; what stays masked is kept in no file."""
    if actor.meaning.reach == "agency":
        return {}  # a child is shared by field sets; no file is shared with them
    mine = field_sets_for(actor, child) - MASKED
    return {key: words for key, words in FIELD_SETS.items() if key in mine}


def files_of(actor: Actor, child: Child) -> QuerySet[StoredFile]:
    """Newest first."""
    return _seen(actor, child).filter(removed_at=None).order_by("-added_at", "-pk")


def removed_of(actor: Actor, child: Child) -> QuerySet[StoredFile]:
    removed = _seen(actor, child).filter(removed_at__isnull=False)
    return removed.select_related("removed_by").order_by("-removed_at")


def file_of(actor: Actor, child: Child, pk: int) -> StoredFile | None:
    """A file under the address of its own child, or None as for one who is not there."""
    return files_of(actor, child).select_related("authority").filter(pk=pk).first()


def _seen(actor: Actor, child: Child) -> QuerySet[StoredFile]:
    about = may_be_about(actor, child)
    return StoredFile.objects.filter(child=child, field_set__in=about).select_related("added_by")
