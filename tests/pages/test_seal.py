"""Sealing a record: two people of few roles, each with the second factor just given; then nobody sees it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, Cast, keep_from

from homeward.records.models import AuditEntry, Notice, Person, Restriction, Role, Sealing
from homeward.records.operations import sealing
from homeward.records.operations.refused import Refused

SAID = {"reference": "N2", "reason": "The adoption order was made on Monday"}


def at(cast: Cast) -> str:
    return f"/child/{cast.children['Theo'].public_id}/seal"


@pytest.fixture
def rob(cast: Cast) -> Person:
    """The director: the second person who may seal."""
    person = Person.objects.create(email="rob@northmere.example", name="Rob Adeyemi")
    Role.objects.create(person=person, authority=cast.authority, key="director")
    cast.people["rob"] = person
    return person


def asked(cast: Cast, signed_in) -> Sealing:
    assert signed_in("marcia").post(at(cast), SAID)["Location"] == at(cast)
    return Sealing.objects.get(ended_at=None)


def agreeing(sealing: Sealing) -> dict[str, str]:
    return {"agree": str(sealing.pk), "reference": "N2"}


def test_one_person_asks_another_agrees_and_then_the_record_is_closed_to_everyone(
    cast, signed_in, rob
) -> None:
    sealing = asked(cast, signed_in)
    assert AuditEntry.objects.latest("pk").about == {"sealing": sealing.pk, "asked": True}
    assert not Restriction.objects.exists()
    assert "Theo" in signed_in("marcia").get("/tracker").content.decode()
    page = signed_in("rob").get(at(cast)).content.decode()
    assert "Marcia" in page and SAID["reason"] in page and "I agree: seal it" in page
    assert signed_in("rob").post(at(cast), agreeing(sealing))["Location"] == "/"
    sealed = Restriction.objects.get()
    assert (sealed.level, sealed.made_by, sealed.reason) == (Restriction.SEALED, rob, SAID["reason"])
    about = AuditEntry.objects.latest("pk").about
    assert (about["level"], about["sealing"]) == (Restriction.SEALED, sealing.pk)
    for who in ("marcia", "rob", "amina", "priya", "helen"):
        client = signed_in(who)
        assert client.get(f"/child/{cast.children['Theo'].public_id}").status_code == 404
        assert "Theo" not in client.get("/tracker").content.decode()


def test_who_asked_cannot_agree_and_sees_that_another_person_has_to(cast, signed_in) -> None:
    sealing, marcia = asked(cast, signed_in), signed_in("marcia")
    page = marcia.get(at(cast)).content.decode()
    assert "Nothing is sealed until another person" in page and "I agree" not in page
    answer = marcia.post(at(cast), agreeing(sealing))
    assert answer.status_code == 400 and "You asked for it yourself" in answer.content.decode()
    assert not Restriction.objects.exists()


def test_the_database_refuses_the_same_person_twice(cast: Cast, signed_in) -> None:
    sealing = asked(cast, signed_in)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sealing.objects.filter(pk=sealing.pk).update(agreed_by=sealing.asked_by, ended_at=NOW)


def test_what_was_asked_is_taken_back_or_declined_and_the_record_stays_open(cast, signed_in, rob) -> None:
    for who in ("marcia", "rob"):
        sealing = asked(cast, signed_in)
        assert signed_in(who).post(at(cast), {"no": str(sealing.pk)}).status_code == 302
        sealing.refresh_from_db()
        assert (sealing.ended_by, sealing.agreed_by) == (cast.people[who], None)
        assert "Ask to seal it" in signed_in("rob").get(at(cast)).content.decode()
        late = signed_in("rob").post(at(cast), agreeing(sealing))
        assert late.status_code == 400 and "Nobody asks any more" in late.content.decode()
    assert not Restriction.objects.exists()


def test_a_second_person_who_asks_does_not_seal_by_that(cast: Cast, signed_in, rob) -> None:
    asked(cast, signed_in)
    answer = signed_in("rob").post(at(cast), SAID)
    assert answer.status_code == 400 and "asks for it already" in answer.content.decode()
    assert Sealing.objects.count() == 1 and not Restriction.objects.exists()


def test_who_agrees_to_what_was_taken_back_does_not_agree_to_what_is_asked_since(
    cast, signed_in, rob
) -> None:
    before = asked(cast, signed_in)
    signed_in("marcia").post(at(cast), {"no": str(before.pk)})
    asked(cast, signed_in)
    assert signed_in("rob").post(at(cast), agreeing(before)).status_code == 400
    assert not Restriction.objects.exists()


def test_of_two_who_answer_at_once_only_the_first_is_heard(cast: Cast, signed_in, rob) -> None:
    held = asked(cast, signed_in)
    read_before = Sealing.objects.get(pk=held.pk)
    sealing.end(held, by=cast.people["marcia"])
    with pytest.raises(Refused, match="Nobody asks any more"):
        sealing.agree(read_before, by=rob)
    assert not Restriction.objects.exists()


def test_who_may_agree_has_a_notice_and_who_asked_has_none(cast: Cast, signed_in, rob) -> None:
    sealing = asked(cast, signed_in)
    said = "A colleague asks to seal a record"
    page = signed_in("rob").get("/").content.decode()
    assert said in page and at(cast) in page
    assert said not in signed_in("marcia").get("/").content.decode()
    assert said not in signed_in("priya").get("/").content.decode()
    signed_in("rob").post(at(cast), agreeing(sealing))
    assert not Notice.objects.filter(kind="seal_asked", seen_at=None).exists()


def test_a_notice_leads_nobody_to_a_child_they_are_kept_from(cast: Cast, signed_in, rob) -> None:
    asked(cast, signed_in)
    keep_from(cast, "rob", "Theo")
    assert cast.children["Theo"].public_id not in signed_in("rob").get("/").content.decode()


def test_who_may_see_this_record_says_that_somebody_asks_to_seal_it(cast: Cast, signed_in) -> None:
    asked(cast, signed_in)
    page = signed_in("helen").get(f"/child/{cast.children['Theo'].public_id}/access").content.decode()
    assert "asks to seal this record" in page and SAID["reason"] in page


@pytest.mark.parametrize("change", [{"reference": "N1"}, {"reference": ""}, {"reason": ""}])
def test_the_wrong_reference_or_no_reason_asks_nothing(cast, signed_in, change) -> None:
    assert signed_in("marcia").post(at(cast), SAID | change).status_code == 400
    assert not Sealing.objects.exists()


@pytest.mark.parametrize("reference", ["N1", ""])
def test_the_wrong_reference_seals_nothing(cast, signed_in, rob, reference: str) -> None:
    sealing = asked(cast, signed_in)
    typed = agreeing(sealing) | {"reference": reference}
    assert signed_in("rob").post(at(cast), typed).status_code == 400
    assert not Restriction.objects.exists()


def test_the_second_factor_is_asked_for_once_more(cast: Cast, signed_in, rob, settings) -> None:
    sealing = asked(cast, signed_in)
    settings.DEMONSTRATION = lambda: True
    for who, typed in (("marcia", SAID), ("rob", agreeing(sealing))):
        client = signed_in(who)
        assert client.get(at(cast))["Location"].startswith("/confirm")
        assert client.post(at(cast), typed)["Location"].startswith("/confirm")
    assert not Restriction.objects.exists()


@pytest.mark.parametrize("who", ["priya", "helen", "lindsay"])
def test_who_may_not_seal_finds_no_such_page(cast: Cast, signed_in, who: str) -> None:
    sealing, client = asked(cast, signed_in), signed_in(who)
    assert client.get(at(cast)).status_code == 404
    assert client.post(at(cast), SAID).status_code == 404
    assert client.post(at(cast), agreeing(sealing)).status_code == 404
    assert not Restriction.objects.exists()
