"""Emergency access: asked for by exact reference, told at once, read only, for an hour, and reviewed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import (
    AuditEntry,
    Authority,
    BreakGlass,
    Child,
    Exclusion,
    Notice,
    Person,
    Restriction,
    Role,
    Team,
)

ASKED = {"category": "missing", "reason": "Missing tonight; the police need the last address"}
TOKENS = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|once)"[^>]*>')


@pytest.fixture
def inga(cast: Cast) -> Person:
    """Information governance: sees no child, reviews emergency access."""
    made = Person.objects.create(email="inga@northmere.example", name="Inga Holm")
    Role.objects.create(person=made, authority=cast.authority, key="information_governance")
    cast.people["inga"] = made
    return made


def ask(client, reference: str, **more):
    return client.post("/emergency", ASKED | {"reference": reference} | more)


def ruby(cast: Cast, part: str = "") -> str:
    return f"/child/{cast.children['Ruby'].public_id}{part}"


def test_an_emergency_opens_one_record_to_be_read_for_an_hour(cast: Cast, signed_in, settings) -> None:
    priya = signed_in("priya")
    assert priya.get(ruby(cast)).status_code == 404
    answer = ask(priya, "N4")
    assert answer.status_code == 302 and answer["Location"] == ruby(cast)
    for part in ("", "/dates", "/timeline", "/history"):
        page = priya.get(ruby(cast, part)).content.decode()
        assert "Opened in an emergency until 11:00.</b> Read only. It is written down" in page
        assert AuditEntry.objects.latest("pk").children == {"break_glass": [cast.children["Ruby"].pk]}
    assert "Ruby" not in priya.get("/tracker").content.decode()
    settings.NOW = lambda: NOW + timedelta(hours=1)
    assert priya.get(ruby(cast)).status_code == 404


def test_nothing_can_be_changed_in_an_emergency(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    ask(priya, "N4")
    page = priya.get(ruby(cast)).content.decode()
    for part in ("/record", "/access", "/shares", "/looked", "/files/add"):
        assert priya.get(ruby(cast, part)).status_code == 404, part
        assert ruby(cast, part) + '"' not in page
    assert priya.post(ruby(cast, "/people"), {}).status_code == 404


def test_every_refusal_says_the_same(cast: Cast, signed_in) -> None:
    theo, kai, maya = (cast.children[name] for name in ("Theo", "Kai", "Maya"))
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    Child.objects.create(authority=other, called="Noor", code="E1")
    lone = Person.objects.create(email="sam@northmere.example", name="Sam Field")
    Role.objects.create(person=lone, authority=cast.authority, key="social_worker")
    cast.people["sam"] = lone
    Exclusion.objects.create(
        child=theo, person=lone, reason="A father", made_by=cast.people["helen"], made_at=NOW
    )
    Restriction.objects.create(child=kai, level=3, reason="Adopted", made_at=NOW)
    sam = signed_in("sam")
    answers = {}
    for reference in ("N2", "N3", "E1", "N99"):
        answer = ask(sam, reference)
        assert answer.status_code == 400
        text = TOKENS.sub("", answer.content.decode()).replace(f'value="{reference}"', "")
        assert "That reference cannot be opened here. Ask the team that holds the record." in text
        answers[text] = reference
    assert len(answers) == 1
    assert not BreakGlass.objects.exists()
    assert Notice.objects.filter(kind="excluded_tried", child=theo).exists()
    refused = AuditEntry.objects.filter(action="refuse", place="emergency").order_by("pk")
    assert [entry.children for entry in refused] == [{"refused": [theo.pk]}, {"refused": [kai.pk]}, {}, {}]
    assert ask(sam, "N1").status_code == 302
    assert sam.get(f"/child/{maya.public_id}").status_code == 200


def test_the_second_factor_is_asked_for_once_more(cast: Cast, signed_in, settings) -> None:
    settings.DEMONSTRATION = lambda: True
    priya = signed_in("priya")
    assert priya.get("/emergency")["Location"] == "/confirm?next=%2Femergency"
    assert ask(priya, "N4")["Location"].startswith("/confirm")
    assert not BreakGlass.objects.exists()
    assert signed_in("amina").get("/emergency").status_code == 404


def test_a_name_or_a_part_of_a_reference_opens_nothing(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    for reference in ("Ruby", "n4", "N", "4", "%"):
        assert ask(priya, reference).status_code == 400


@pytest.mark.parametrize("change", [{"reason": "Urgent"}, {"category": ""}, {"category": "curious"}])
def test_a_sort_and_a_reason_of_twenty_characters_are_asked_for(cast: Cast, signed_in, change) -> None:
    assert ask(signed_in("priya"), "N4", **change).status_code == 400
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("who", ["amina", "lindsay"])
def test_a_role_that_is_not_eligible_finds_no_such_page(cast: Cast, signed_in, who: str) -> None:
    client = signed_in(who)
    assert client.get("/emergency").status_code == 404
    assert ask(client, "N4").status_code == 404
    assert "/emergency" not in client.get("/").content.decode()


def test_a_child_one_sees_anyway_is_simply_opened(cast: Cast, signed_in) -> None:
    answer = ask(signed_in("priya"), "N1")
    assert answer["Location"] == f"/child/{cast.children['Maya'].public_id}"
    assert not BreakGlass.objects.exists() and not Notice.objects.exists()


def test_the_manager_the_head_of_service_and_information_governance_hear_at_once(
    cast: Cast, inga, signed_in
) -> None:
    team = Team.objects.create(authority=cast.authority, name="East")
    worker = Person.objects.create(email="w@northmere.example", name="Wendy Ash")
    Role.objects.create(
        person=worker, authority=cast.authority, key="social_worker", team=team, workers=["SW2"]
    )
    Role.objects.filter(person=cast.people["helen"]).update(team=team, workers=[])
    far = Person.objects.create(email="far@northmere.example", name="Farah Lee")
    Role.objects.create(person=far, authority=cast.authority, key="team_manager")
    ask(signed_in("priya"), "N4")
    told = {(notice.role, notice.person) for notice in Notice.objects.filter(kind="break_glass")}
    assert told == {
        ("", cast.people["helen"]),
        ("head_of_service", None),
        ("information_governance", None),
    }
    made = BreakGlass.objects.get()
    assert made.review_due_on.isoformat() == "2026-11-27"
    for who in ("marcia", "inga"):
        home = signed_in(who).get("/").content.decode()
        assert "opened a record in an emergency" in home
        assert f"/oversight/emergency#access-{made.pk}" in home
        assert "Ruby" not in home.split("<h2 id=")[1].split("</section>")[0]
    assert "opened a record in an emergency" in signed_in("helen").get("/").content.decode()


def test_opening_it_again_within_the_hour_is_the_same_access(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    ask(priya, "N4")
    ask(priya, "N4")
    assert BreakGlass.objects.count() == 1


def opened_before(cast: Cast, days: int = 5, who: str = "priya") -> BreakGlass:
    at = NOW - timedelta(days=days)
    return BreakGlass.objects.create(
        person=cast.people[who],
        child=cast.children["Ruby"],
        role="social_worker",
        category="duty",
        reason="Called out at night by the police",
        opened_at=at,
        until=at + timedelta(hours=1),
        review_due_on=TODAY - timedelta(days=days - 2),
    )


def test_with_more_than_three_unreviewed_no_other_record_opens(cast: Cast, signed_in) -> None:
    for _ in range(3):
        opened_before(cast)
    priya = signed_in("priya")
    assert "have not been reviewed yet" not in priya.get("/emergency").content.decode()
    opened_before(cast)
    assert (
        "4 of your emergency accesses have not been reviewed yet" in priya.get("/emergency").content.decode()
    )
    answer = ask(priya, "N4")
    assert answer.status_code == 400 and "cannot be opened here" in answer.content.decode()


def test_nobody_tries_references_until_one_opens(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    for number in range(10):
        assert ask(priya, f"N{number + 50}").status_code == 400
    answer = ask(priya, "N4")
    assert answer.status_code == 429 and "ten references" in answer.content.decode()
    assert not BreakGlass.objects.exists()


def test_a_review_is_by_another_person_says_why_and_happens_once(cast: Cast, signed_in) -> None:
    made = opened_before(cast)
    marcia, at = signed_in("marcia"), f"/oversight/emergency/{made.pk}"
    listed = marcia.get("/oversight/emergency").content.decode()
    assert "Ruby" in listed and "Called out at night by the police" in listed and "Overdue" in listed
    assert marcia.post(at, {"outcome": "justified", "note": ""}).status_code == 400
    assert marcia.post(at, {"outcome": "justified", "note": "The police asked"}).status_code == 302
    made.refresh_from_db()
    assert (made.outcome, made.reviewed_by) == ("justified", cast.people["marcia"])
    answer = marcia.post(at, {"outcome": "refer", "note": "Second thoughts"})
    assert answer.status_code == 400 and "Nothing was overwritten" in answer.content.decode()
    listed = marcia.get("/oversight/emergency").content.decode()
    assert "Nothing waits for a review" in listed and "The police asked" in listed
    assert AuditEntry.objects.filter(place="emergency_reviews").latest("pk").children == {
        "review": [cast.children["Ruby"].pk]
    }


def test_nobody_reviews_their_own(cast: Cast, signed_in) -> None:
    made = opened_before(cast, who="marcia")
    marcia = signed_in("marcia")
    assert "Another person reviews it" in marcia.get("/oversight/emergency").content.decode()
    answer = marcia.post(f"/oversight/emergency/{made.pk}", {"outcome": "justified", "note": "Fine"})
    assert answer.status_code == 400
    made.refresh_from_db()
    assert made.reviewed_at is None


def test_a_reviewer_who_sees_no_child_sees_the_reference_and_no_name(cast: Cast, inga, signed_in) -> None:
    made = opened_before(cast)
    client = signed_in("inga")
    for address in ("/oversight/emergency", f"/oversight/emergency/{made.pk}"):
        page = client.get(address).content.decode()
        assert "Reference N4" in page and "Ruby" not in page
        assert cast.children["Ruby"].public_id not in page
    Restriction.objects.create(child=cast.children["Ruby"], level=3, reason="Adopted", made_at=NOW)
    page = client.get("/oversight/emergency").content.decode()
    assert "A sealed record" in page and "N4" not in page


def test_an_excluded_reviewer_is_not_told_of_the_child(cast: Cast, signed_in) -> None:
    made = opened_before(cast)
    Exclusion.objects.create(
        child=made.child,
        person=cast.people["marcia"],
        reason="An aunt",
        made_by=cast.people["helen"],
        made_at=NOW,
    )
    marcia = signed_in("marcia")
    assert "Called out" not in marcia.get("/oversight/emergency").content.decode()
    assert marcia.get(f"/oversight/emergency/{made.pk}").status_code == 404


def test_an_access_in_another_council_is_reviewed_there_and_nowhere_else(cast: Cast, signed_in) -> None:
    ask(signed_in("priya"), "N4")
    opened = BreakGlass.objects.get().pk
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    nadia = Person.objects.create(email="nadia@easterby.example", name="Nadia Khan")
    Role.objects.create(person=nadia, authority=other, key="head_of_service")
    cast.people["nadia"] = nadia
    assert "Priya Shah" in signed_in("marcia").get("/oversight/emergency").content.decode()
    head, words = signed_in("nadia"), "A colleague opened a record in an emergency"
    assert words in signed_in("marcia").get("/").content.decode()
    assert words not in head.get("/").content.decode()
    notice = Notice.objects.filter(role="head_of_service").latest("pk")
    assert head.post(f"/notices/{notice.pk}/seen").status_code == 404
    assert "Priya Shah" not in head.get("/oversight/emergency").content.decode()
    assert head.get(f"/oversight/emergency/{opened}").status_code == 404
    assert head.post(f"/oversight/emergency/{opened}", {"outcome": "justified"}).status_code == 404


def test_overdue_reviews_stand_on_oversight_and_on_the_head_of_services_home(cast: Cast, signed_in) -> None:
    opened_before(cast)
    marcia = signed_in("marcia")
    assert "1 review of emergency access is overdue" in marcia.get("/").content.decode()
    assert "<b>1 overdue</b>" in marcia.get("/data-quality").content.decode()
    assert "overdue. <a" not in signed_in("priya").get("/").content.decode()


@pytest.mark.parametrize("who", ["priya", "helen", "amina", "lindsay"])
def test_who_does_not_review_finds_no_such_page(cast: Cast, signed_in, who: str) -> None:
    made = opened_before(cast, who="marcia")
    client = signed_in(who)
    assert client.get("/oversight/emergency").status_code == 404
    assert client.post(f"/oversight/emergency/{made.pk}", {"outcome": "justified"}).status_code == 404
