"""What a person has typed into a long form and not yet sent: sealed, their own, kept for fourteen days."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from homeward.records import vault
from homeward.records.access import Actor, children_visible_to
from homeward.records.models import Child, Draft, Person

KEY = "drafts.1"
KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A draft of one form about one child; `values` are what was typed, by field."""

    form: str
    child: Child
    values: dict[str, str]
    saved_at: datetime

    @property
    def kept_until(self) -> datetime:
        return self.saved_at + KEPT


def keep(person: Person, child: Child, form: str, values: dict[str, str]) -> None:
    """Keeps what was typed in the place of what was kept before; nothing typed, nothing kept."""
    if not any(values.values()):
        drop(person, child, form)
        return
    text = json.dumps(values).encode()
    Draft.objects.update_or_create(
        person=person,
        child=child,
        form=form,
        defaults={"sealed": vault.seal(text, KEY, _about(person, child, form)), "saved_at": settings.NOW()},
    )


def kept(person: Person, child: Child, form: str) -> Unsent | None:
    """The draft, or None when there is none, it is past its time or its key is gone."""
    found = _live(person).filter(child=child, form=form).first()
    return _opened(person, found) if found else None


def all_kept(actor: Actor) -> list[Unsent]:
    """Drafts about children whom the person may still see, newest first; what is past its time goes."""
    Draft.objects.filter(saved_at__lte=settings.NOW() - KEPT).delete()
    mine = _live(actor.person).filter(child__in=children_visible_to(actor)).order_by("-saved_at")
    return [found for draft in mine if (found := _opened(actor.person, draft))]


def drop(person: Person, child: Child, form: str) -> None:
    Draft.objects.filter(person=person, child=child, form=form).delete()


def _live(person: Person):
    return Draft.objects.filter(person=person, saved_at__gt=settings.NOW() - KEPT).select_related("child")


def _opened(person: Person, draft: Draft) -> Unsent | None:
    assert draft.child is not None
    try:
        text = vault.open_sealed(bytes(draft.sealed), _about(person, draft.child, draft.form))
    except vault.CannotOpen:
        return None
    return Unsent(draft.form, draft.child, json.loads(text), draft.saved_at)


def _about(person: Person, child: Child, form: str) -> str:
    return f"draft:{person.pk}:{child.pk}:{form}"
