"""The register of decisions: who decided, on what basis, what the child thinks, and who told the child."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from tests.cast import NOW, Cast, share, with_agency

from homeward.records.models import AuditEntry, Decision, Draft, GateAnswer, Person, Role, Team
from homeward.records.operations.decisions import record_decision, tell_child


def page(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/decisions"


def text(answer) -> str:
    return answer.content.decode()


def decided(cast: Cast, what: str = "Maya stays with her aunt", child: str = "Maya", **more) -> Decision:
    values = {
        "kind": "home",
        "decided_on": date(2026, 11, 2),
        "what": what,
        "maker": "Marcia Bennett",
        "maker_role": "head_of_service",
        "basis": "Three good visits",
        "child_view": "She likes the blue room",
    } | more
    return record_decision(cast.children[child], values, by=cast.people["helen"], now=NOW)


def asked(**more: str) -> dict[str, str]:
    return {
        "kind": "family_time",
        "decided_on": "2026-11-20",
        "what": "Family time is every second Saturday",
        "maker": "Helen Ward",
        "maker_role": "team_manager",
        "basis": "The last six visits",
        "alternatives": "Every week",
        "child_view": "“Can we go to the park?”",
        "why_not_followed": "",
        "told_on": "",
        "told_how": "",
    } | more


def test_a_decision_is_recorded_with_who_why_and_what_the_child_thinks(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "No decision has been recorded about Maya." in text(helen.get(page(cast)))
    assert helen.post(f"{page(cast)}/add", asked()).status_code == 302
    made = Decision.current.get()
    assert (made.maker, made.maker_role, made.recorded_by) == (
        "Helen Ward",
        "team_manager",
        cast.people["helen"],
    )
    shown = text(helen.get(page(cast)))
    for said in (
        "Family time is every second Saturday",
        "Helen Ward, Team manager",
        "The last six visits",
        "Every week",
        "“Can we go to the park?”",
        "Not told yet, 5 days on",
    ):
        assert said in shown
    assert AuditEntry.objects.latest("pk").field_sets == ["core", "history", "legal", "voice"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Choose what sort of decision it is"),
        ({"what": ""}, "Enter what was decided"),
        ({"maker": " "}, "Enter who decided"),
        ({"maker_role": ""}, "Choose in which role they decided"),
        ({"basis": ""}, "Enter on what basis it was decided"),
        ({"child_view": ""}, "Enter what the child thinks of it, or why it is not known"),
        ({"decided_on": "2026-11-26"}, "This day is still to come"),
        ({"told_on": "2026-11-19", "told_how": "By phone"}, "This day is before the decision was made"),
        ({"told_on": "2026-11-21"}, "Say how the child was told"),
    ],
)
def test_what_a_decision_lacks_is_said_and_nothing_is_kept(cast: Cast, signed_in, wrong, said) -> None:
    answer = signed_in("helen").post(f"{page(cast)}/add", asked() | wrong)
    assert answer.status_code == 400 and said in text(answer)
    assert not Decision.objects.exists()


def test_a_long_form_is_kept_as_a_draft_and_goes_on_from_home(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    assert priya.post(f"{page(cast)}/add", asked(what="", keep="1"))["Location"] == "/"
    sealed = Draft.objects.get()
    assert b"park" not in bytes(sealed.sealed)
    assert f'href="{page(cast)}/add"' in text(priya.get("/")) and "Maya: a decision" in text(priya.get("/"))
    again = text(priya.get(f"{page(cast)}/add"))
    assert "“Can we go to the park?”" in again and "You began this earlier" in again
    kept = {**asked(basis="Seven visits"), "form_name": "decision:add"}
    assert priya.post(page(cast).removesuffix("/decisions") + "/draft", kept).status_code == 204
    assert priya.post(f"{page(cast)}/add", asked()).status_code == 302
    assert not Draft.objects.exists()


def test_that_the_child_was_told_is_added_later_and_the_first_version_stays(cast: Cast, signed_in) -> None:
    fact = decided(cast)
    priya, told = signed_in("priya"), f"{page(cast)}/{fact.uid}/told"
    for wrong, said in (
        ({"told_on": "2026-11-01", "told_how": "At bedtime"}, "This day is before the decision was made"),
        ({"told_on": "2026-11-10", "told_how": ""}, "Say how the child was told, or why not yet"),
        ({"told_on": "2026-11-26", "told_how": "At bedtime"}, "This day is still to come"),
    ):
        answer = priya.post(told, wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert (
        priya.post(told, {"told_on": "2026-11-10", "told_how": "With her aunt, at bedtime"}).status_code
        == 302
    )
    shown = text(priya.get(page(cast)))
    assert "Told on 10 November 2026" in shown and "With her aunt, at bedtime" in shown
    assert "Corrected 1 time" in shown and "The child was told" in shown
    assert Decision.objects.get(pk=fact.pk).told_on is None  # what was signed is as it was


def test_why_a_child_was_not_told_takes_it_off_the_list_and_is_no_telling(cast: Cast, signed_in) -> None:
    fact = decided(cast, child="Theo", what="Theo is matched")
    amina = signed_in("amina")
    assert "Theo is matched" in text(amina.get("/decisions?told=no"))
    tell_child(fact, None, "He is one year old", by=cast.people["amina"], now=NOW)
    assert "No decision fits this search." in text(amina.get("/decisions?told=no"))
    assert "Not told yet, with a reason" in text(amina.get("/decisions"))


def test_a_decision_is_corrected_with_a_reason_or_taken_back(cast: Cast, signed_in) -> None:
    fact = decided(cast)
    helen, correct = signed_in("helen"), f"{page(cast)}/{fact.uid}"
    assert "Three good visits" in text(helen.get(correct))
    wrong = helen.post(correct, asked(reason=""))
    assert wrong.status_code == 400 and "Say why it is corrected" in text(wrong)
    assert helen.post(correct, asked(reason="The wrong paper was read")).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "The wrong paper was read" in shown and "Maya stays with her aunt" in shown  # the earlier version
    now = Decision.current.get()
    taken = asked(reason="It was about another child", withdraw="1")
    assert helen.post(f"{page(cast)}/{now.uid}", taken).status_code == 302
    assert not Decision.current.exists()
    assert helen.get(f"{page(cast)}/{Decision.objects.latest('pk').uid}").status_code == 404


@pytest.mark.parametrize("second", ["correct", "told"])
def test_of_two_who_change_a_decision_the_second_is_shown_both_versions(
    cast: Cast, signed_in, second: str
) -> None:
    fact = decided(cast)
    told = {"told_on": "2026-11-10", "told_how": "At bedtime"}
    assert signed_in("helen").post(f"{page(cast)}/{fact.uid}/told", told).status_code == 302
    sent = (
        asked(reason="A day was wrong")
        if second == "correct"
        else {"told_on": "2026-11-12", "told_how": "At tea"}
    )
    ending = "/told" if second == "told" else ""
    answer = signed_in("priya").post(f"{page(cast)}/{fact.uid}{ending}", sent)
    shown = text(answer)
    assert answer.status_code == 409
    assert "the child was told on 10 November 2026" in shown and "What you began from" in shown
    assert ("A day was wrong" if second == "correct" else "At tea") in shown
    assert Decision.current.get().told_how == "At bedtime"


def test_what_the_council_promises_of_every_decision_stands_beside_the_form(cast: Cast, signed_in) -> None:
    cast.authority.pack = "slough"
    cast.authority.save()
    shown = text(signed_in("helen").get(f"{page(cast)}/add"))
    assert "What the council promises of every decision" in shown and "family life" in shown


def test_a_decision_has_a_day_on_which_it_is_looked_at_again_and_by_whom(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    for wrong, said in (
        ({"review_on": "2027-02-01"}, "Enter who looks at it again"),
        (
            {"review_on": "2026-11-20", "review_by": "Owen Price"},
            "The day must be after the decision was made",
        ),
    ):
        answer = helen.post(f"{page(cast)}/add", asked() | wrong)
        assert answer.status_code == 400 and said in text(answer)
    set_for = {"decided_on": "2026-10-01", "review_on": "2026-11-22", "review_by": "Owen Price"}
    assert helen.post(f"{page(cast)}/add", asked() | set_for).status_code == 302
    assert "Overdue by 3 days</span> by Owen Price" in text(helen.get(page(cast)))
    for role in ("helen", "amina"):
        listed = text(signed_in(role).get("/decisions?again=due"))
        assert "Family time is every second Saturday" in listed and "to be looked at again by now" in listed
    fact = Decision.current.get()
    again = f"{page(cast)}/{fact.uid}/again"
    looked = {
        "reviewed_on": "2026-11-24",
        "review_says": "",
        "review_on": "2027-02-01",
        "review_by": "Owen Price",
    }
    for wrong, said in (
        ({}, "Say what came of it"),
        ({"review_says": "It stands", "review_by": ""}, "Enter who looks at it next"),
        ({"review_says": "It stands", "review_on": "2026-11-24"}, "The next day must be after this one"),
        (
            {"review_says": "It stands", "reviewed_on": "2026-09-01"},
            "This day is before the decision was made",
        ),
    ):
        answer = helen.post(again, looked | wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert helen.post(again, looked | {"review_says": "It stands: she enjoys it"}).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "It stands: she enjoys it" in shown and "On time, due 1 February 2027" in shown
    assert "No decision fits this search." in text(helen.get("/decisions?again=due"))
    assert "Family time" in text(helen.get("/decisions?again=set"))
    late = signed_in("priya").post(again, looked | {"review_says": "I looked too"})
    assert late.status_code == 409 and "I looked too" in text(late)


# ---- The register ----


def test_the_register_is_searched_by_maker_role_kind_child_and_date(cast: Cast, signed_in) -> None:
    decided(cast)
    decided(
        cast,
        "Theo’s search is widened",
        child="Theo",
        kind="match",
        maker="Amina Yusuf",
        maker_role="permanence_lead",
        decided_on=date(2026, 9, 1),
        told_on=date(2026, 9, 3),
        told_how="With a picture",
    )
    amina = signed_in("amina")
    both = text(amina.get("/decisions"))
    assert both.index("Maya stays") < both.index("Theo’s search is widened")  # the newest first
    for query, found in (
        ("kind=match", "Theo"),
        ("maker_role=head_of_service", "Maya"),
        ("since=2026-10-01", "Maya"),
        ("until=2026-10-01", "Theo"),
        ("told=yes", "Theo"),
        ("told=no", "Maya"),
    ):
        shown = text(amina.get(f"/decisions?{query}"))
        assert f">{found}</a>" in shown and "1 decision" in shown, query
    for named, found in (({"maker": "yusuf"}, "Theo"), ({"child": "may"}, "Maya"), ({"child": "N2"}, "Theo")):
        answer = amina.post("/decisions", {"maker": "", "child": "", "kind": ""} | named)
        assert answer["Location"] == "/decisions?named=1"  # no name in an address
        shown = text(amina.get(answer["Location"]))
        assert f">{found}</a>" in shown and "1 decision" in shown, named
    assert AuditEntry.objects.latest("pk").children == {"oversight": [cast.children["Theo"].pk]}
    wrong = text(amina.get("/decisions?since=soon&kind=nonsense"))
    assert "Enter a real day" in wrong and "2 decisions" in wrong


def test_a_name_that_was_searched_for_is_sealed_in_the_session_and_the_audit(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    amina.post("/decisions", {"maker": "Zebedee Quill"})
    assert "Zebedee" not in repr(dict(amina.session))
    entry = AuditEntry.objects.latest("pk")
    assert "Zebedee" not in repr(entry.about) and "search" in entry.about
    # the child’s search beside it stays what it was
    amina.post("/children", {"q": "Maya"})
    assert 'value="Zebedee Quill"' in text(amina.get("/decisions?named=1"))


def test_no_decision_of_a_child_out_of_reach_and_no_voice_without_the_field_set(
    cast: Cast, signed_in
) -> None:
    decided(cast, "Ruby moves", child="Ruby")
    decided(cast)
    priya = signed_in("priya")
    assert "Ruby moves" not in text(priya.get("/decisions"))
    assert priya.get(page(cast, "Ruby")).status_code == 404
    team = Team.objects.create(authority=cast.authority, name="Care 1")
    rosa = Person.objects.create(email="rosa@northmere.example", name="Rosa Nye")
    Role.objects.create(
        person=rosa, authority=cast.authority, key="administrator", team=team, workers=["SW1"]
    )
    cast.people["rosa"] = rosa
    decided(cast, "An order is sought", kind="legal")
    shown = text(signed_in("rosa").get(page(cast)))
    assert "Maya stays" in shown and "Three good visits" in shown
    assert "She likes the blue room" not in shown and "Not shown to you" in shown
    assert "An order is sought" not in shown + text(signed_in("rosa").get("/decisions"))
    assert "Record a decision" not in shown


def test_the_agency_reads_decisions_only_where_that_part_is_shared(cast: Cast, signed_in) -> None:
    with_agency(cast)
    decided(cast, "Theo’s search is widened", child="Theo", kind="match")
    share(cast)
    teresa = signed_in("teresa")
    assert teresa.get(page(cast, "Theo")).status_code == 404
    assert "Theo’s search" not in text(teresa.get("/decisions"))
    share(cast, "history")
    assert "Theo’s search is widened" in text(teresa.get("/decisions"))


def test_the_register_is_taken_away_as_a_file(cast: Cast, signed_in) -> None:
    decided(cast, "@cmd")
    decided(cast, "Another", kind="other")
    answer = signed_in("amina").get("/decisions/export?kind=home")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2 and rows[1][4] == "'@cmd" and rows[1][9] == "She likes the blue room"
    assert "decisions-northmere-2026-11-25.csv" in answer["Content-Disposition"]
    assert signed_in("priya").get("/decisions/export").status_code == 404


# ---- Rules gone past ----


def gone_past(cast: Cast, child: str, gate: str, answer: str, on: date) -> GateAnswer:
    return GateAnswer.objects.create(
        child=cast.children[child],
        gate=gate,
        answer=answer,
        on=on,
        says="The chair is not the team manager.",
        reason="She is ill",
        by_name="Marcia Bennett",
        by_role="head_of_service",
        source="person",
        recorded_at=NOW,
    )


def test_rules_gone_past_are_listed_newest_first_and_by_rule(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    assert "No rule was gone past" in text(amina.get("/oversight/overrides"))
    gone_past(cast, "Maya", "planning_meeting_chair", GateAnswer.OVERRIDDEN, date(2026, 10, 2))
    gone_past(cast, "Theo", "network_first", GateAnswer.ASKED, date(2026, 11, 2))
    shown = text(amina.get("/oversight/overrides"))
    assert shown.index(">Theo</a>") < shown.index(">Maya</a>")
    assert "Overridden by a senior" in shown and "Gone on with a reason" in shown
    assert "Marcia Bennett" in shown and "Head of service" in shown and "She is ill" in shown
    assert "Planning meeting chair, before: record that a meeting is held" in shown
    one = text(amina.get("/oversight/overrides?gate=network_first"))
    assert ">Theo</a>" in one and ">Maya</a>" not in one
    assert signed_in("priya").get("/oversight/overrides").status_code == 404
