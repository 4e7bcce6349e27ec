"""Actions, decisions and causes of delay as facts: what is refused, what stays, and what never changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.records import access, keep
from homeward.records.models import Action, Delay, KeptDeadline, Person, Restriction, Role
from homeward.records.operations import actions, decisions, delays, people
from homeward.records.operations.facts import AlreadyReplaced, NotYet
from homeward.records.operations.refused import Refused
from homeward.records.queries import delay_oversight


def agreed(cast: Cast, child: str = "Maya", **more) -> Action:
    said = {"owner": cast.people["priya"], "by_on": date(2026, 12, 4), "on": date(2026, 11, 9)} | more
    return actions.agree_action(
        cast.children[child], "Ask the aunt", **said, by=cast.people["helen"], now=NOW
    )


def told(cast: Cast, cause: str, from_on: date, child: str = "Theo", **more) -> Delay:
    said = {"responsible": "Rosalind Beck", "doing": ""} | more
    return delays.record_delay(
        cast.children[child], cause, from_on=from_on, **said, by=cast.people["helen"], now=NOW
    )


def kept_dates() -> list[tuple]:
    rows = KeptDeadline.objects.order_by("child", "rule", "due_on", "pk")
    return list(rows.values_list("child", "rule", "due_on", "met_on", "ended_on", "cannot_say"))


def test_no_cause_and_no_change_of_one_touches_a_date_of_the_clock(cast: Cast) -> None:
    before = kept_dates()
    fact = told(cast, "family_finding", date(2026, 6, 1))
    fact = delays.correct_delay(
        fact, {"cause": "health_report"}, reason="Wrong cause", by=cast.people["helen"], now=NOW
    )
    delays.end_delay(fact, TODAY, reason="It came", by=cast.people["helen"], now=NOW)
    assert kept_dates() == before
    assert keep.differences(cast.authority) == []


def test_one_cause_stands_for_a_day_however_they_are_recorded(cast: Cast) -> None:
    told(cast, "assessment", date(2026, 5, 1))
    told(cast, "family_finding", date(2026, 8, 1))
    with pytest.raises(Refused, match="Another cause stands from 1 August 2026"):
        told(cast, "immigration", date(2026, 7, 1))
    told(cast, "in_childs_interest", date(2026, 11, 1), judged_by="Owen Price", why="He settles")
    spans = sorted(Delay.current.values_list("from_on", "until_on"))
    assert spans == [
        (date(2026, 5, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), None),
    ]


def test_a_cause_that_is_moved_over_another_one_is_refused(cast: Cast) -> None:
    told(cast, "assessment", date(2026, 5, 1))
    fact = told(cast, "family_finding", date(2026, 8, 1))
    for wrong, field in (
        ({"from_on": date(2026, 7, 1)}, "from_on"),
        ({"until_on": date(2026, 7, 1)}, "until_on"),
        ({"cause": "in_childs_interest"}, "judged_by"),
        ({"responsible": ""}, "responsible"),
    ):
        with pytest.raises(Refused) as refused:
            delays.correct_delay(fact, wrong, reason="A mistake", by=cast.people["helen"], now=NOW)
        assert refused.value.field == field
    with pytest.raises(Refused, match="Say why"):
        delays.correct_delay(fact, {"doing": "x"}, reason=" ", by=cast.people["helen"], now=NOW)
    with pytest.raises(NotYet):
        delays.end_delay(fact, TODAY + timedelta(1), reason="", by=cast.people["helen"], now=NOW)


def test_of_two_who_hand_an_action_on_the_second_is_told_of_the_first(cast: Cast) -> None:
    fact = agreed(cast)
    helen = cast.people["helen"]
    first = actions.change_action(fact, {"owner": helen}, reason="Leave", by=helen, now=NOW)
    with pytest.raises(AlreadyReplaced) as second:
        actions.change_action(fact, {"by_on": TODAY}, reason="Sooner", by=cast.people["priya"], now=NOW)
    assert second.value.newer == first


def test_a_decision_that_is_corrected_keeps_what_was_signed(cast: Cast) -> None:
    values = {"kind": "other", "decided_on": TODAY, "what": "A", "maker": "M", "basis": "B"}
    fact = decisions.record_decision(cast.children["Maya"], values, by=cast.people["helen"], now=NOW)
    with pytest.raises(Refused, match="on what basis"):
        decisions.correct_decision(fact, {"basis": ""}, reason="x", by=cast.people["helen"], now=NOW)
    new = decisions.correct_decision(fact, {"what": "C"}, reason="Misheard", by=cast.people["helen"], now=NOW)
    fact.refresh_from_db()
    assert (fact.what, new.what, new.replaces_id) == ("A", "C", fact.pk)


# ---- Leaving ----


def test_nobody_leaves_actions_behind_without_saying_to_whom(cast: Cast) -> None:
    agreed(cast)
    priya, lindsay = cast.people["priya"], cast.people["lindsay"]
    for nobody in (None, priya):
        with pytest.raises(Refused, match="Choose who takes over their 1 open action"):
            people.leave(cast.authority, priya, TODAY, lindsay, to=nobody)
    priya.refresh_from_db()
    assert priya.left_on is None and Action.current.get().owner == priya
    left = people.leave(cast.authority, priya, TODAY, lindsay, to=cast.people["helen"])
    assert left.actions == [Action.current.get().pk]
    assert Action.current.get().owner == cast.people["helen"]


def test_nothing_of_a_sealed_record_is_counted_or_handed_over(cast: Cast) -> None:
    agreed(cast)
    Restriction.objects.create(
        child=cast.children["Maya"],
        level=Restriction.SEALED,
        reason="Adopted",
        made_by=cast.people["marcia"],
        made_at=NOW,
    )
    assert people.leave(cast.authority, cast.people["priya"], TODAY, cast.people["lindsay"]).actions == []


def test_whom_another_sees_is_asked_of_the_one_door(cast: Cast) -> None:
    everyone = {child.pk for child in cast.children.values()}
    maya, theo = cast.children["Maya"].pk, cast.children["Theo"].pk
    priya, helen = cast.people["priya"], cast.people["helen"]
    assert access.seen_by(priya, cast.authority, everyone) == everyone - {cast.children["Ruby"].pk}
    made = Restriction.objects.create(
        child=cast.children["Maya"],
        level=Restriction.RESTRICTED,
        reason="A relative works here",
        made_by=helen,
        made_at=NOW,
    )
    made.people.set([helen])
    assert access.seen_by(priya, cast.authority, [maya, theo]) == {theo}
    assert access.seen_by(helen, cast.authority, [maya, theo]) == {maya, theo}
    assert access.seen_by(cast.people["lindsay"], cast.authority, [maya]) == set()


# ---- The ledger of delay in figures ----


def test_the_days_of_one_child_are_those_of_the_clock(cast: Cast) -> None:
    actor = access.acting(cast.people["amina"])
    ledger = delay_oversight.ledger(actor, cast.authority, TODAY, frozenset())
    for held in ledger.held:
        days: set[date] = set()
        rows = KeptDeadline.objects.filter(child=held.child, cannot_say="", due_on__isnull=False)
        for due, met, ended in rows.values_list("due_on", "met_on", "ended_on"):
            last = min(day for day in (met, ended, TODAY) if day)
            days |= {due + timedelta(n) for n in range(1, (last - due).days + 1)}
        within = {day for day in days if ledger.year.first <= day <= TODAY}
        assert sum(piece.span.days for piece in held.pieces()) == len(within)


def test_what_nobody_sees_is_in_no_figure(cast: Cast) -> None:
    actor = access.acting(cast.people["amina"])
    before = delay_oversight.ledger(actor, cast.authority, TODAY, frozenset())
    sam = Person.objects.create(email="sam@northmere.example", name="Sam Cole")
    Role.objects.create(person=sam, authority=cast.authority, key="team_manager", workers=["SW2"])
    own = delay_oversight.ledger(access.acting(sam), cast.authority, TODAY, frozenset())
    ruby, theo = cast.children["Ruby"].pk, cast.children["Theo"].pk
    assert theo in {held.child for held in before.held}
    assert {held.child for held in own.held} <= {ruby}
