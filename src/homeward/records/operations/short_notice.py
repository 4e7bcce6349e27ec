"""A plan or a home that changes at short notice: each party is asked, and its reply is held (SLO-101).

Each party's part is an Action of its own, so that it stands with whoever has to answer like any other; what
became of it is the reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from homeward.domain import packs
from homeward.domain.wording import day_words
from homeward.records.models import Action, Authority, Child, Person
from homeward.records.operations.actions import SHORT_NOTICE, agree_action, close_action
from homeward.records.operations.refused import Refused

CHANGES = {"plan": "The plan changes", "home": "The home changes", "both": "The plan and the home change"}
AGREES, OBJECTS = "Agrees", "Does not agree"
APART = ": "  # between the party and what is asked of every party alike


class Party(NamedTuple):
    """Who is asked: in the council's words, and the person who answers for them."""

    name: str
    person: Person | None
    person_name: str = ""


def parties_of(authority: Authority) -> list[str]:
    """Whom the council's policy names, otherwise the default of the England pack."""
    for name in (authority.pack, "england"):
        if setting := packs.pack(name).settings.get("short_notice_parties"):
            return list(setting["value"])
    return []


def ask_parties(
    child: Child,
    change: str,
    *,
    from_on: date,
    what: str,
    why: str,
    parties: Sequence[Party],
    by_on: date,
    on: date,
    by: Person,
    now: datetime,
) -> list[Action]:
    """An action for each party: to say whether it agrees. Raises Refused when something is missing."""
    if change not in CHANGES:
        raise Refused("change", "Choose what changes")
    for name, said, sentence in (("what", what, "Enter what changes"), ("why", why, "Enter why")):
        if not said.strip():
            raise Refused(name, sentence)
    asked = f"{CHANGES[change]} from {day_words(from_on)}. {what.strip()} Why: {why.strip()}"
    about: dict[str, Any] = {"by_on": by_on, "on": on, "kind": SHORT_NOTICE, "by": by, "now": now}
    with transaction.atomic():
        return [
            agree_action(
                child,
                f"{party.name}{APART}{asked}",
                owner=party.person,
                owner_name=party.person_name,
                **about,
            )
            for party in parties
        ]


def reply(action: Action, *, agrees: bool, says: str, on: date, by: Person, now: datetime) -> Action:
    """What a party answered. Raises Refused without words where it does not agree, and AlreadyReplaced."""
    if not agrees and not says.strip():
        raise Refused("says", "Enter what the party does not agree with")
    outcome = f"{AGREES if agrees else OBJECTS}. {says.strip()}".strip()
    return close_action(action, Action.DONE, on=on, outcome=outcome, by=by, now=now)
