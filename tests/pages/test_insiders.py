"""What a curious insider tries, and what comes of it (SECURITY 1.2: T1, T2, T3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cast import BUNDLE, NOW, TODAY, Cast

from homeward.records import access
from homeward.records.models import (
    Allocation,
    AuditEntry,
    Authority,
    Exclusion,
    GroupRole,
    Knock,
    Notice,
    Person,
    Reveal,
    Role,
    Team,
    Visit,
)
from homeward.records.operations import limits, protect
from homeward.records.operations.covers import make_cover
from homeward.records.operations.directory import take_groups
from homeward.records.operations.refused import Refused

SAME = "k" * 20
HER_FACTS = ("Interim care order", "Special guardianship", "Child N1", "Maya")


def joins(cast: Cast, key: str, role: str, authority: Authority | None = None, **more: Any) -> Person:
    person = Person(email=f"{key}@insiders.example", name=key.title())
    person.set_password("a long enough password")
    person.save()
    Role.objects.create(person=person, authority=authority or cast.authority, key=role, **more)
    cast.people[key] = person
    return person


def without_maya(name: str) -> Any:
    from tests.pages.test_import import file

    return file(name, "".join(line for line in BUNDLE[name].splitlines(True) if not line.startswith("N1")))


@pytest.mark.parametrize("how", ["excluded", "sealed"])
def test_a_try_of_an_import_tells_nothing_of_a_child_out_of_reach(cast, signed_in, how: str) -> None:
    amina, maya = signed_in("amina"), cast.children["Maya"]
    names = ("homes.csv", "legal_statuses.csv", "plans.csv", "social_workers.csv")
    before = amina.post("/import", {"files": [without_maya(name) for name in names]})["Location"]
    assert "Interim care order" in amina.get(before).content.decode()
    if how == "sealed":
        protect.seal(maya, by=cast.people["marcia"], reason="An adoption order", now=NOW)
    else:
        Exclusion.objects.create(
            child=maya,
            person=cast.people["amina"],
            reason="An aunt",
            made_by=cast.people["marcia"],
            made_at=NOW,
        )
    after = amina.post("/import", {"files": [without_maya(name) for name in names]})["Location"]
    for address in (before, after):
        page = amina.get(address).content.decode()
        assert not [word for word in HER_FACTS if word in page], address


def test_nobody_helps_a_person_of_another_council_with_signing_in(cast, signed_in) -> None:
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    boss = joins(cast, "sheila", "head_of_service", other)
    Role.objects.create(person=boss, authority=cast.authority, key="panel_member")
    lindsay = signed_in("lindsay")
    assert lindsay.post(f"/people/{boss.pk}/link").status_code == 404
    assert lindsay.post(f"/people/{boss.pk}/second-step").status_code == 404


def test_nobody_gives_both_the_password_and_the_second_step(cast, signed_in) -> None:
    Person.objects.update(is_demonstration=False)
    lindsay, priya = signed_in("lindsay"), cast.people["priya"]
    assert lindsay.post(f"/people/{priya.pk}/second-step").status_code == 302
    assert lindsay.post(f"/people/{priya.pk}/link").status_code == 404
    joins(cast, "omar", "system_manager")
    assert signed_in("omar").post(f"/people/{priya.pk}/link").status_code == 200


def test_a_group_gives_nothing_to_the_person_who_made_it_give_and_somebody_is_told(cast, signed_in) -> None:
    lindsay = cast.people["lindsay"]
    signed_in("lindsay").post("/groups", {"group": "0000-own", "key": "head_of_service", "team": ""})
    assert GroupRole.objects.get().made_by == lindsay
    assert not take_groups(lindsay, ["0000-own"])
    assert take_groups(cast.people["priya"], ["0000-own"])
    assert Notice.objects.get().kind == "group_given"


def test_guessing_is_slowed_for_a_person_who_is_signed_in_too(cast, signed_in) -> None:
    asked = {"email": "marcia@northmere.example", "password": "not hers at all"}
    stranger = [Client().post("/sign-in", asked).status_code for _ in range(8)]
    Knock.objects.all().delete()
    priya = signed_in("priya")
    assert [priya.post("/sign-in", asked).status_code for _ in range(8)] == stranger
    assert 429 in stranger


@pytest.mark.parametrize("part", ["record?what=visit", "people", "access"])
def test_a_page_shown_again_with_what_was_wrong_counts_as_seen(cast, signed_in, part: str) -> None:
    maya = cast.children["Maya"]
    assert signed_in("marcia").post(f"/child/{maya.public_id}/{part}", {}).status_code == 400
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.children) == ("see", {"oversight": [maya.pk]})


def test_children_opened_by_any_of_their_pages_count_for_the_hour(cast, signed_in, monkeypatch) -> None:
    monkeypatch.setattr(limits, "CHILDREN_AN_HOUR", 1)
    marcia = signed_in("marcia")
    addresses = [f"/child/{child.public_id}/record?what=visit" for child in cast.children.values()]
    assert [marcia.get(address).status_code for address in addresses] == [200, 429, 429, 429]


def test_a_record_that_was_refused_does_not_count_as_opened(cast, signed_in, monkeypatch) -> None:
    monkeypatch.setattr(limits, "CHILDREN_AN_HOUR", 1)
    priya = signed_in("priya")
    asked = [priya.get(f"/child/{cast.children[name].public_id}") for name in ("Ruby", "Maya", "Theo")]
    assert [answer.status_code for answer in asked] == [404, 200, 429]


def test_ten_lists_an_hour_leave_and_no_more(cast, signed_in) -> None:
    marcia = signed_in("marcia")
    assert [marcia.get("/tracker/export").status_code for _ in range(11)] == [200] * 10 + [429]


def test_references_are_not_tried_one_after_another(cast, signed_in) -> None:
    joins(cast, "beryl", "auditor")
    beryl = signed_in("beryl")
    answers = [beryl.post("/oversight/looked", {"reference": f"X{n}"}).status_code for n in range(61)]
    assert answers == [200] * 60 + [429]


def test_nobody_says_of_themselves_that_they_act_for_a_colleague(cast: Cast) -> None:
    omar = joins(cast, "omar", "system_manager")
    with pytest.raises(Refused, match="Somebody else says"):
        make_cover(
            cast.authority,
            covered=cast.people["priya"],
            acts=omar,
            started_on=TODAY,
            ended_on=TODAY,
            reason="",
            by=omar,
        )


def test_a_manager_does_not_follow_a_worker_into_another_team(cast: Cast) -> None:
    first, second = (
        Team.objects.create(authority=cast.authority, name=name) for name in ("Care 1", "Care 2")
    )
    manager = joins(cast, "emma", "team_manager", team=first)
    anna = joins(cast, "anna", "family_finder", team=first, ended_on=TODAY - timedelta(days=400))
    Role.objects.create(person=anna, authority=cast.authority, key="social_worker", team=second)
    Allocation.objects.create(
        child=cast.children["Ruby"],
        person=anna,
        basis="allocated",
        started_on=TODAY,
        made_by=anna,
        made_at=NOW,
    )
    assert cast.children["Ruby"] not in access.children_visible_to(access.acting(manager))


def test_the_returns_children_go_with_the_worker_to_the_other_team(cast: Cast) -> None:
    first, second = (
        Team.objects.create(authority=cast.authority, name=name) for name in ("Care 1", "Care 2")
    )
    before, now = (
        joins(cast, key, "team_manager", team=team) for key, team in (("emma", first), ("ugo", second))
    )
    noor = joins(
        cast, "noor", "family_finder", team=first, workers=["SW2"], ended_on=TODAY - timedelta(days=90)
    )
    Role.objects.create(
        person=noor, authority=cast.authority, key="social_worker", team=second, workers=["SW2"]
    )
    assert not access.children_visible_to(access.acting(before)).exists()
    assert cast.children["Ruby"] in access.children_visible_to(access.acting(now))


def test_a_manager_still_sees_the_returns_children_of_who_left(cast: Cast) -> None:
    team = Team.objects.create(authority=cast.authority, name="Care 1")
    manager = joins(cast, "emma", "team_manager", team=team)
    joins(cast, "noor", "social_worker", team=team, workers=["SW2"], ended_on=TODAY - timedelta(days=90))
    assert cast.children["Ruby"] in access.children_visible_to(access.acting(manager))


def test_who_is_excluded_is_not_told_of_it_by_the_alarm_and_cannot_put_it_away(cast, signed_in) -> None:
    maya = cast.children["Maya"]
    Exclusion.objects.create(
        child=maya, person=cast.people["marcia"], reason="An aunt", made_by=cast.people["amina"], made_at=NOW
    )
    marcia = signed_in("marcia")
    assert marcia.get(f"/child/{maya.public_id}").status_code == 404
    assert "must not see" not in marcia.get("/").content.decode()
    notice = Notice.objects.get(role="head_of_service")
    assert marcia.post(f"/notices/{notice.pk}/seen").status_code == 404
    joins(cast, "rob", "head_of_service")
    assert "must not see" in signed_in("rob").get("/").content.decode()


def test_a_double_click_on_a_confidential_part_is_one_look(cast, signed_in) -> None:
    marcia, maya = signed_in("marcia"), cast.children["Maya"]
    typed = {"field_set": "location", "reason": "To visit her at home", "once": SAME}
    answers = [marcia.post(f"/child/{maya.public_id}/reveal", typed).status_code for _ in range(2)]
    assert answers == [200, 200]
    assert Reveal.objects.count() == 1


def test_the_key_of_one_childs_form_does_nothing_for_another_child(cast, signed_in) -> None:
    marcia = signed_in("marcia")
    typed = {"on": "2026-11-24", "once": SAME}
    answers = [
        marcia.post(f"/child/{cast.children[name].public_id}/record?what=visit", typed).status_code
        for name in ("Maya", "Theo")
    ]
    assert answers == [302, 422]
    assert not Visit.objects.filter(child=cast.children["Theo"], on="2026-11-24").exists()


def test_information_governance_hears_of_a_record_restricted_to_named_people(cast, signed_in) -> None:
    maya = cast.children["Maya"]
    typed = {"level": "2", "people": [cast.people["helen"].pk], "reason": "Her aunt works here"}
    assert signed_in("helen").post(f"/child/{maya.public_id}/access", typed).status_code == 302
    assert Notice.objects.get(kind="restricted").role == "information_governance"
