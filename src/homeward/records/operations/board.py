"""What is written for the corporate parenting board: commentary, and the actions it agreed. Without names."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from homeward.domain.measures import measures
from homeward.domain.quarters import Quarter
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import BoardAction, BoardCommentary
from homeward.records.operations.refused import Refused
from homeward.records.roles import ROLES

BOARD = "board"


class WrittenMeanwhile(Exception):
    """Somebody else wrote a version from the same one; `newer` is what stands now."""

    def __init__(self, newer: Any) -> None:
        super().__init__("This was changed by somebody else while you worked; nothing was overwritten.")
        self.newer = newer


def write_commentary(
    actor: Actor,
    quarter: Quarter,
    section: str,
    says: str,
    *,
    replaces: BoardCommentary | None,
    names_nobody: bool = False,
    now: datetime,
) -> BoardCommentary:
    """A new version of what is said of a section. Raises Refused, WrittenMeanwhile.

    Words that are also what a child is called are refused until the writer says that they name nobody.
    """
    if section not in {each.key for each in measures().sections}:
        raise Refused("", "This report has no such section")
    if not says.strip() and replaces is None:
        raise Refused("says", "Write what the board should know about these figures")
    if not names_nobody:
        _refuse_names(actor, "says", says)
    said = {"authority": actor.authority, "quarter": quarter.first, "section": section}
    return _written(BoardCommentary, said | {"says": says.strip()}, said, replaces, actor, now)


def agree_action(
    actor: Actor,
    *,
    what: str,
    who: str,
    by_on: date | None,
    names_nobody: bool = False,
    now: datetime,
) -> BoardAction:
    """Something that the board agreed to have done. Raises Refused."""
    _complete(actor, what, who, names_nobody=names_nobody)
    said = {
        "authority": actor.authority,
        "what": what.strip(),
        "who": who,
        "by_on": by_on,
        "agreed_on": now.date(),
    }
    return BoardAction.objects.create(**said, written_by=actor.person, written_at=now)


def close_action(
    actor: Actor,
    action: BoardAction,
    *,
    done_on: date,
    outcome: str,
    names_nobody: bool = False,
    now: datetime,
) -> BoardAction:
    """What came of an action. Raises Refused, WrittenMeanwhile."""
    if not outcome.strip():
        raise Refused("outcome", "Enter what came of it")
    if done_on > now.date():
        raise Refused("done_on", "This day is still to come. Record it when it has happened")
    if done_on < action.agreed_on:
        raise Refused("done_on", "This day is before the board agreed the action")
    if not names_nobody:
        _refuse_names(actor, "outcome", outcome)
    kept = {name: getattr(action, name) for name in ("authority", "what", "who", "by_on", "agreed_on")}
    said = kept | {"done_on": done_on, "outcome": outcome.strip()}
    return _written(BoardAction, said, {}, action, actor, now)


def doer_choices() -> list[tuple[str, str]]:
    """Who may have an action: the board, or a role of those who work here; never a named person."""
    roles = [(key, meaning.title) for key, meaning in ROLES.items() if meaning.actions]
    return [(BOARD, "The board"), *roles]


def doer_words(who: str) -> str:
    return dict(doer_choices()).get(who, who)


def _written(
    model: Any, said: dict[str, Any], key: dict[str, Any], replaces: Any, actor: Actor, now: datetime
) -> Any:
    try:
        with transaction.atomic():
            return model.objects.create(**said, written_by=actor.person, written_at=now, replaces=replaces)
    except IntegrityError as error:
        same = {"replaces": replaces} | ({} if replaces else key)
        newer = model.objects.filter(**same).first()
        if newer is None:
            raise
        raise WrittenMeanwhile(_newest(newer)) from error


def _newest(version: Any) -> Any:
    while (later := type(version).objects.filter(replaces=version).first()) is not None:
        version = later
    return version


def _complete(actor: Actor, what: str, who: str, *, names_nobody: bool) -> None:
    if not what.strip():
        raise Refused("what", "Enter what is to be done")
    if who not in dict(doer_choices()):
        raise Refused("who", "Choose who sees to it")
    if not names_nobody:
        _refuse_names(actor, "what", what)


def _refuse_names(actor: Actor, field: str, text: str) -> None:
    """A report for the board names no child: of those whom the writer sees, by whole words as written."""
    written = set(re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text))
    called = children_shown_to(actor, "core").exclude(called="").values_list("called", flat=True)
    found = sorted({word for name in called for word in name.split()} & written)
    if found:
        raise Refused(
            field,
            f"“{found[0]}” is also what a child is called. Write “a child” if it names one. "
            "If it names nobody, say so below and send it again",
        )
