"""Where a child lives and who the adopters are: shown once, to who holds the part, for a written reason."""

from __future__ import annotations

import pytest
from tests.cast import NOW, Cast

from homeward.records.access import acting
from homeward.records.models import AdoptionRecord, AuditEntry, Child, Home, Reveal, Role
from homeward.records.operations.reveal import reveal

SECRET = ("SW19 9ZZ", "CARER-77", "SW20 8YY")
REASON = "The duty team visits today"


@pytest.fixture
def hidden(cast: Cast) -> Cast:
    """Maya's home has a postcode and a carer's reference; Theo has adopters."""
    old = Home.current.get(child=cast.children["Maya"], ended_on=None)
    Home.objects.create(
        child=old.child,
        place=old.place,
        started_on=old.started_on,
        start=old.start,
        source=old.source,
        postcode=SECRET[0],
        carer_ref=SECRET[1],
        recorded_at=NOW,
        replaces=old,
    )
    Home.objects.filter(pk=old.pk).update(superseded_at=NOW)
    Child.objects.filter(pk=old.child.pk).update(home_postcode=SECRET[2])
    AdoptionRecord.objects.create(
        child=cast.children["Theo"],
        source="903",
        adopters="2",
        adopters_sex="MM",
        adopters_status="L12",
        recorded_at=NOW,
    )
    return cast


def ask(client, cast: Cast, child: str, field_set: str, reason: str = REASON):
    at = f"/child/{cast.children[child].public_id}/reveal"
    return client.post(at, {"field_set": field_set, "reason": reason})


def test_no_page_shows_where_a_child_lives_unasked(hidden: Cast, signed_in) -> None:
    for who in ("priya", "helen", "marcia", "amina"):
        client = signed_in(who)
        for part in ("", "/dates", "/timeline", "/history", "/people", "/files"):
            shown = client.get(f"/child/{hidden.children['Maya'].public_id}{part}").content.decode()
            assert "Maya" in shown
            assert not any(secret in shown for secret in SECRET), (who, part)
    assert "Where Maya lives: show with a reason" in client.get(
        f"/child/{hidden.children['Maya'].public_id}"
    ).content.decode().replace("\n", "")


def test_a_reason_shows_it_once_and_both_are_written_down(hidden: Cast, signed_in) -> None:
    priya = signed_in("priya")
    answer = ask(priya, hidden, "Maya", "location")
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert all(secret in answer.content.decode() for secret in SECRET)
    made = Reveal.objects.get()
    assert (made.person, made.field_set, made.reason) == (hidden.people["priya"], "location", REASON)
    entry = AuditEntry.objects.latest("pk")
    assert "location" in entry.field_sets and entry.about["reveal"] == made.pk
    assert entry.children == {"allocated": [hidden.children["Maya"].pk]}
    assert SECRET[0] not in str(entry.__dict__)
    assert SECRET[0] not in priya.get(f"/child/{hidden.children['Maya'].public_id}").content.decode()


@pytest.mark.parametrize("reason", ["", "visit", "         x"])
def test_without_a_reason_nothing_is_shown(hidden: Cast, signed_in, reason: str) -> None:
    answer = ask(signed_in("priya"), hidden, "Maya", "location", reason)
    assert answer.status_code == 400
    assert not any(secret in answer.content.decode() for secret in SECRET)
    assert "ten characters or more" in answer.content.decode()
    assert not Reveal.objects.exists()


def test_the_adopters_are_shown_only_to_who_holds_that_part(hidden: Cast, signed_in) -> None:
    shown = ask(signed_in("amina"), hidden, "Theo", "adopter")
    assert shown.status_code == 200 and "two men" in shown.content.decode()
    priya = signed_in("priya")
    assert ask(priya, hidden, "Theo", "adopter").status_code == 404
    assert "Adopters of Theo" not in priya.get(f"/child/{hidden.children['Theo'].public_id}").content.decode()


@pytest.mark.parametrize("field_set", ["core", "legal", "panel", "nothing", ""])
def test_only_a_masked_part_is_revealed(hidden: Cast, signed_in, field_set: str) -> None:
    assert ask(signed_in("amina"), hidden, "Maya", field_set).status_code == 404


def test_not_for_a_child_out_of_reach_or_a_role_without_it(hidden: Cast, signed_in) -> None:
    assert ask(signed_in("priya"), hidden, "Ruby", "location").status_code == 404
    Role.objects.filter(person=hidden.people["helen"]).update(key="administrator")
    assert ask(signed_in("helen"), hidden, "Maya", "location").status_code == 404
    assert not Reveal.objects.exists()


def test_what_reveals_a_part_asks_itself_whether_the_role_holds_it(hidden: Cast) -> None:
    priya, amina = acting(hidden.people["priya"]), acting(hidden.people["amina"])
    assert reveal(priya, hidden.children["Theo"], "adopter", REASON) is None
    assert reveal(amina, hidden.children["Theo"], "adopter", REASON) is not None


def test_a_page_that_holds_nothing_says_so(hidden: Cast, signed_in) -> None:
    answer = ask(signed_in("amina"), hidden, "Maya", "adopter")
    assert "The record holds nothing of this" in answer.content.decode()
