"""People, roles, teams and groups: what a system manager does, and that no child is ever shown to them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import NOW, TODAY, Cast

from homeward.records import access
from homeward.records.models import (
    Allocation,
    ApiToken,
    AuditEntry,
    Authority,
    Cover,
    GroupRole,
    Notice,
    Person,
    Restriction,
    Role,
    Team,
)

PAGES = ("/people", "/people?show=left", "/people/add", "/teams", "/groups", "/cover")


def text(answer) -> str:
    return answer.content.decode()


def role(**more: str) -> dict[str, str]:
    return {
        "key": "social_worker",
        "team": "",
        "workers": "",
        "started_on": "2026-11-25",
        "ended_on": "",
    } | more


def test_a_system_manager_adds_somebody_who_then_signs_in_through_the_directory(
    cast: Cast, signed_in
) -> None:
    lindsay = signed_in("lindsay")
    asked = role(email="Femi.Ade@Northmere.example ", name="Femi Ade", workers="SW7, SW8 SW7")
    answer = lindsay.post("/people/add", asked)
    femi = Person.objects.get(email="femi.ade@northmere.example")
    assert answer["Location"] == f"/people/{femi.pk}"
    assert not femi.has_usable_password()
    assert femi.roles.get().workers == ["SW7", "SW8"]
    assert access.acting(femi).meaning.title == "Social worker"
    assert AuditEntry.objects.filter(action="write").latest("pk").about["person"] == femi.pk
    assert "Femi Ade" in text(lindsay.get("/people"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "femi"}, "Enter an e-mail address, such as name@council.example"),
        ({"email": "priya@northmere.example"}, "Priya Shah is on the list already"),
        ({"name": ""}, "Enter their name"),
        ({"key": ""}, "Choose a role<"),
        ({"key": "young_person"}, "Choose a role from the list"),
        ({"key": "family_finder_raa"}, "Choose a role from the list"),
        ({"key": "team_manager"}, "Choose the team whose children this role sees"),
        ({"team": "999"}, "Choose a team of this council"),
        ({"started_on": "soon"}, "Enter a real day"),
        ({"ended_on": "2026-11-24"}, "The last day must not be before the first"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nobody_is_added(cast: Cast, signed_in, wrong, said) -> None:
    before = Person.objects.count(), Role.objects.count()
    answer = signed_in("lindsay").post(
        "/people/add", role(email="femi@northmere.example", name="Femi Ade") | wrong
    )
    assert answer.status_code == 400
    assert text(answer).count(said) >= 1
    assert (Person.objects.count(), Role.objects.count()) == before


def test_a_role_ends_and_is_given_again(cast: Cast, signed_in) -> None:
    lindsay, priya = signed_in("lindsay"), cast.people["priya"]
    held = priya.roles.get()
    place = f"/people/{priya.pk}/roles/{held.pk}"
    answer = lindsay.post(place, {"team": "", "workers": "SW1", "ended_on": "2026-11-24"})
    assert answer.status_code == 302
    assert access.roles_of(priya) == []
    assert lindsay.post(f"/people/{priya.pk}", role(workers="SW1")).status_code == 302
    assert [one.pk for one in access.roles_of(priya)] == [held.pk]
    again = lindsay.post(f"/people/{priya.pk}", role())
    assert "Priya Shah holds this role already" in text(again)


def test_a_person_moves_to_another_team(cast: Cast, signed_in) -> None:
    team = Team.objects.create(authority=cast.authority, name="Sixteen plus")
    helen = cast.people["helen"]
    place = f"/people/{helen.pk}/roles/{helen.roles.get().pk}"
    signed_in("lindsay").post(place, {"team": str(team.pk), "workers": "", "ended_on": ""})
    assert helen.roles.get().team == team


def test_nobody_changes_their_own_roles(cast: Cast, signed_in) -> None:
    lindsay, me = signed_in("lindsay"), cast.people["lindsay"]
    assert "Nobody changes their own" in text(lindsay.get(f"/people/{me.pk}"))
    assert lindsay.post(f"/people/{me.pk}", role(key="head_of_service")).status_code == 400
    held = me.roles.get()
    assert lindsay.post(f"/people/{me.pk}/roles/{held.pk}", {"ended_on": ""}).status_code == 404
    assert lindsay.post(f"/people/{me.pk}/leaves", {"on": "2026-11-25"}).status_code == 404
    assert [one.key for one in me.roles.all()] == ["system_manager"]


def test_a_leaver_is_out_at_once_with_every_session_and_token(cast: Cast, signed_in) -> None:
    priya = cast.people["priya"]
    hers, others = signed_in("priya"), signed_in("helen")
    assert hers.get("/").status_code == 200
    assert others.get("/").status_code == 200
    token = ApiToken.objects.create(
        person=priya, role=priya.roles.get(), name="t", hash="x", made_at=NOW, expires_at=NOW + timedelta(30)
    )
    allocated = allocation(cast, "priya", date(2026, 9, 1))
    to_come = allocation(cast, "priya", date(2026, 12, 1))
    cover = Cover.objects.create(
        authority=cast.authority,
        covered=cast.people["helen"],
        by=priya,
        started_on=date(2026, 11, 2),
        ended_on=date(2026, 12, 2),
        made_by=cast.people["helen"],
        made_at=NOW,
    )
    answer = signed_in("lindsay").post(f"/people/{priya.pk}/leaves", {"on": "2026-11-25"})
    assert answer.status_code == 302
    assert hers.get("/")["Location"].startswith("/sign-in")
    assert others.get("/").status_code == 200
    for row in (priya, token, allocated, cover):
        row.refresh_from_db()
    yesterday = date(2026, 11, 24)
    assert (priya.left_on, allocated.ended_on, cover.ended_on) == (TODAY, yesterday, yesterday)
    assert priya.roles.get().ended_on == yesterday
    assert not Allocation.objects.filter(pk=to_come.pk).exists()
    assert token.ended_at is not None
    about = AuditEntry.objects.filter(action="write").latest("pk").about
    assert (
        about["person"] == priya.pk and allocated.pk in about["allocations"] and about["covers"] == [cover.pk]
    )


def test_who_leaves_next_week_works_until_then(cast: Cast, signed_in, settings) -> None:
    priya = cast.people["priya"]
    lindsay, hers = signed_in("lindsay"), signed_in("priya")
    lindsay.post(f"/people/{priya.pk}/leaves", {"on": "2026-12-02"})
    assert hers.get("/").status_code == 200
    settings.TODAY = lambda: date(2026, 12, 2)
    priya.refresh_from_db()
    assert access.roles_of(priya) == []
    assert lindsay.get("/people?show=left").content.decode().count("Priya Shah") == 1


def test_who_left_comes_back_with_a_role(cast: Cast, signed_in) -> None:
    lindsay, priya = signed_in("lindsay"), cast.people["priya"]
    lindsay.post(f"/people/{priya.pk}/leaves", {"on": "2026-11-20"})
    assert "to let them come back" in text(lindsay.get(f"/people/{priya.pk}"))
    lindsay.post(f"/people/{priya.pk}", role(workers="SW1"))
    priya.refresh_from_db()
    assert priya.left_on is None
    assert access.roles_of(priya)


def test_leaving_one_council_leaves_the_role_at_another(cast: Cast, signed_in) -> None:
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    priya = cast.people["priya"]
    kept = Role.objects.create(person=priya, authority=other, key="iro")
    signed_in("lindsay").post(f"/people/{priya.pk}/leaves", {"on": "2026-11-25"})
    priya.refresh_from_db()
    assert priya.left_on is None
    assert access.roles_of(priya) == [kept]


def test_a_system_manager_of_one_council_finds_nobody_of_another(cast: Cast, signed_in) -> None:
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    stranger = Person.objects.create(email="noor@easterby.example", name="Noor Aziz")
    held = Role.objects.create(person=stranger, authority=other, key="iro")
    team = Team.objects.create(authority=other, name="Elsewhere")
    group = GroupRole.objects.create(authority=other, group="g", key="iro")
    lindsay = signed_in("lindsay")
    assert "Noor" not in text(lindsay.get("/people"))
    for address in (
        f"/people/{stranger.pk}",
        f"/people/{stranger.pk}/roles/{held.pk}",
        f"/people/{stranger.pk}/leaves",
        f"/teams/{team.pk}",
        f"/people/{cast.people['priya'].pk}/roles/{held.pk}",
    ):
        assert lindsay.get(address).status_code == 404, address
    assert lindsay.post(f"/groups/{group.pk}/drop").status_code == 404
    assert GroupRole.objects.count() == 1


def test_a_system_manager_is_told_how_many_children_and_never_which(cast: Cast, signed_in) -> None:
    lindsay, priya = signed_in("lindsay"), cast.people["priya"]
    leaves = f"/people/{priya.pk}/leaves"
    assert "Priya Shah works with 3 children" in text(lindsay.get(leaves))
    kai = cast.children["Kai"]
    Restriction.objects.create(child=kai, level=Restriction.SEALED, reason="Adopted", made_at=NOW)
    assert "Priya Shah works with 2 children" in text(lindsay.get(leaves))
    for address in (*PAGES, f"/people/{priya.pk}", leaves):
        shown = text(lindsay.get(address))
        assert not any(child in shown for child in cast.children), address


@pytest.mark.parametrize("who", ["priya", "helen", "amina", "marcia"])
def test_others_do_not_manage_people(cast: Cast, signed_in, who: str) -> None:
    client = signed_in(who)
    for address in PAGES[:-1]:
        assert client.get(address).status_code == 404, address
    assert client.post("/people/add", role(email="x@y.example", name="X")).status_code == 404


def test_teams_are_added_and_renamed_and_no_name_is_used_twice(cast: Cast, signed_in) -> None:
    lindsay = signed_in("lindsay")
    lindsay.post("/teams", {"name": " Sixteen  plus "})
    team = Team.objects.get(authority=cast.authority)
    assert team.name == "Sixteen plus"
    assert "There is a team of this name already" in text(lindsay.post("/teams", {"name": "sixteen PLUS"}))
    lindsay.post(f"/teams/{team.pk}", {"name": "Leaving care"})
    assert Team.objects.get().name == "Leaving care"


def test_a_group_of_the_directory_gives_a_role_until_it_is_taken_away(cast: Cast, signed_in) -> None:
    lindsay = signed_in("lindsay")
    asked = {"group": "5f0c3a0e-7d5e-4b0c-9a53-0f6a2d3c1b11", "key": "iro", "team": ""}
    assert lindsay.post("/groups", asked).status_code == 302
    assert "This group gives this role already" in text(lindsay.post("/groups", asked))
    given = GroupRole.objects.get()
    assert (given.authority, given.key) == (cast.authority, "iro")
    assert lindsay.post(f"/groups/{given.pk}/drop").status_code == 302
    assert not GroupRole.objects.exists()


def test_a_role_that_a_group_gives_is_changed_in_the_directory(cast: Cast, signed_in) -> None:
    priya = cast.people["priya"]
    Role.objects.filter(person=priya).update(group="g")
    place = f"/people/{priya.pk}/roles/{priya.roles.get().pk}"
    answer = signed_in("lindsay").post(place, {"team": "", "workers": "", "ended_on": "2026-11-24"})
    assert "comes from a group of the directory" in text(answer)
    assert priya.roles.get().ended_on is None


def allocation(cast: Cast, person: str, started_on: date) -> Allocation:
    return Allocation.objects.create(
        child=cast.children["Ruby"],
        person=cast.people[person],
        basis="allocated",
        started_on=started_on,
        made_by=cast.people["helen"],
        made_at=NOW,
    )


# ---- How a person signs in ----


@pytest.fixture
def just_checked(signed_in, settings):
    """A client in which the person has just said that it is them."""

    def made(key: str):
        client, before = signed_in(key), settings.DEMONSTRATION
        settings.DEMONSTRATION = lambda: True  # its button stands for the second step
        assert client.post("/confirm", {"next": "/"}).status_code == 302
        settings.DEMONSTRATION = before
        return client

    return made


def test_somebody_new_chooses_a_password_with_a_link_that_works_once(cast: Cast, just_checked) -> None:
    lindsay = just_checked("lindsay")
    lindsay.post("/people/add", role(email="femi@northmere.example", name="Femi Ade"))
    femi = Person.objects.get(email="femi@northmere.example")
    assert "choose a password" in text(lindsay.get(f"/people/{femi.pk}"))
    shown = text(lindsay.post(f"/people/{femi.pk}/link"))
    link = re.search(r"<code[^>]*>https?://[^/]+(/sign-in/new-password/[^<]+)</code>", shown)[1]
    assert AuditEntry.objects.latest("pk").about == {"person": femi.pk, "link": True}
    assert Notice.objects.get().role == "information_governance"
    theirs = Client()
    form = theirs.get(link)["Location"]
    words = "three quiet herons walking"
    assert theirs.post(form, {"new_password1": words, "new_password2": words}).status_code == 302
    femi.refresh_from_db()
    assert femi.check_password(words)
    assert "no longer works" in text(Client().get(link, follow=True))
    assert "_auth_user_id" not in theirs.session


def test_a_link_needs_a_second_step_of_a_moment_ago_and_is_never_for_oneself(
    cast: Cast, signed_in, just_checked, settings
) -> None:
    settings.DEMONSTRATION = lambda: True  # which asks, as a live council does
    Person.objects.update(is_demonstration=False)
    priya, lindsay = cast.people["priya"], cast.people["lindsay"]
    assert signed_in("lindsay").post(f"/people/{priya.pk}/link")["Location"].startswith("/confirm")
    client = just_checked("lindsay")
    assert client.post(f"/people/{priya.pk}/link").status_code == 200
    for address in (f"/people/{lindsay.pk}/link", f"/people/{lindsay.pk}/second-step"):
        assert client.post(address).status_code == 404, address
    assert just_checked("marcia").post(f"/people/{priya.pk}/link").status_code == 404


def test_who_signs_in_through_the_directory_gets_no_password_beside_it(
    cast: Cast, just_checked, settings
) -> None:
    Person.objects.filter(pk=cast.people["priya"].pk).update(is_demonstration=False, password="!")
    settings.DIRECTORY = {"name": "Northmere"}
    lindsay, priya = just_checked("lindsay"), cast.people["priya"]
    assert "single sign-on" in text(lindsay.get(f"/people/{priya.pk}"))
    assert lindsay.post(f"/people/{priya.pk}/link").status_code == 404


def test_a_lost_telephone_takes_the_second_step_and_the_sessions_away(
    cast: Cast, signed_in, just_checked
) -> None:
    from allauth.mfa.models import Authenticator

    priya = cast.people["priya"]
    Person.objects.update(is_demonstration=False)
    Authenticator.objects.create(user=priya, type="totp", data={"secret": "x"})
    lindsay, hers = just_checked("lindsay"), signed_in("priya")
    assert "an app or a passkey" in text(lindsay.get(f"/people/{priya.pk}"))
    assert lindsay.post(f"/people/{priya.pk}/second-step").status_code == 302
    assert not Authenticator.objects.exists()
    assert hers.get("/")["Location"].startswith("/sign-in")
    without = text(lindsay.get("/people?show=factor"))
    assert "Priya Shah" in without


def test_another_role_is_taken_up_by_signing_in_anew(cast: Cast, signed_in) -> None:
    hers = signed_in("priya")
    assert hers.get("/").status_code == 200
    signed_in("lindsay").post(f"/people/{cast.people['priya'].pk}", role(key="iro"))
    assert hers.get("/")["Location"].startswith("/sign-in")
