"""Tracker views that people keep: a name and the filters, sort and columns of an address."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from homeward.records.models import Authority, Person, SavedView


def views_of(person: Person, authority: Authority) -> QuerySet[SavedView]:
    """The views that a person kept and those that others share."""
    seen = Q(person=person) | Q(shared=True)
    return SavedView.objects.filter(seen, authority=authority).order_by("name", "pk")


def save_view(person: Person, authority: Authority, name: str, query: str, *, shared: bool) -> SavedView:
    """Keeps a view; the same name again replaces it."""
    view, _ = SavedView.objects.update_or_create(
        person=person, authority=authority, name=name[:80], defaults={"query": query[:2000], "shared": shared}
    )
    return view


def drop_view(person: Person, authority: Authority, pk: int) -> bool:
    """Drops a view of one's own; False when there is none."""
    dropped, _ = SavedView.objects.filter(pk=pk, person=person, authority=authority).delete()
    return bool(dropped)
