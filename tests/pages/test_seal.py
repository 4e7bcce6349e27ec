"""Sealing a record: in two steps, by few roles, with the second factor just given; then nobody sees it."""

from __future__ import annotations

import pytest
from tests.cast import Cast

from homeward.records.models import AuditEntry, Restriction

SAID = {"reference": "N2", "reason": "The adoption order was made on Monday"}


def at(cast: Cast) -> str:
    return f"/child/{cast.children['Theo'].public_id}/seal"


def test_a_record_is_sealed_in_two_steps_and_then_closed_to_everyone(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    asked = marcia.post(at(cast), SAID)
    assert asked.status_code == 200 and "Seal Theo’s record now?" in asked.content.decode()
    assert not Restriction.objects.exists()
    assert marcia.post(at(cast), SAID | {"sure": "1"})["Location"] == "/"
    assert Restriction.objects.get().level == Restriction.SEALED
    assert AuditEntry.objects.latest("pk").about["level"] == Restriction.SEALED
    for who in ("marcia", "amina", "priya", "helen"):
        client = signed_in(who)
        assert client.get(f"/child/{cast.children['Theo'].public_id}").status_code == 404
        assert "Theo" not in client.get("/tracker").content.decode()


@pytest.mark.parametrize(
    "change", [{"reference": "N1"}, {"reference": ""}, {"reason": ""}, {"reference": "N1", "sure": "1"}]
)
def test_the_wrong_reference_or_no_reason_seals_nothing(cast, signed_in, change) -> None:
    marcia = signed_in("marcia")
    assert marcia.post(at(cast), SAID | {"sure": "1"} | change).status_code == 400
    assert not Restriction.objects.exists()


def test_the_second_factor_is_asked_for_once_more(cast: Cast, signed_in, settings) -> None:
    settings.DEMONSTRATION = lambda: True
    marcia = signed_in("marcia")
    assert marcia.get(at(cast))["Location"].startswith("/confirm")
    assert marcia.post(at(cast), SAID | {"sure": "1"})["Location"].startswith("/confirm")
    assert not Restriction.objects.exists()


@pytest.mark.parametrize("who", ["priya", "helen", "lindsay"])
def test_who_may_not_seal_finds_no_such_page(cast: Cast, signed_in, who: str) -> None:
    client = signed_in(who)
    assert client.get(at(cast)).status_code == 404
    assert client.post(at(cast), SAID | {"sure": "1"}).status_code == 404
    assert not Restriction.objects.exists()
