"""Imports: the tries and loads of a council, and what one of them changes by kind and by child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from homeward.records import row_security
from homeward.records.access import Actor, children_visible_to
from homeward.records.models import Authority, Child, ChildIdentifier, Load
from homeward.records.operations.difference import Change
from homeward.records.operations.loads import Outcome
from homeward.records.queries.fact_words import fact_words, when_words

SHOWN = 200


@dataclass(slots=True)
class ImportPage:
    """A try or a load as its page shows it."""

    load: Load
    children: list[dict[str, Any]]
    more: int
    total: dict[str, int]
    whole: bool  # no child was left out for this reader


def loads_of(authority: Authority) -> list[Load]:
    return list(Load.objects.filter(authority=authority).select_related("person").order_by("-pk")[:20])


def load_of(authority: Authority, pk: int) -> Load | None:
    return Load.objects.filter(authority=authority, pk=pk).select_related("person").first()


def lines_of(authority: Authority, outcome: Outcome) -> list[dict[str, Any]]:
    """The difference child by child, in words: what is new, changed and gone.

    It holds children whom the importer is not shown, too; `page_of` leaves them out for each reader.
    """
    with row_security.whole(authority):
        held = dict(Child.objects.filter(authority=authority).values_list("pk", "code"))
    by_child: dict[int, list[Change]] = {}
    for change in outcome.difference.changes:
        by_child.setdefault(change.child, []).append(change)
    return [
        {"code": _drafted(changes) or held.get(child, ""), "pk": child}
        | {
            sort: [_said(c) for c in changes if c.sort == sort]
            for sort in ("new", "changed", "gone", "conflict")
        }
        for child, changes in by_child.items()
    ]


def _drafted(changes: list[Change]) -> str:
    return next((change.draft.child for change in changes if change.draft is not None), "")


def _said(change: Change) -> str:
    fact: Any = change.fact
    now = change.draft.fields if change.draft is not None else vars(fact)
    said = f"{fact_words(change.model, now)}, {when_words(change.model, now)}"
    if change.draft is not None and fact is not None:
        return f"{said} (was: {fact_words(change.model, vars(fact))}, {when_words(change.model, vars(fact))})"
    return said


def page_of(actor: Actor, load: Load) -> ImportPage:
    """The lines of a try: of children whom this person may see, and of those whom nobody holds yet.

    A line of any other child is left out whole: the words of what would change are the child's record.
    """
    kept = load.report.get("children", [])
    visible = {child.pk: child for child in children_visible_to(actor).filter(authority=load.authority)}
    held = _codes_held(load.authority)
    open_to = {0, *visible}
    lines = [line for line in kept if held.get(_key(line["code"]), 0) in open_to]
    shown = []
    for line in lines[:SHOWN]:
        child = visible.get(held.get(_key(line["code"]), 0))
        name = child.name if child else f"Child {line['code']}"
        shown.append(
            line
            | {"name": name, "public_id": child.public_id if child else "", "pk": child.pk if child else 0}
        )
    sorts = ("new", "changed", "gone", "conflict")
    total = {sort: sum(len(line.get(sort, [])) for line in lines) for sort in sorts}
    return ImportPage(load, shown, max(0, len(lines) - SHOWN), total, len(lines) == len(kept))


def _codes_held(authority: Authority) -> dict[str, int]:
    """Every code that a file may name a child by -> the child, also of those of whom nothing is shown."""
    with row_security.whole(authority):
        codes = dict(Child.objects.filter(authority=authority).values_list("code", "pk"))
        codes |= dict(ChildIdentifier.objects.filter(authority=authority).values_list("value", "child_id"))
    return {_key(code): pk for code, pk in codes.items()}


def _key(code: str) -> str:
    return "".join(code.split()).casefold()
