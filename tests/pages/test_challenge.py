"""Matters raised by reviewing officers and chairs, and what they heard, saw and judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import (
    AuditEntry,
    Challenge,
    Draft,
    Exclusion,
    Person,
    Restriction,
    Role,
    Scrutiny,
)
from homeward.records.operations.challenges import answer_matter, raise_matter, settle_matter, take_further
from homeward.records.operations.facts import NotYet
from homeward.records.operations.refused import Refused
from homeward.records.operations.scrutiny import record_scrutiny
from homeward.records.queries.scrutiny_page import wished_home
from homeward.records.roles import ROLES


@pytest.fixture
def reviewing(cast: Cast) -> Cast:
    """Owen reviews, Judith chairs child protection conferences, Denise is an administrator."""
    for key, name, role in (
        ("owen", "Owen Price", "iro"),
        ("judith", "Judith Marlow", "child_protection_chair"),
        ("denise", "Denise Catchpole", "administrator"),
        ("vikram", "Vikram Desai", "performance_analyst"),
    ):
        person = Person.objects.create(email=f"{key}@northmere.example", name=name)
        workers = ["SW1", "SW2"] if role == "administrator" else []
        Role.objects.create(person=person, authority=cast.authority, key=role, workers=workers)
        cast.people[key] = person
    return cast


def page(cast: Cast, child: str = "Theo") -> str:
    return f"/child/{cast.children[child].public_id}/challenge"


def text(answer) -> str:
    return answer.content.decode()


def raised(cast: Cast, child: str = "Theo", on: date = date(2026, 11, 9), **more: Any) -> Challenge:
    stage = more.pop("stage", "")
    values = {
        "theme": "delay",
        "says": "No family has been looked for since June",
        "addressed_kind": "worker",
        "addressed_person": cast.people["priya"],
        "answer_by": date(2026, 11, 20),
    } | more
    return raise_matter(
        cast.children[child], values, on=on, stage=stage, role="iro", by=cast.people["owen"], now=NOW
    )


def further(cast: Cast, matter: Challenge, stage: str = "team", **more: Any) -> Challenge:
    values = {"addressed_kind": "team", "addressed_to": "Care 1", "answer_by": date(2026, 12, 4)} | more
    return take_further(matter, stage, values, on=date(2026, 11, 23), by=cast.people["owen"], now=NOW)


def asked(**more: str) -> dict[str, str]:
    return {
        "theme": "delay",
        "says": "No family has been looked for since June",
        "wants": "A search beyond the region",
        "handbook": "chapter 6",
        "addressed_kind": "worker",
        "addressed_person": "",
        "addressed_to": "Priya Shah",
        "answer_by": "2026-12-04",
        "stage": "social_worker",
        "raised_on": "2026-11-24",
    } | more


def test_a_matter_is_raised_and_its_page_says_who_is_to_answer_by_when(reviewing: Cast, signed_in) -> None:
    owen = signed_in("owen")
    empty = text(owen.get(page(reviewing)))
    assert "No matter is open for Theo." in empty and "No advocacy check is recorded for Theo." in empty
    priya = str(reviewing.people["priya"].pk)
    sent = asked(addressed_person=priya, addressed_to="")
    assert owen.post(f"{page(reviewing)}/raise", sent)["Location"] == page(reviewing)
    made = Challenge.current.get()
    assert (made.raised_by, made.raised_role, made.addressed_to) == ("Owen Price", "iro", "Priya Shah")
    assert made.formal_on == date(2026, 11, 24)  # all three of Merton's stages are the formal process
    shown = text(owen.get(page(reviewing)))
    for said in (
        "Dispute resolution with the social worker",
        "Answer due Friday 4 December 2026, in 7 working days",
        "The 20 working days of the formal process end on Tuesday 22 December 2026, in 19 working days",
        "was not read in the published text",
        "A search beyond the region",
        "chapter 6",
        "Independent reviewing officer · Delay or drift",
    ):
        assert said in shown
    assert AuditEntry.objects.latest("pk").field_sets == ["core", "history", "legal", "work"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"theme": ""}, "Choose what it is about"),
        ({"says": " "}, "Enter what the matter is"),
        ({"addressed_kind": ""}, "Choose whom it is addressed to"),
        ({"addressed_to": ""}, "Choose the worker, or name them"),
        ({"addressed_kind": "partner", "addressed_to": ""}, "Name the partner"),
        ({"answer_by": "2026-11-23"}, "The day of the answer is before the matter came to this stage"),
        ({"raised_on": "2026-11-26"}, "This day is still to come"),
        ({"stage": "mayor"}, "Choose from the list"),
    ],
)
def test_what_a_matter_lacks_is_said_and_nothing_is_kept(reviewing: Cast, signed_in, wrong, said) -> None:
    answer = signed_in("owen").post(f"{page(reviewing)}/raise", asked() | wrong)
    assert answer.status_code == 400 and said in text(answer)
    assert not Challenge.objects.exists()


def test_a_team_or_a_department_needs_no_name(reviewing: Cast, signed_in) -> None:
    signed_in("owen").post(f"{page(reviewing)}/raise", asked(addressed_kind="department", addressed_to=""))
    assert Challenge.current.get().addressed_to == "The department"


def test_who_does_not_see_the_child_is_not_asked_by_name(reviewing: Cast, signed_in) -> None:
    Exclusion.objects.create(
        child=reviewing.children["Theo"],
        person=reviewing.people["priya"],
        reason="A relative",
        made_by=reviewing.people["helen"],
        made_at=NOW,
    )
    sent = asked(addressed_person=str(reviewing.people["priya"].pk))
    answer = signed_in("owen").post(f"{page(reviewing)}/raise", sent)
    assert answer.status_code == 400 and "Priya Shah does not see this child’s record" in text(answer)


def test_a_matter_goes_from_the_worker_to_the_team_is_answered_and_settled(
    reviewing: Cast, signed_in
) -> None:
    owen, helen = signed_in("owen"), signed_in("helen")
    first = raised(reviewing)
    assert "Answer late by 3 working days" in text(owen.get(page(reviewing)))
    to_team = {
        "stage": "team",
        "stage_on": "2026-11-23",
        "addressed_kind": "team",
        "addressed_person": "",
        "addressed_to": "Care 1",
        "answer_by": "2026-12-04",
    }
    assert owen.post(f"{page(reviewing)}/{first.uid}/further", to_team).status_code == 302
    second = Challenge.current.get()
    answer = {"answer": "Two families are being visited", "answered_on": "2026-11-24"}
    assert helen.post(f"{page(reviewing)}/{second.uid}/answer", answer).status_code == 302
    third = Challenge.current.get()
    settle = {"outcome_kind": "agreed", "outcome": "The search is wider", "settled_on": "2026-11-25"}
    assert owen.post(f"{page(reviewing)}/{third.uid}/settle", settle).status_code == 302
    shown = text(owen.get(page(reviewing)))
    for said in (
        "Dispute resolution with the social worker, 9 November 2026: to Priya Shah. "
        "No answer by 20 November 2026; taken further",
        "Dispute resolution with the team, 23 November 2026: to Care 1. Answered on 24 November 2026",
        "Two families are being visited",
        "Agreed as asked",
        "The search is wider",
        "The formal process took 12 working days",
    ):
        assert said in shown
    now = Challenge.current.get()
    assert now.thread == first.thread and now.formal_on == date(2026, 11, 9)
    assert Challenge.objects.count() == 4  # the versions are the path
    assert Challenge.objects.get(pk=first.pk).stage == "social_worker"
    for step in ("further", "answer", "settle"):
        assert owen.get(f"{page(reviewing)}/{now.uid}/{step}").status_code == 404  # it is settled


def test_a_reviewing_officer_may_bypass_stages_and_go_to_cafcass(reviewing: Cast, signed_in) -> None:
    matter = raised(reviewing)
    owen = signed_in("owen")
    offered = text(owen.get(f"{page(reviewing)}/{matter.uid}/further"))
    assert offered.index("with the team") < offered.index("with the department") < offered.index("Cafcass")
    sent = {
        "stage": "cafcass",
        "stage_on": "2026-11-24",
        "addressed_kind": "partner",
        "addressed_to": "Cafcass",
    }
    assert owen.post(f"{page(reviewing)}/{matter.uid}/further", sent).status_code == 302
    assert Challenge.current.get().stage == "cafcass"


def test_in_a_council_with_englands_stages_the_days_are_counted_from_the_formal_one(reviewing: Cast) -> None:
    reviewing.authority.pack = "slough"
    reviewing.authority.save()
    reviewing.children["Theo"].authority.refresh_from_db()
    informal = raised(reviewing)
    assert informal.stage == "raised" and informal.formal_on is None
    assert further(reviewing, informal, "formal").formal_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("step", "wrong", "said"),
    [
        ("further", {"stage_on": "2026-11-08"}, "This day is before the stage that it is at"),
        ("further", {"stage": "social_worker"}, "Choose from the list"),
        ("answer", {"answer": ""}, "Enter what was answered"),
        ("answer", {"answered_on": "2026-11-08"}, "This day is before the matter came to this stage"),
        ("settle", {"outcome_kind": ""}, "Choose how it was settled"),
        ("settle", {"outcome": ""}, "Enter what came of it for the child"),
        ("settle", {"settled_on": "2026-11-08"}, "This day is before the last step of the matter"),
    ],
)
def test_a_step_that_is_wrong_is_said_at_its_field(reviewing: Cast, signed_in, step, wrong, said) -> None:
    matter = raised(reviewing)
    right = {
        "further": {"stage": "team", "stage_on": "2026-11-24", "addressed_kind": "team"},
        "answer": {"answer": "Yes", "answered_on": "2026-11-24"},
        "settle": {"outcome_kind": "agreed", "outcome": "Done", "settled_on": "2026-11-24"},
    }[step]
    answer = signed_in("owen").post(f"{page(reviewing)}/{matter.uid}/{step}", right | wrong)
    assert answer.status_code == 400 and said in text(answer)
    assert Challenge.objects.count() == 1


def test_a_matter_is_corrected_with_a_reason_or_taken_back(reviewing: Cast, signed_in) -> None:
    matter, owen = raised(reviewing), signed_in("owen")
    correct = f"{page(reviewing)}/{matter.uid}"
    assert "No family has been looked for since June" in text(owen.get(correct))
    wrong = owen.post(correct, asked(reason=""))
    assert wrong.status_code == 400 and "Say why it is corrected" in text(wrong)
    sent = asked(says="No family has been looked for since July", reason="The month was wrong")
    assert owen.post(correct, sent).status_code == 302
    shown = text(owen.get(page(reviewing)))
    assert "since July" in shown and "The month was wrong" in shown and "Corrected 1 time" in shown
    now = Challenge.current.get()
    taken = asked(reason="It was about another child", withdraw="1")
    assert owen.post(f"{page(reviewing)}/{now.uid}", taken).status_code == 302
    assert "No matter is open for Theo." in text(owen.get(page(reviewing)))


@pytest.mark.parametrize("step", ["further", "answer", "settle", ""])
def test_of_two_who_take_a_step_at_once_the_second_sees_both_versions(
    reviewing: Cast, signed_in, step: str
) -> None:
    matter = raised(reviewing)
    answer_matter(matter, "A visit is booked", on=TODAY, by=reviewing.people["priya"], now=NOW)
    sent = {
        "further": {
            "stage": "team",
            "stage_on": "2026-11-24",
            "addressed_kind": "team",
            "addressed_to": "Care 9",
        },
        "answer": {"answer": "Care 9 answers", "answered_on": "2026-11-24"},
        "settle": {"outcome_kind": "agreed", "outcome": "Care 9 agrees", "settled_on": "2026-11-25"},
        "": asked(reason="Care 9 was wrong"),
    }[step]
    answer = signed_in("owen").post(f"{page(reviewing)}/{matter.uid}{'/' if step else ''}{step}", sent)
    shown = text(answer)
    assert answer.status_code == 409
    assert "A visit is booked" in shown and "What you began from" in shown and "Care 9" in shown
    assert Challenge.current.get().answer == "A visit is booked"


def test_a_matter_settled_meanwhile_leaves_nothing_to_send(reviewing: Cast, signed_in) -> None:
    matter = raised(reviewing)
    settle_matter(matter, "explained", "It was a mistake", on=TODAY, by=reviewing.people["owen"], now=NOW)
    sent = {"answer": "Yes", "answered_on": "2026-11-24"}
    answer = signed_in("helen").post(f"{page(reviewing)}/{matter.uid}/answer", sent)
    assert answer.status_code == 409 and "Record the answer</button>" not in text(answer)


def test_a_matter_begun_is_kept_as_a_draft(reviewing: Cast, signed_in) -> None:
    owen = signed_in("owen")
    assert owen.post(f"{page(reviewing)}/raise", asked(says="Half", keep="1"))["Location"] == "/"
    home = text(owen.get("/"))
    assert f'href="{page(reviewing)}/raise"' in home and "Theo: a matter to raise" in home
    assert "Half" in text(owen.get(f"{page(reviewing)}/raise"))
    owen.post(f"{page(reviewing)}/raise", asked())
    assert not Draft.objects.exists()


# ---- Who may ----


@pytest.mark.parametrize("who", ["priya", "helen", "marcia", "vikram"])
def test_only_reviewing_officers_and_chairs_raise_settle_and_record_scrutiny(
    reviewing: Cast, signed_in, who: str
) -> None:
    matter, client = raised(reviewing), signed_in(who)
    shown = text(client.get(page(reviewing)))
    assert "No family has been looked for since June" in shown and "Raise a matter</a>" not in shown
    scrutiny = page(reviewing).removesuffix("challenge") + "scrutiny/conversation"
    for place in (f"{page(reviewing)}/raise", f"{page(reviewing)}/{matter.uid}/settle", scrutiny):
        assert client.get(place).status_code == 404
        assert client.post(place, asked()).status_code == 404
    answers = {"priya", "helen", "marcia"}
    expected = 200 if who in answers else 404
    assert client.get(f"{page(reviewing)}/{matter.uid}/answer").status_code == expected
    assert ("Answer it" in shown) == (who in answers)


def test_a_chair_raises_a_matter_about_a_child_before_care(reviewing: Cast, signed_in) -> None:
    judith = signed_in("judith")
    assert judith.post(f"{page(reviewing, 'Ruby')}/raise", asked()).status_code == 302
    assert Challenge.current.get().raised_role == "child_protection_chair"
    home = text(judith.get("/"))
    assert "1 matter open" in home and "Ruby" in home
    listed = text(judith.get("/oversight/matters?raiser=child_protection_chair"))
    assert "Ruby" in listed and "Child protection chair" in listed
    assert "No open matter fits" in text(judith.get("/oversight/matters?raiser=iro"))


NOT_LEGAL = ("core", "history", "voice", "work")


def test_what_tells_of_orders_is_kept_from_who_is_not_shown_them(
    reviewing: Cast, signed_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(reviewing, theme="legal", says="The interim order has run out")
    matter = raised(reviewing, addressed_kind="legal", says="Counsel has not been asked")
    assert "Legal steps" in text(signed_in("owen").get(page(reviewing)))
    monkeypatch.setitem(ROLES, "team_manager", replace(ROLES["team_manager"], fields=frozenset(NOT_LEGAL)))
    helen = signed_in("helen")
    shown = text(helen.get(page(reviewing)))
    assert "No matter is open" in shown and "interim order" not in shown and "Counsel" not in shown
    further(reviewing, matter)  # to a team: what came before still tells of it
    assert "Counsel" not in text(helen.get(page(reviewing)))


def test_who_arranges_meetings_and_does_no_casework_finds_no_matter(reviewing: Cast, signed_in) -> None:
    raised(reviewing)
    denise = signed_in("denise")
    assert denise.get(page(reviewing)).status_code == 404
    assert "Challenge" not in text(denise.get(page(reviewing).removesuffix("/challenge")))


def test_a_sealed_child_is_on_no_page_and_in_no_list(reviewing: Cast, signed_in) -> None:
    raised(reviewing)
    Restriction.objects.create(
        child=reviewing.children["Theo"],
        level=Restriction.SEALED,
        reason="Adopted",
        made_by=reviewing.people["marcia"],
        made_at=NOW,
    )
    owen = signed_in("owen")
    assert owen.get(page(reviewing)).status_code == 404
    assert owen.post(f"{page(reviewing)}/raise", asked()).status_code == 404
    for place in ("/oversight/matters", "/oversight/reviewing", "/"):
        assert "Theo" not in text(owen.get(place))
    assert "0 raised, 0 settled, 0 open" in text(owen.get("/oversight/matters/quarter"))


# ---- Scrutiny ----


def scrutiny(cast: Cast, kind: str, child: str = "Theo") -> str:
    return page(cast, child).removesuffix("challenge") + f"scrutiny/{kind}"


WISH = "“A garden, and Maya every weekend.”"


def heard(cast: Cast, child: str = "Kai", on: date = date(2026, 11, 10), wish: str = WISH) -> Scrutiny:
    values = {"held_on": on, "wished_home": wish, "says": ""}
    return record_scrutiny(
        cast.children[child], "conversation", values, role="iro", by=cast.people["owen"], now=NOW
    )


def test_what_a_child_wants_from_a_home_is_heard_between_reviews_and_stands_on_the_plan(
    reviewing: Cast, signed_in
) -> None:
    owen = signed_in("owen")
    sent = {"held_on": "2026-11-20", "wished_home": WISH, "says": "Football"}
    assert owen.post(scrutiny(reviewing, "conversation", "Kai"), sent)["Location"] == page(reviewing, "Kai")
    heard(reviewing, on=date(2026, 9, 1), wish="Somewhere else")
    assert wished_home(reviewing.children["Kai"], TODAY).wished_home == WISH
    plans = page(reviewing, "Kai").removesuffix("challenge") + "plans"
    shown = text(signed_in("priya").get(plans))
    assert (
        WISH in shown and "told to Owen Price on 20 November 2026" in shown and "Somewhere else" not in shown
    )
    assert "voice" in AuditEntry.objects.latest("pk").field_sets
    assert WISH not in text(signed_in("denise").get(plans))
    vikram = signed_in("vikram")  # an analyst is not shown what children say
    assert WISH not in text(vikram.get(plans))
    told = text(vikram.get(page(reviewing, "Kai")))
    assert WISH not in told and "Football" not in told and "What Kai said is not shown to you." in told


def test_a_no_at_a_review_leads_straight_to_raising_the_matter(reviewing: Cast, signed_in) -> None:
    owen = signed_in("owen")
    assert "The last review was on 9 February 2026" in text(owen.get(page(reviewing)))
    sent = {
        "held_on": "2026-02-09",
        "fits_needs": "no",
        "fits_needs_why": "No family is looked for",
        "lawful": "yes",
        "lawful_why": "The order covers it",
        "says": "",
    }
    led = owen.post(scrutiny(reviewing, "review"), sent)
    entry = Scrutiny.current.get()
    assert led["Location"] == f"{page(reviewing)}/raise?from={entry.uid}"
    form = text(owen.get(led["Location"]))
    assert "No family is looked for</textarea>" in form and '<option value="plan" selected>' in form
    shown = text(owen.get(page(reviewing)))
    assert "The last review was on" not in shown and "Raise a matter from it" in shown
    assert owen.get(f"{page(reviewing)}/raise?from=nonsense").status_code == 200
    assert owen.get(f"{page(reviewing)}/raise?from={uuid4()}").status_code == 200


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("conversation", {"wished_home": " ", "says": ""}, "Enter what the child said"),
        ("monitoring", {"timely": "", "timely_why": "x"}, "Choose yes or no"),
        ("monitoring", {"timely": "yes", "timely_why": ""}, "Say why you judge so"),
        ("review", {"fits_needs": "yes", "fits_needs_why": "x", "lawful": "maybe"}, "Choose yes or no"),
        ("advocacy", {"advocate": ""}, "Choose how it stands"),
        ("advocacy", {"advocate": "not_offered"}, "Say why none was offered, and who offers one by when"),
        ("advocacy", {"advocate": "has", "held_on": "2026-11-26"}, "This day is still to come"),
    ],
)
def test_what_an_entry_lacks_is_said_and_nothing_is_kept(
    reviewing: Cast, signed_in, kind, sent, said
) -> None:
    answer = signed_in("owen").post(scrutiny(reviewing, kind), {"held_on": "2026-11-20"} | sent)
    assert answer.status_code == 400 and said in text(answer)
    assert not Scrutiny.objects.exists()


def test_a_judgement_on_time_stands_beside_the_childs_own_dates(reviewing: Cast, signed_in) -> None:
    owen = signed_in("owen")
    form = text(owen.get(scrutiny(reviewing, "monitoring")))
    assert "Theo’s dates that are late or near" in form and "Overdue by" in form
    sent = {"held_on": "2026-11-20", "timely": "yes", "timely_why": "The late review is booked", "says": ""}
    assert owen.post(scrutiny(reviewing, "monitoring"), sent)["Location"] == page(reviewing)
    shown = text(owen.get(page(reviewing)))
    assert "The work is done in time" in shown and "The late review is booked" in shown


def test_an_entry_is_corrected_with_a_reason_or_taken_back_and_the_second_of_two_sees_both(
    reviewing: Cast, signed_in
) -> None:
    entry, owen = heard(reviewing), signed_in("owen")
    place = scrutiny(reviewing, str(entry.uid), "Kai")
    sent = {"held_on": "2026-11-10", "wished_home": "“A garden.”", "says": "", "reason": "A word was wrong"}
    assert owen.post(place, sent | {"reason": ""}).status_code == 400
    assert owen.post(place, sent).status_code == 302
    again = owen.post(place, sent | {"wished_home": "“A dog.”"})
    assert again.status_code == 409 and "“A dog.”" in text(again) and "“A garden.”" in text(again)
    assert "A word was wrong" in text(owen.get(page(reviewing, "Kai")))
    now = Scrutiny.current.get()
    assert owen.post(scrutiny(reviewing, str(now.uid), "Kai"), sent | {"withdraw": "1"}).status_code == 302
    assert wished_home(reviewing.children["Kai"], TODAY) is None


# ---- Home ----


def test_an_answer_asked_of_a_worker_stands_on_their_home_until_it_is_given(
    reviewing: Cast, signed_in
) -> None:
    matter, priya = raised(reviewing), signed_in("priya")
    home = text(priya.get("/"))
    assert "Answer asked of you: delay or drift" in home and "Answer late by 3 working days" in home
    assert f"{page(reviewing)}/{matter.uid}/answer" in home
    assert "Answers asked of the team by reviewing officers and chairs" in text(signed_in("helen").get("/"))
    answer_matter(matter, "Yes", on=TODAY, by=reviewing.people["priya"], now=NOW)
    assert "Answer asked of you" not in text(priya.get("/"))
    assert "Answers asked of the team" not in text(signed_in("helen").get("/"))


def test_a_reviewing_officers_home_lists_answers_reviews_not_judged_and_advocacy(
    reviewing: Cast, signed_in
) -> None:
    raised(reviewing)
    owen = signed_in("owen")
    home = text(owen.get("/"))
    block = home.partition("Matters raised: answers awaited or late first")[2].partition("</section>")[0]
    assert "Theo" in block and "Late by 3 working days" in block
    advocacy = "Advocacy: not checked yet, or not offered"
    assert "Theo" in home.partition(advocacy)[2].partition("</section>")[0]
    judged = home.partition("Reviews without a judgement")[2].partition("</section>")[0]
    assert "Every review of the last eight weeks has a judgement." in judged
    for child, state in (("Theo", "has"), ("Maya", "not_offered")):
        values = {"held_on": TODAY, "advocate": state, "advocate_says": "Asked in July"}
        record_scrutiny(
            reviewing.children[child], "advocacy", values, role="iro", by=reviewing.people["owen"], now=NOW
        )
    told = text(owen.get("/")).partition(advocacy)[2].partition("</section>")[0]
    assert "Theo" not in told and "Maya" in told and "Has not been offered an advocate" in told


# ---- Oversight ----


def test_open_matters_are_listed_filtered_and_counted_by_stage_and_theme(reviewing: Cast, signed_in) -> None:
    raised(reviewing)
    further(reviewing, raised(reviewing, "Kai", theme="health", says="No dentist since May"))
    marcia = signed_in("marcia")
    shown = text(marcia.get("/oversight/matters"))
    assert "No family has been looked for" in shown and "No dentist since May" in shown
    assert "<b>2</b>open" in shown and "<b>1</b><a" in shown
    assert shown.index("No family") < shown.index("No dentist")  # the longest wait first
    for query, said, other in (
        ("theme=health", "No dentist", "No family"),
        ("stage=team", "No dentist", "No family"),
        ("state=late", "No family", "No dentist"),
    ):
        narrowed = text(marcia.get(f"/oversight/matters?{query}"))
        assert said in narrowed and other not in narrowed
    assert "No open matter fits these filters." in text(marcia.get("/oversight/matters?state=over"))


def test_a_month_lists_what_was_open_at_its_end_at_the_stage_it_was_at_then(
    reviewing: Cast, signed_in
) -> None:
    matter = raised(reviewing, on=date(2026, 10, 12), answer_by=date(2026, 10, 23))
    second = further(reviewing, matter)
    settle_matter(second, "agreed", "Searching", on=TODAY, by=reviewing.people["owen"], now=NOW)
    marcia = signed_in("marcia")
    october = text(marcia.get("/oversight/matters?month=2026-10"))
    assert "open on 31 October 2026" in october and "No family" in october
    assert "Late by 5 working days" in october
    table = october.partition('id="list"')[2]
    assert "with the social worker" in table and "with the team" not in table
    assert "No family" not in text(marcia.get("/oversight/matters"))


def test_a_quarter_counts_what_was_raised_and_how_it_ended_by_theme(reviewing: Cast, signed_in) -> None:
    raised(reviewing, on=date(2026, 8, 3), answer_by=None)
    matter = raised(reviewing, "Kai", theme="health")
    settle_matter(matter, "in_part", "A dentist in May", on=TODAY, by=reviewing.people["owen"], now=NOW)
    shown = text(signed_in("marcia").get("/oversight/matters/quarter"))
    assert "Matters raised, October to December 2026" in shown
    assert "1 raised, 1 settled, 1 open on 25 November 2026" in shown
    health = shown.partition("Health</th>")[2].partition("</tr>")[0]
    assert health.count("<div>1</div>") == 2 and health.count("<div>0</div>") == 6
    summer = text(signed_in("marcia").get("/oversight/matters/quarter?quarter=2026-07-01"))
    assert "1 raised, 0 settled, 1 open on 30 September 2026" in summer


def test_the_list_goes_out_as_a_file_in_which_nothing_is_a_formula(reviewing: Cast, signed_in) -> None:
    raised(reviewing, says="=1+1")
    owen = signed_in("owen")
    csv = owen.get("/oversight/matters/export?format=csv").content.decode("utf-8-sig")
    assert "Theo" in csv and "'=1+1" in csv and "Answer late by 3 working days" in csv
    assert owen.get("/oversight/matters/export?format=xlsx").content[:2] == b"PK"
    assert owen.get("/oversight/matters/export?format=doc").status_code == 404
    assert signed_in("judith").get("/oversight/matters/export").status_code == 404  # takes no list out


def test_the_reviewing_service_sees_every_child_in_care_with_plan_next_date_and_last_look(
    reviewing: Cast, signed_in
) -> None:
    raised(reviewing)
    heard(reviewing)
    owen = signed_in("owen")
    shown = text(owen.get("/oversight/reviewing"))
    rows = {name: shown.partition(f">{name}</a>")[2].partition("</tr>")[0] for name in reviewing.children}
    assert "15 days ago" in rows["Kai"] and "Adoption" in rows["Theo"] and "Not yet" in rows["Theo"]
    assert shown.index(">Theo<") < shown.index(">Kai<")  # longest since anybody looked, first
    most = text(owen.get("/oversight/reviewing?sort=matters"))
    assert most.index(">Theo<") < most.index(">Kai<") and 'aria-sort="ascending"' in most
    mine = text(owen.get("/oversight/reviewing")).partition('id="officer"')[2].partition("</select>")[0]
    key = mine.partition('">Owen Price')[0].rpartition('"')[2]
    assert ">Kai<" not in text(owen.get(f"/oversight/reviewing?officer={key}"))


@pytest.mark.parametrize("place", ["/oversight/matters", "/oversight/reviewing", "/"])
def test_more_matters_ask_for_no_more_queries(reviewing: Cast, signed_in, place: str) -> None:
    owen = signed_in("owen")
    raised(reviewing)
    heard(reviewing)
    owen.get(place)
    before = queries(owen, place)
    for child in ("Maya", "Theo", "Kai", "Ruby"):
        further(reviewing, raised(reviewing, child))
        heard(reviewing, child)
    assert queries(owen, place) <= before


def queries(client, place: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(place).status_code == 200
    return len(found)


# ---- The operations themselves ----


def test_what_is_settled_is_taken_no_further(reviewing: Cast) -> None:
    matter = raised(reviewing)
    done = settle_matter(matter, "agreed", "Searching", on=TODAY, by=reviewing.people["owen"], now=NOW)
    with pytest.raises(Refused, match="settled"):
        answer_matter(done, "Yes", on=TODAY, by=reviewing.people["priya"], now=NOW)
    with pytest.raises(Refused, match="settled"):
        further(reviewing, done)


def test_an_answer_at_one_stage_is_none_at_the_next(reviewing: Cast, signed_in) -> None:
    answered = answer_matter(
        raised(reviewing), "In spring", on=date(2026, 11, 20), by=reviewing.people["priya"], now=NOW
    )
    assert further(reviewing, answered).answered_on is None
    shown = text(signed_in("owen").get(page(reviewing)))
    assert "“In spring”" in shown and "Answer due Friday 4 December 2026" in shown


def test_nothing_is_raised_or_answered_tomorrow(reviewing: Cast) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(NotYet):
        raised(reviewing, on=tomorrow, answer_by=None)
    with pytest.raises(NotYet):
        answer_matter(raised(reviewing), "Yes", on=tomorrow, by=reviewing.people["priya"], now=NOW)
