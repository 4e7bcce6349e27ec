"""How closely a record is kept, and who must never see it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, Cast

from homeward.records.models import AuditEntry, Exclusion, Restriction, Role, Team
from homeward.records.operations import restrict
from homeward.records.operations.refused import Refused

EVERYWHERE = ("/", "/tracker", "/children", "/tracker/export", "/data-quality")


def at(cast: Cast, part: str = "", child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}{part}"


def keep(client, cast: Cast, level: int, *names: str, reason: str = "Her aunt works here", **more):
    people = [cast.people[name].pk for name in names]
    return client.post(at(cast, "/access"), {"level": level, "people": people, "reason": reason} | more)


def keep_from(client, cast: Cast, who: str, reason: str = "The father of the child"):
    return client.post(at(cast, "/access/exclude"), {"person": cast.people[who].pk, "reason": reason})


def test_the_page_says_in_words_how_closely_a_record_is_kept(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    page = marcia.get(at(cast, "/access")).content.decode()
    assert "Normal: whoever reaches the child through their work" in page
    assert "Nobody is excluded from this record" in page
    assert keep(marcia, cast, Restriction.RESTRICTED, "priya", "marcia").status_code == 302
    page = marcia.get(at(cast, "/access")).content.decode()
    assert "Restricted: only the named people. Named: <b>Marcia Bennett, Priya Shah</b>" in page.replace(
        "Priya Shah, Marcia Bennett", "Marcia Bennett, Priya Shah"
    )
    assert "Her aunt works here" in page


def test_a_restricted_record_is_gone_for_everybody_else(cast: Cast, signed_in) -> None:
    keep(signed_in("marcia"), cast, Restriction.RESTRICTED, "priya", "marcia")
    assert signed_in("priya").get(at(cast)).status_code == 200
    for who in ("helen", "amina"):
        client = signed_in(who)
        assert client.get(at(cast)).status_code == 404
        for address in EVERYWHERE:
            assert "Maya" not in client.get(address, follow=True).content.decode(), address


def test_who_restricts_without_naming_themselves_sees_it_no_more_and_is_taken_home(cast: Cast, signed_in):
    marcia = signed_in("marcia")
    answer = keep(marcia, cast, Restriction.RESTRICTED, "priya")
    assert answer["Location"] == "/"
    assert marcia.get(at(cast, "/access")).status_code == 404


@pytest.mark.parametrize("names", [(), ("lindsay",)])
def test_nobody_can_lock_everyone_out(cast: Cast, signed_in, names: tuple[str, ...]) -> None:
    answer = keep(signed_in("marcia"), cast, Restriction.RESTRICTED, *names)
    assert answer.status_code == 400
    assert "Name at least one person whose work reaches this child" in answer.content.decode()
    assert not Restriction.objects.exists()


def test_a_record_is_not_kept_for_somebody_who_must_not_see_it(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    assert keep_from(marcia, cast, "priya").status_code == 302
    answer = keep(marcia, cast, 2, "priya")
    assert answer.status_code == 400 and "nobody could see the record" in answer.content.decode()
    assert keep(marcia, cast, 2, "priya", "helen").status_code == 302


def test_a_reason_is_asked_for_and_a_seal_is_not_set_here(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    answer = keep(marcia, cast, Restriction.SENSITIVE, "priya", reason=" ")
    assert answer.status_code == 400 and "Say why the record is kept" in answer.content.decode()
    assert keep(marcia, cast, Restriction.SEALED, "priya").status_code == 400
    assert not Restriction.objects.exists()


def test_a_sensitive_record_is_for_a_named_team(cast: Cast, signed_in) -> None:
    team = Team.objects.create(authority=cast.authority, name="East")
    Role.objects.filter(person=cast.people["helen"]).update(team=team)
    assert keep(signed_in("marcia"), cast, Restriction.SENSITIVE, teams=[team.pk]).status_code == 302
    assert signed_in("helen").get(at(cast)).status_code == 200
    assert signed_in("marcia").get(at(cast)).status_code == 404


def test_a_record_goes_back_to_normal_and_what_held_stays_readable(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    keep(marcia, cast, Restriction.RESTRICTED, "marcia")
    assert keep(marcia, cast, 0, reason="").status_code == 302
    assert signed_in("helen").get(at(cast)).status_code == 200
    held = Restriction.objects.get()
    assert (held.ended_by, held.ended_at) == (cast.people["marcia"], NOW)
    assert AuditEntry.objects.filter(place="child_access", action="write").count() == 2


def test_an_excluded_person_finds_nothing_anywhere_whatever_the_role(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    for who in ("priya", "helen", "amina"):
        assert keep_from(marcia, cast, who).status_code == 302
        client = signed_in(who)
        for part in ("", "/dates", "/timeline", "/history", "/access", "/shares", "/looked", "/record"):
            refused = client.get(at(cast, part))
            assert refused.status_code == 404
            assert refused.content == client.get(f"/child/nobodyhere12{part}").content
        for address in EVERYWHERE:
            assert "Maya" not in client.get(address, follow=True).content.decode(), (who, address)
    page = marcia.get(at(cast, "/access")).content.decode()
    assert "Priya Shah" in page and "The father of the child" in page


def test_somebody_who_does_not_work_with_the_child_can_be_excluded(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    assert "Lindsay Cope" in marcia.get(at(cast, "/access")).content.decode()
    assert keep_from(marcia, cast, "lindsay").status_code == 302


def test_nobody_excludes_themselves_or_the_last_one_named(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    answer = keep_from(marcia, cast, "marcia")
    assert answer.status_code == 400 and "You cannot exclude yourself" in answer.content.decode()
    helen = signed_in("helen")
    keep(helen, cast, Restriction.RESTRICTED, "helen", "priya")
    assert keep_from(helen, cast, "priya").status_code == 302
    restrict.restrict(
        cast.children["Maya"],
        Restriction.RESTRICTED,
        reason="Police",
        people=[cast.people["marcia"]],
        by=cast.people["helen"],
    )
    with pytest.raises(Refused, match="only one named"):
        restrict.exclude(
            cast.children["Maya"], cast.people["marcia"], reason="An aunt", by=cast.people["helen"]
        )


def test_two_people_lift_an_exclusion(cast: Cast, signed_in) -> None:
    marcia, amina = signed_in("marcia"), signed_in("amina")
    keep_from(marcia, cast, "priya")
    held = Exclusion.objects.get()
    lift = at(cast, f"/access/{held.pk}")
    assert marcia.post(lift, {"reason": ""}).status_code == 400
    assert marcia.post(lift, {"reason": "It was another Shah"}).status_code == 302
    assert "You asked for it to be lifted" in marcia.get(lift).content.decode()
    assert marcia.post(lift, {}).status_code == 400
    assert signed_in("priya").get(at(cast)).status_code == 404
    assert "It was another Shah" in amina.get(lift).content.decode()
    assert amina.post(lift, {}).status_code == 302
    assert signed_in("priya").get(at(cast)).status_code == 200
    held.refresh_from_db()
    assert (held.lift_asked_by, held.lifted_by) == (cast.people["marcia"], cast.people["amina"])
    assert amina.get(lift).status_code == 404


def test_the_database_refuses_one_person_lifting_alone(cast: Cast, signed_in) -> None:
    keep_from(signed_in("marcia"), cast, "priya")
    marcia = cast.people["marcia"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.update(lift_asked_by=marcia, lifted_by=marcia, lifted_at=NOW)


def test_an_exclusion_of_another_child_is_not_lifted_from_here(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    keep_from(marcia, cast, "priya")
    elsewhere = at(cast, f"/access/{Exclusion.objects.get().pk}", "Theo")
    assert marcia.get(elsewhere).status_code == 404
    assert marcia.post(elsewhere, {"reason": "It was another Shah"}).status_code == 404
    assert Exclusion.objects.get().lift_asked_by is None


@pytest.mark.parametrize("who", ["priya", "lindsay"])
def test_who_may_not_protect_finds_none_of_these_pages(cast: Cast, signed_in, who: str) -> None:
    client = signed_in(who)
    for part in ("/access", "/shares"):
        assert client.get(at(cast, part)).status_code == 404
        assert client.post(at(cast, part), {}).status_code == 404
    if who == "priya":
        assert "/access" not in client.get(at(cast)).content.decode()
    assert keep_from(client, cast, "marcia").status_code == 404
    assert not Exclusion.objects.exists()
