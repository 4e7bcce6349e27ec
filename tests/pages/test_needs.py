"""What a child needs: from which assessment, by when in the child's own time, and what answers it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast, share, with_agency

from homeward.records.models import Action, AuditEntry, Need
from homeward.records.operations.actions import agree_action, close_action
from homeward.records.operations.needs import close_need, record_need


def page(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/needs"


def text(answer) -> str:
    return answer.content.decode()


def asked(**more: str) -> dict[str, str]:
    return {
        "what": "To see her brother every week",
        "area": "siblings",
        "found_in": "Together or apart assessment",
        "found_on": "2026-10-05",
        "by_on": "2026-12-01",
    } | more


def needed(cast: Cast, what: str = "To hear her own language", child: str = "Maya", **more) -> Need:
    values = {"what": what, "area": "culture", "found_in": "Single assessment", "found_on": date(2026, 9, 1)}
    return record_need(cast.children[child], values | more, by=cast.people["priya"], now=NOW)


def agreed(cast: Cast, need: Need) -> Action:
    return agree_action(
        need.child,
        "Find a Saturday school",
        owner=cast.people["priya"],
        by_on=date(2026, 12, 1),
        on=date(2026, 11, 2),
        need=need.thread,
        by=cast.people["priya"],
        now=NOW,
    )


def test_a_need_is_recorded_from_an_assessment_with_its_day_in_the_childs_time(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    assert "No need is open for Maya." in text(priya.get(page(cast)))
    for wrong, said in (
        ({"what": ""}, "Enter what the child needs"),
        ({"area": ""}, "Choose which part of life it is about"),
        ({"found_in": " "}, "Enter which assessment it comes from"),
        ({"found_on": "2026-11-26"}, "This day is still to come"),
        ({"by_on": "2026-10-01"}, "before it was found"),
    ):
        answer = priya.post(f"{page(cast)}/add", asked() | wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert priya.post(f"{page(cast)}/add", asked()).status_code == 302
    shown = text(priya.get(page(cast)))
    for said in (
        "To see her brother every week",
        "Brothers and sisters",
        "Together or apart assessment, 5 October 2026",
        "Due in 6 days",
        "No action answers it",
        "1 of 1 has no action",
    ):
        assert said in shown


def test_an_action_is_agreed_for_a_need_and_stands_beside_it(cast: Cast, signed_in) -> None:
    need = needed(cast)
    priya = signed_in("priya")
    add = f"/child/{cast.children['Maya'].public_id}/actions/add?need={need.thread}"
    form = text(priya.get(add))
    assert f'<option value="{need.thread}" selected>Culture and language: To hear her own language' in form
    action = {"what": "Find a Saturday school", "owner_name": "The virtual school", "owner": ""}
    action |= {"by_on": "2026-12-01", "agreed_on": "2026-11-20", "need": str(need.thread)}
    assert priya.post(add, action)["Location"] == page(cast)
    shown = text(priya.get(page(cast)))
    assert "Find a Saturday school – The virtual school" in shown and "no action" not in shown
    listed = text(priya.get(page(cast).replace("needs", "actions")))
    assert "For: To hear her own language" in listed
    answer = priya.post(add, action | {"need": "11111111-1111-1111-1111-111111111111"})
    assert answer.status_code == 400 and "Choose a need from the list" in text(answer)


def test_an_action_agreed_before_is_said_to_answer_a_need_and_keeps_it_when_the_need_is_met(
    cast: Cast, signed_in
) -> None:
    action = agree_action(
        cast.children["Maya"],
        "Ask the school",
        owner=None,
        owner_name="Her aunt",
        by_on=None,
        on=date(2026, 11, 2),
        by=cast.people["priya"],
        now=NOW,
    )
    need = needed(cast)
    priya, place = signed_in("priya"), f"/child/{cast.children['Maya'].public_id}/actions"
    change = {"owner": "", "owner_name": "Her aunt", "by_on": "2026-12-01", "reason": "It answers a need"}
    assert priya.post(f"{place}/{action.uid}/change", change | {"need": str(need.thread)}).status_code == 302
    assert Action.current.get().need == need.thread
    close_need(need, "met", TODAY, "She goes", by=cast.people["priya"], now=NOW)
    needed(cast, "Another need")
    again = f"{place}/{Action.current.get().uid}/change"
    assert f'value="{need.thread}" selected' in text(priya.get(again))


def test_a_corrected_need_is_answered_by_the_same_actions_and_its_first_words_stay(
    cast: Cast, signed_in
) -> None:
    need = needed(cast)
    agreed(cast, need)
    priya, path = signed_in("priya"), f"{page(cast)}/{need.uid}"
    assert priya.post(path, asked()).status_code == 400
    assert priya.post(path, asked(reason="Said more clearly")).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "Find a Saturday school" in shown and "To hear her own language" in shown
    stale = signed_in("helen").post(path, asked(reason="Mine"))
    assert stale.status_code == 409 and "Said more clearly" in text(stale)
    path = f"{page(cast)}/{Need.current.get().uid}"
    assert priya.post(path, asked(reason="It was Theo’s", withdraw="1")).status_code == 302
    assert not Need.current.exists()


def test_a_need_is_met_or_no_longer_needed_in_words(cast: Cast, signed_in) -> None:
    first = needed(cast, by_on=date(2026, 11, 10))
    second = needed(cast, "To move school")
    helen = signed_in("helen")
    end = {"closed_as": "met", "closed_on": "2026-11-20", "closed_says": "She goes every Saturday."}
    for wrong, said in (
        ({"closed_as": ""}, "Choose whether it is met or no longer needed"),
        ({"closed_says": ""}, "Say how you know"),
        ({"closed_on": "2026-08-01"}, "This day is before the need was found"),
    ):
        answer = helen.post(f"{page(cast)}/{first.uid}/close", end | wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert helen.post(f"{page(cast)}/{first.uid}/close", end).status_code == 302
    over = {"closed_as": "not_needed", "closed_says": "She stays where she is."}
    assert helen.post(f"{page(cast)}/{second.uid}/close", end | over).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "Done 10 days late" in shown and "She goes every Saturday." in shown
    assert "No longer needed" in shown and "She stays where she is." in shown
    stale = signed_in("priya").post(f"{page(cast)}/{first.uid}/close", end)
    assert stale.status_code == 409


def test_oversight_lists_children_with_needs_that_no_action_answers(cast: Cast, signed_in) -> None:
    answered = needed(cast)
    open_one = needed(cast, "To know his grandmother", "Theo", by_on=date(2026, 11, 1))
    action = agreed(cast, answered)
    marcia = signed_in("marcia")
    shown = text(marcia.get("/oversight/needs"))
    assert "To know his grandmother" in shown and "Overdue by 24 days" in shown and "Maya" not in shown
    assert AuditEntry.objects.latest("pk").children == {"oversight": [open_one.child_id]}
    close_action(action, "not_needed", on=TODAY, outcome="Full", by=cast.people["priya"], now=NOW)
    assert "To hear her own language" in text(marcia.get("/oversight/needs"))
    assert "To hear" not in text(marcia.get("/oversight/needs?team=Nobody"))
    assert signed_in("priya").get("/oversight/needs").status_code == 404


def test_who_is_not_shown_the_history_finds_no_needs(cast: Cast, signed_in) -> None:
    needed(cast, "To know his grandmother", "Theo")
    with_agency(cast)
    share(cast, "core")
    teresa = signed_in("teresa")
    assert teresa.get(page(cast, "Theo")).status_code == 404
    assert teresa.get(f"{page(cast, 'Theo')}/add").status_code == 404


@pytest.mark.parametrize("who", ["lindsay"])
def test_who_records_nothing_records_no_need(cast: Cast, signed_in, who: str) -> None:
    client = signed_in(who)
    assert client.get(f"{page(cast)}/add").status_code == 404
    assert client.post(f"{page(cast)}/add", asked()).status_code == 404
    assert not Need.objects.exists()
