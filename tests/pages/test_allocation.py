"""Who works with a child: allocation, hand-over, panel windows, acting for a colleague; nobody forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.records import access
from homeward.records.models import (
    Allocation,
    AuditEntry,
    Child,
    Cover,
    Exclusion,
    Person,
    Role,
    SocialWorkerSpell,
    Team,
)


@pytest.fixture
def sam(cast: Cast) -> Person:
    return joins(cast, "Sam Cole", "social_worker")


def joins(cast: Cast, name: str, key: str, **more) -> Person:
    first = name.split()[0].lower()
    person = Person.objects.create(email=f"{first}@northmere.example", name=name)
    Role.objects.create(person=person, authority=cast.authority, key=key, **more)
    cast.people[first] = person
    return person


def people_page(cast: Cast, child: str) -> str:
    return f"/child/{cast.children[child].public_id}/people"


def asked(person: Person, **more: str) -> dict[str, str]:
    role = str(person.roles.get().pk)
    return {"role": role, "started_on": "2026-11-25", "ended_on": "", "reason": ""} | more


def sees(cast: Cast, person: Person, child: str) -> bool:
    return access.children_visible_to(access.acting(person)).filter(pk=cast.children[child].pk).exists()


def text(answer) -> str:
    return answer.content.decode()


def test_a_manager_lets_a_worker_work_with_a_child_and_it_is_written_down(cast: Cast, signed_in, sam) -> None:
    helen, page = signed_in("helen"), people_page(cast, "Ruby")
    assert not sees(cast, sam, "Ruby")
    answer = helen.post(page, asked(sam, reason="Knows her brother"))
    assert answer["Location"] == page
    assert sees(cast, sam, "Ruby")
    made = Allocation.objects.get()
    assert (made.basis, made.made_by) == ("allocated", cast.people["helen"])
    written = AuditEntry.objects.filter(action="write").latest("pk")
    assert written.children == {"team": [cast.children["Ruby"].pk]}
    assert written.about == {"allocation": made.pk, "person": sam.pk}
    shown = text(helen.get(page))
    assert "Sam Cole" in shown and "Knows her brother" in shown
    assert "SW2" in shown or "Helen Ward" in shown  # who the return names stays on the page
    assert "<dt>Social worker</dt><dd>Sam Cole</dd>" in text(helen.get(page.removesuffix("/people")))


def test_the_end_says_until_when_the_record_may_still_be_read(cast: Cast, signed_in, sam) -> None:
    helen, page = signed_in("helen"), people_page(cast, "Ruby")
    helen.post(page, asked(sam, started_on="2026-11-02"))
    made = Allocation.objects.get()
    assert helen.post(f"{page}/{made.pk}/end", {"ended_on": "2026-11-20"}).status_code == 302
    shown = text(helen.get(page))
    assert "Handing over" in shown
    assert "reads the record until 4 December 2026" in shown
    assert sees(cast, sam, "Ruby")
    assert helen.get(f"{page}/{made.pk}/end").status_code == 404  # it has ended


def test_a_panel_member_needs_a_last_day_and_sees_the_child_until_then(
    cast: Cast, signed_in, settings
) -> None:
    femi = joins(cast, "Femi Ade", "panel_member")
    helen, page = signed_in("helen"), people_page(cast, "Theo")
    assert "access for a panel or a life story ends with it" in text(helen.post(page, asked(femi)))
    assert helen.post(page, asked(femi, ended_on="2026-12-03")).status_code == 302
    assert Allocation.objects.get().basis == "panel"
    assert "Sees the record until 3 December 2026." in text(helen.get(page))
    settings.TODAY = lambda: date(2026, 12, 3)
    assert sees(cast, femi, "Theo")
    settings.TODAY = lambda: date(2026, 12, 4)
    assert not sees(cast, femi, "Theo")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"role": ""}, "Choose a person"),
        ({"role": "99999"}, "Choose a person from the list"),
        ({"started_on": ""}, "Enter the first day"),
        ({"ended_on": "2026-11-01"}, "The last day must not be before the first"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_allocated(cast: Cast, signed_in, sam, wrong, said) -> None:
    answer = signed_in("helen").post(people_page(cast, "Ruby"), asked(sam) | wrong)
    assert answer.status_code == 400
    assert said in text(answer)
    assert not Allocation.objects.exists()


def test_nobody_is_allocated_twice_or_against_an_exclusion(cast: Cast, signed_in, sam) -> None:
    helen, page = signed_in("helen"), people_page(cast, "Ruby")
    helen.post(page, asked(sam))
    assert "Sam Cole works with this child from 25 November 2026 already" in text(
        helen.post(page, asked(sam))
    )
    Exclusion.objects.create(
        child=cast.children["Theo"], person=sam, reason="His uncle", made_by=cast.people["helen"], made_at=NOW
    )
    answer = helen.post(people_page(cast, "Theo"), asked(sam))
    assert "Sam Cole must not see this record" in text(answer)
    assert Allocation.objects.count() == 1


def test_the_system_manager_or_somebody_who_left_cannot_be_chosen(cast: Cast, signed_in, sam) -> None:
    Person.objects.filter(pk=sam.pk).update(left_on=TODAY)
    helen, page = signed_in("helen"), people_page(cast, "Ruby")
    assert "Sam Cole" not in text(helen.get(page))
    for person in (sam, cast.people["lindsay"]):
        assert helen.post(page, asked(person)).status_code == 400
    assert not Allocation.objects.exists()


def test_a_social_worker_reads_who_works_with_her_child_and_changes_nothing(
    cast: Cast, signed_in, sam
) -> None:
    priya, page = signed_in("priya"), people_page(cast, "Maya")
    shown = text(priya.get(page))
    assert "Priya Shah" in shown and "Allocate</button>" not in shown
    assert priya.post(page, asked(sam)).status_code == 404
    assert priya.get(people_page(cast, "Ruby")).status_code == 404
    assert not Allocation.objects.exists()


def test_a_social_worker_ends_nobodys_work_with_her_child(cast: Cast, signed_in, sam) -> None:
    manager, maya = signed_in("helen"), cast.children["Maya"]
    manager.post(people_page(cast, "Maya"), asked(sam))
    end = f"{people_page(cast, 'Maya')}/{Allocation.objects.get(child=maya).pk}/end"
    assert signed_in("priya").get(end).status_code == 404
    assert signed_in("priya").post(end, {"ended_on": "2026-11-25"}).status_code == 404
    assert manager.get(end).status_code == 200 and Allocation.objects.get().ended_on is None


def test_an_allocation_of_another_child_is_not_ended_through_this_one(cast: Cast, signed_in, sam) -> None:
    helen = signed_in("helen")
    helen.post(people_page(cast, "Ruby"), asked(sam))
    made = Allocation.objects.get()
    answer = helen.post(f"{people_page(cast, 'Maya')}/{made.pk}/end", {"ended_on": "2026-11-25"})
    assert answer.status_code == 404
    made.refresh_from_db()
    assert made.ended_on is None


# ---- Nobody forgotten ----


def test_the_children_of_a_leaver_are_counted_on_home_and_given_to_another(
    cast: Cast, signed_in, sam
) -> None:
    helen = signed_in("helen")
    assert "no allocated worker" not in text(helen.get("/"))
    signed_in("lindsay").post(f"/people/{cast.people['priya'].pk}/leaves", {"on": "2026-11-25"})
    assert "3 children have no allocated worker" in text(helen.get("/"))
    page = text(helen.get("/without-worker"))
    assert page.count("was with Priya Shah") == 3
    assert AuditEntry.objects.latest("pk").children == {"team": sorted(pks(cast, "Maya", "Theo", "Kai"))}
    chosen = [cast.children[name].public_id for name in ("Maya", "Theo")]
    answer = helen.post(
        "/without-worker", {"children": chosen, "role": str(sam.roles.get().pk), "reason": "Priya left"}
    )
    assert answer.status_code == 302
    assert {one.child.called for one in Allocation.objects.all()} == {"Maya", "Theo"}
    assert sees(cast, sam, "Maya") and not sees(cast, sam, "Kai")
    assert "1 child has no allocated worker" in text(helen.get("/"))


def test_of_several_workers_who_left_the_last_is_named(cast: Cast, signed_in, sam) -> None:
    ruby, alex = cast.children["Ruby"], joins(cast, "Alex Reed", "social_worker")
    SocialWorkerSpell.current.filter(child=ruby).update(superseded_at=NOW)  # no return names anybody
    made = {"basis": "allocated", "made_by": cast.people["helen"], "made_at": NOW}
    Allocation.objects.create(child=ruby, person=sam, started_on=date(2026, 1, 5), **made)
    Allocation.objects.create(child=ruby, person=alex, started_on=date(2026, 6, 1), **made)
    Person.objects.filter(pk__in=[sam.pk, alex.pk]).update(left_on=date(2026, 9, 30))
    page = text(signed_in("marcia").get("/without-worker"))
    assert "was with Alex Reed" in page and "Sam Cole" not in page


def test_a_child_out_of_reach_is_not_reassigned(cast: Cast, signed_in, sam) -> None:
    Role.objects.filter(person=cast.people["helen"]).update(workers=["SW2"])
    signed_in("lindsay").post(f"/people/{cast.people['priya'].pk}/leaves", {"on": "2026-11-25"})
    helen = signed_in("helen")
    assert "Every child in our care has a worker" in text(helen.get("/without-worker"))
    form = {"children": [cast.children["Maya"].public_id], "role": str(sam.roles.get().pk), "reason": ""}
    assert helen.post("/without-worker", form).status_code == 400
    assert not Allocation.objects.exists()


def test_one_refusal_leaves_all_of_them_as_they_were(cast: Cast, signed_in, sam) -> None:
    signed_in("lindsay").post(f"/people/{cast.people['priya'].pk}/leaves", {"on": "2026-11-25"})
    Exclusion.objects.create(
        child=cast.children["Theo"], person=sam, reason="His uncle", made_by=cast.people["helen"], made_at=NOW
    )
    chosen = [cast.children[name].public_id for name in ("Maya", "Theo", "Kai")]
    form = {"children": chosen, "role": str(sam.roles.get().pk), "reason": ""}
    assert signed_in("helen").post("/without-worker", form).status_code == 400
    assert not Allocation.objects.exists()


@pytest.mark.parametrize("who", ["priya", "lindsay"])
def test_who_may_not_allocate_finds_no_such_list(cast: Cast, signed_in, who: str) -> None:
    assert signed_in(who).get("/without-worker").status_code == 404
    assert "no allocated worker" not in text(signed_in(who).get("/"))


# ---- Acting for a colleague ----


def cover(covered: Person, acts: Person, **more: str) -> dict[str, str]:
    days = {"started_on": "2026-11-25", "ended_on": "2026-12-04", "reason": "Leave"}
    return {"covered": str(covered.pk), "acts": str(acts.pk)} | days | more


def test_a_social_worker_lets_a_colleague_act_for_her_until_a_day(
    cast: Cast, signed_in, sam, settings
) -> None:
    priya = signed_in("priya")
    assert priya.post("/cover", cover(cast.people["priya"], sam)).status_code == 302
    assert sees(cast, sam, "Maya") and not sees(cast, sam, "Ruby")
    assert "Sam Cole" in text(priya.get("/cover"))
    settings.TODAY = lambda: date(2026, 12, 5)
    assert not sees(cast, sam, "Maya")
    assert "Sam Cole, Social worker" in text(priya.get("/cover"))  # only in the list to choose from
    assert "Nobody acts for you" in text(priya.get("/cover"))


def test_nobody_lets_themselves_act_for_a_colleague(cast: Cast, signed_in, sam) -> None:
    client = signed_in("sam")
    for acts in (sam, cast.people["helen"]):  # nor a third person
        assert client.post("/cover", cover(cast.people["priya"], acts)).status_code == 400
    assert not Cover.objects.exists()


def test_a_team_manager_covers_their_own_team_and_no_other(cast: Cast, signed_in, sam) -> None:
    team = Team.objects.create(authority=cast.authority, name="Children in our care")
    Role.objects.filter(person__in=[cast.people["helen"], sam]).update(team=team)
    helen = signed_in("helen")
    assert helen.post("/cover", cover(cast.people["priya"], cast.people["helen"])).status_code == 400
    assert helen.post("/cover", cover(sam, cast.people["helen"])).status_code == 302
    assert Cover.objects.get().covered == sam
    signed_in("lindsay").post("/cover", cover(cast.people["priya"], cast.people["helen"]))
    other = Cover.objects.get(covered=cast.people["priya"])
    assert f"/cover/{other.pk}/end" not in text(helen.get("/cover"))
    assert helen.post(f"/cover/{other.pk}/end").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ended_on": ""}, "acting for a colleague always ends"),
        ({"ended_on": "2026-11-24"}, "The last day must not be before the first"),
        ({"started_on": "2026-11-01", "ended_on": "2026-11-24"}, "Enter a last day that is still to come"),
    ],
)
def test_a_cover_that_makes_no_sense_is_refused(cast: Cast, signed_in, sam, wrong, said) -> None:
    answer = signed_in("lindsay").post("/cover", cover(cast.people["priya"], sam, **wrong))
    assert answer.status_code == 400
    assert said in text(answer)
    same = cover(cast.people["priya"], cast.people["priya"])
    assert "nobody acts for themselves" in text(signed_in("lindsay").post("/cover", same))
    assert not Cover.objects.exists()


def test_a_cover_ends_tonight_or_is_taken_back(cast: Cast, signed_in, sam) -> None:
    lindsay = signed_in("lindsay")
    lindsay.post("/cover", cover(cast.people["priya"], sam))
    lindsay.post("/cover", cover(cast.people["priya"], sam, started_on="2026-12-10", ended_on="2026-12-11"))
    now, ahead = Cover.objects.order_by("started_on")
    assert signed_in("helen").post(f"/cover/{now.pk}/end").status_code == 404  # neither hers nor of her team
    for one in (now, ahead):
        assert lindsay.post(f"/cover/{one.pk}/end").status_code == 302
    assert [one.ended_on for one in Cover.objects.all()] == [TODAY]
    written = AuditEntry.objects.filter(action="write").latest("pk")
    assert written.about["people"] == [cast.people["priya"].pk, sam.pk]


def pks(cast: Cast, *names: str) -> list[int]:
    return [Child.objects.get(pk=cast.children[name].pk).pk for name in names]
