"""What holds things up for a child: one cause a day, meant delay apart, and no date that a cause changes."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast, keep_from

from homeward.records.models import Delay, KeptDeadline, Person, Role, Team
from homeward.records.operations.answers import answer_option
from homeward.records.operations.delays import record_delay


def page(cast: Cast, child: str = "Theo") -> str:
    return f"/child/{cast.children[child].public_id}/delay"


def text(answer) -> str:
    return answer.content.decode()


def told(cast: Cast, cause: str = "family_finding", child: str = "Theo", **more) -> Delay:
    said = {"from_on": date(2026, 11, 2), "responsible": "Rosalind Beck", "doing": "Two families read"} | more
    return record_delay(cast.children[child], cause, **said, by=cast.people["helen"], now=NOW)


def asked(**more: str) -> dict[str, str]:
    return {
        "cause": "family_finding",
        "from_on": "2026-11-02",
        "responsible": "Rosalind Beck, family finder",
        "doing": "Two families have read the profile",
        "judged_by": "",
        "judged_role": "",
        "why": "",
    } | more


def dates(cast: Cast) -> list[tuple]:
    return list(
        KeptDeadline.objects.order_by("child", "rule", "due_on").values_list("rule", "due_on", "met_on")
    )


def test_a_child_with_something_overdue_and_no_cause_says_so(cast: Cast, signed_in) -> None:
    shown = text(signed_in("helen").get(page(cast)))
    assert "No cause has been recorded." in shown and "Say what holds things up" in shown
    summary = text(signed_in("helen").get(page(cast).removesuffix("/delay")))
    assert "No cause has been recorded." in summary


def test_a_cause_says_since_when_who_deals_with_it_and_what_is_done_and_changes_no_date(
    cast: Cast, signed_in
) -> None:
    helen, before = signed_in("helen"), dates(cast)
    assert helen.post(f"{page(cast)}/add", asked()).status_code == 302
    assert dates(cast) == before
    for address in (page(cast), page(cast).removesuffix("/delay")):
        shown = text(helen.get(address))
        assert "Looking for a family" in shown and "2 November 2026" in shown
        assert "Rosalind Beck, family finder" in shown and "Two families have read the profile" in shown
    assert "A cause explains a delay. It changes no date and no status." in text(helen.get(page(cast)))


def test_the_tracker_keeps_the_worst_date_and_adds_the_cause(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    assert "No cause recorded" in text(amina.get("/tracker"))
    told(cast)
    row = text(amina.get("/tracker?column=holding")).partition(">Theo</a>")[2].partition("</tr>")[0]
    assert "Overdue by" in row and "Looking for a family" in row and "2 Nov 2026" in row
    found = text(amina.get("/tracker?cause=family_finding"))
    assert ">Theo</a>" in found and ">Maya</a>" not in found
    assert ">Theo</a>" not in text(amina.get("/tracker?cause=none"))
    assert "Looking for a family" in text(amina.get("/tracker/export"))


def test_delay_in_the_childs_interest_needs_who_judged_so_and_why_and_stands_apart(
    cast: Cast, signed_in
) -> None:
    helen, add = signed_in("helen"), f"{page(cast)}/add"
    meant = asked(cause="in_childs_interest", responsible="")
    for more, sentence in (
        ({}, "Enter who judged that the delay is in the child’s interest"),
        ({"judged_by": "Owen Price"}, "Say why the delay is in the child’s interest"),
    ):
        answer = helen.post(add, meant | more)
        assert answer.status_code == 400 and sentence in text(answer)
    assert not Delay.objects.exists()
    whole = {
        "judged_by": "Owen Price",
        "judged_role": "iro",
        "why": "His brother’s assessment ends in January",
    }
    assert helen.post(add, meant | whole).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "Delay is in Theo’s interest" in shown
    assert "Owen Price, Independent reviewing officer" in shown
    assert "His brother’s assessment ends in January" in shown
    assert "of them are delay in Theo’s interest" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"cause": ""}, "Choose what holds things up"),
        ({"cause": "laziness"}, "Select a valid choice"),
        ({"responsible": " "}, "Enter who is dealing with it"),
        ({"from_on": ""}, "Enter the day from which it holds things up"),
        ({"from_on": "2026-11-26"}, "This day is still to come"),
    ],
)
def test_what_is_wrong_with_a_cause_is_said_and_nothing_is_kept(cast: Cast, signed_in, wrong, said) -> None:
    answer = signed_in("helen").post(f"{page(cast)}/add", asked() | wrong)
    assert answer.status_code == 400 and said in text(answer)
    assert not Delay.objects.exists()


def test_the_next_cause_ends_the_one_before_and_each_day_is_counted_once(cast: Cast, signed_in) -> None:
    told(cast, from_on=date(2026, 1, 12))
    helen = signed_in("helen")
    before = text(helen.get(page(cast)))
    assert "What held things up before" not in before
    assert (
        helen.post(f"{page(cast)}/add", asked(cause="health_report", from_on="2026-11-20")).status_code == 302
    )
    first, second = Delay.current.order_by("from_on")
    assert (first.until_on, second.until_on) == (date(2026, 11, 19), None)
    shown = text(helen.get(page(cast)))
    assert "What held things up before" in shown
    days = shown.partition("Days of delay by cause")[2].partition("</table>")[0]
    assert "Looking for a family" in days and "Waiting for a health report" in days
    assert '<td class="hw-number">6</td>' in days  # 20 to 25 November
    total = before.partition("On ")[2].partition(" day")[0]
    assert f"On {total} day" in shown
    refused = helen.post(f"{page(cast)}/add", asked(from_on="2026-11-20"))
    assert "Another cause stands from 20 November 2026" in text(refused)


def test_a_cause_ends_on_its_last_day_with_how_it_was_resolved(cast: Cast, signed_in) -> None:
    fact = told(cast)
    helen, end = signed_in("helen"), f"{page(cast)}/{fact.uid}/end"
    for wrong, said in (
        ({"until_on": "2026-11-01", "reason": "Found"}, "The last day must not be before the first"),
        ({"until_on": "2026-11-26", "reason": "Found"}, "This day is still to come"),
        ({"until_on": "2026-11-20", "reason": ""}, "Say how it was resolved"),
    ):
        answer = helen.post(end, wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert helen.post(end, {"until_on": "2026-11-20", "reason": "A family was found"}).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "No cause has been recorded." in shown and "A family was found" in shown


def test_what_is_recorded_is_put_right_with_a_reason_and_days_never_overlap(cast: Cast, signed_in) -> None:
    earlier = told(cast, "assessment", from_on=date(2026, 10, 1))
    later = told(cast)
    helen = signed_in("helen")
    change = asked(from_on="2026-10-20", until_on="", reason="It began earlier")
    answer = helen.post(f"{page(cast)}/{later.uid}", change)
    assert "Another cause stands from 1 October 2026 until 1 November 2026. A day has one cause" in text(
        answer
    )
    wrong = helen.post(f"{page(cast)}/{later.uid}", asked(until_on="", reason=""))
    assert wrong.status_code == 400 and "Say why it is changed" in text(wrong)
    change = asked(doing="A third family has asked", until_on="", reason="News of today")
    assert helen.post(f"{page(cast)}/{later.uid}", change).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "A third family has asked" in shown and "Changed 1 time" in shown and "Two families read" in shown
    earlier = Delay.current.get(cause="assessment")  # which the next cause ended
    mistake = asked(cause="assessment", from_on="2026-10-01", until_on="2026-11-01", reason="Another child’s")
    assert helen.post(f"{page(cast)}/{earlier.uid}", mistake | {"withdraw": "1"}).status_code == 302
    assert list(Delay.current.values_list("cause", flat=True)) == ["family_finding"]


@pytest.mark.parametrize("second", ["change", "end"])
def test_of_two_who_change_a_cause_the_second_is_shown_both_versions(
    cast: Cast, signed_in, second: str
) -> None:
    fact = told(cast)
    first = asked(doing="A third family has asked", until_on="", reason="News of today")
    assert signed_in("helen").post(f"{page(cast)}/{fact.uid}", first).status_code == 302
    sent = {
        "change": asked(doing="The panel is on 9 December", until_on="", reason="The panel rang"),
        "end": {"until_on": "2026-11-24", "reason": "A family was found"},
    }[second]
    ending = "/end" if second == "end" else ""
    answer = signed_in("priya").post(f"{page(cast)}/{fact.uid}{ending}", sent)
    shown = text(answer)
    assert answer.status_code == 409
    assert "A third family has asked" in shown and "Two families read" in shown
    assert sent["reason"] in shown
    newer = Delay.current.get()
    assert signed_in("priya").post(f"{page(cast)}/{newer.uid}{ending}", sent).status_code == 302


def test_who_is_not_shown_proceedings_is_not_told_that_a_court_date_is_waited_for(
    cast: Cast, signed_in
) -> None:
    team = Team.objects.create(authority=cast.authority, name="Care 1")
    rosa = Person.objects.create(email="rosa@northmere.example", name="Rosa Nye")
    Role.objects.create(
        person=rosa, authority=cast.authority, key="administrator", team=team, workers=["SW1"]
    )
    cast.people["rosa"] = rosa
    told(cast, "court_listing", doing="The judge was asked for a day")
    client = signed_in("rosa")
    for address in (page(cast), page(cast).removesuffix("/delay"), "/tracker?column=holding"):
        shown = text(client.get(address))
        assert "Waiting for a court date" not in shown and "The judge was asked" not in shown
    assert "What holds things up is not shown to you." in text(client.get(page(cast)))
    assert "Not shown to you" in text(client.get(page(cast)))


def test_a_social_worker_changes_their_own_childs_and_no_others(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    assert priya.post(f"{page(cast)}/add", asked()).status_code == 302
    for address in (page(cast, "Ruby"), f"{page(cast, 'Ruby')}/add"):
        assert priya.get(address).status_code == 404
    fact = told(cast, child="Ruby")
    assert priya.get(f"{page(cast)}/{fact.uid}").status_code == 404  # another child's, through this one


# ---- Oversight ----


def test_child_days_are_counted_by_cause_month_rule_and_role_with_who_is_behind(
    cast: Cast, signed_in
) -> None:
    amina = signed_in("amina")
    before = text(amina.get("/oversight/delay"))
    assert "No cause has been recorded" in before and "of them with no cause recorded: ask" in before
    told(cast, from_on=date(2026, 11, 1))
    shown = text(amina.get("/oversight/delay"))
    row = shown.partition('<th scope="row">Looking for a family</th>')[2].partition("</tr>")[0]
    assert "/oversight/delay/children?now=1" in row or "cause=family_finding" in row
    table = shown.partition("Child-days of delay, by cause and month")[2].partition("</table>")[0]
    found = table.partition('<th scope="row">Looking for a family</th>')[2].partition("</tr>")[0]
    assert ">25</a>" in found  # 1 to 25 November
    assert "Which promises were late" in shown and "By the role that sees to the date" in shown
    for query in ("cause=family_finding&month=2026-11", "cause=family_finding", "now=1&cause=family_finding"):
        listed = text(amina.get(f"/oversight/delay/children?{query}"))
        assert ">Theo</a>" in listed and ">Kai</a>" not in listed
    assert "Looking for a family: November 2026" in text(
        amina.get("/oversight/delay/children?cause=family_finding&month=2026-11")
    )
    assert ">Theo</a>" not in text(amina.get("/oversight/delay/children?now=1&cause=none"))
    assert "No child whom you see is behind this figure." in text(
        amina.get("/oversight/delay/children?cause=immigration&month=nonsense")
    )


def test_the_days_of_the_months_add_up_whatever_the_causes_are(cast: Cast, signed_in) -> None:
    from homeward.records import access
    from homeward.records.queries.delay_oversight import ledger

    def total() -> int:
        actor = access.acting(cast.people["amina"])
        figures = ledger(actor, cast.authority, TODAY, frozenset()).by_cause()
        assert all(sum(each.months) == each.days for each in figures)
        return sum(each.days for each in figures)

    before = total()
    told(cast, from_on=date(2026, 10, 20))
    told(cast, "in_childs_interest", from_on=date(2026, 11, 9), judged_by="Owen Price", why="He settles")
    told(cast, child="Ruby")
    assert total() == before > 0


def test_a_manager_finds_children_overdue_without_a_cause_and_asks(cast: Cast, signed_in) -> None:
    listed = text(signed_in("helen").get("/oversight/delay/children?now=1&cause=none"))
    assert ">Theo</a>" in listed and "Priya Shah" in listed
    assert f"{page(cast)}/add" in listed
    assert signed_in("priya").get("/oversight/delay").status_code == 404


def test_oversight_asks_as_much_for_one_child_as_for_many(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    amina = signed_in("amina")
    amina.get("/oversight/delay")
    with django_assert_max_num_queries(40) as few:
        amina.get("/oversight/delay")
    for child in ("Maya", "Theo", "Kai", "Ruby"):
        told(cast, child=child)
    with django_assert_max_num_queries(len(few)):
        amina.get("/oversight/delay")


def test_the_days_from_ruling_out_a_return_home_to_another_agreed_plan_are_counted(
    cast: Cast, signed_in
) -> None:
    def answered(child: str, answer: str, on: date, **more: str) -> None:
        answer_option(cast.children[child], "return_home", answer, on=on, by=helen, now=NOW, **more)

    helen, amina = cast.people["helen"], signed_in("amina")
    gone = {"reason": "The assessment is negative", "signed_by": "Helen Ward"}
    assert "A return home is ruled out for no child whom you see." in text(amina.get("/oversight/delay"))
    answered("Ruby", "ruled_out", date(2026, 11, 5), **gone)  # who has no plan at all
    answered("Theo", "ruled_out", date(2026, 2, 20), **gone)  # adoption was agreed ten days after
    answered("Kai", "ruled_out", date(2026, 1, 5), **gone)
    answered("Kai", "testing", date(2026, 6, 1), reason="His mother is well")  # opened again
    shown = text(amina.get("/oversight/delay"))
    assert "the longest for 20 days" in shown
    assert "For 1 child a plan was agreed; half of them waited 10 days or less." in shown
    listed = text(amina.get("/oversight/delay/ruled-out"))
    assert ">Ruby</a>" in listed and "5 November 2026" in listed
    assert ">Theo</a>" not in listed and ">Kai</a>" not in listed
    keep_from(cast, "amina", "Ruby")
    assert "the longest for" not in text(amina.get("/oversight/delay"))
