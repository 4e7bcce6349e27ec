"""Who has looked at a child: everybody, everything, refusals too, and the reading of it as well."""

from __future__ import annotations

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, Cast

from homeward.records.models import AuditEntry, Authority, Child, Exclusion, Person, Restriction, Role


@pytest.fixture
def looked(cast: Cast, signed_in) -> Cast:
    """Priya opens Maya, Helen lists her; Priya is refused Ruby and opens her in an emergency."""
    priya = signed_in("priya")
    priya.get(f"/child/{cast.children['Maya'].public_id}/timeline")
    signed_in("helen").get("/tracker")
    priya.get(f"/child/{cast.children['Ruby'].public_id}")
    asked = {"reference": "N4", "category": "danger", "reason": "The police have called about her tonight"}
    priya.post("/emergency", asked)
    priya.get(f"/child/{cast.children['Ruby'].public_id}")
    made = Person.objects.create(email="inga@northmere.example", name="Inga Holm")
    Role.objects.create(person=made, authority=cast.authority, key="information_governance")
    cast.people["inga"] = made
    return cast


def at(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/looked"


def rows(page: str) -> list[str]:
    return page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]


def test_it_says_who_when_what_and_on_what_basis(looked: Cast, signed_in) -> None:
    lines = rows(signed_in("marcia").get(at(looked)).content.decode())
    assert len(lines) == 2
    tracker, timeline = lines
    for words in ("Helen Ward", "Team manager", "On the tracker", "manages the team"):
        assert words in tracker
    for words in ("Priya Shah", "Social worker", "Timeline", "works with the child", "25 Nov 2026, 10:00"):
        assert words in timeline


def test_refusals_and_emergencies_are_marked(looked: Cast, signed_in) -> None:
    lines = rows(signed_in("marcia").get(at(looked, "Ruby")).content.decode())
    assert sum(">Refused<" in line for line in lines) == 1
    assert sum(">Emergency<" in line for line in lines) == 2


def test_reading_it_is_written_down_too(looked: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    marcia.get(at(looked))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.place, entry.children) == ("child_looked", {"oversight": [looked.children["Maya"].pk]})
    assert "Who has looked" in rows(marcia.get(at(looked)).content.decode())[0]


def test_it_is_read_by_person_and_by_day(looked: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    helen = looked.people["helen"].pk
    assert len(rows(marcia.get(f"{at(looked)}?person={helen}").content.decode())) == 1
    assert len(rows(marcia.get(f"{at(looked)}?day=2026-11-25&person={helen}").content.decode())) == 1
    nothing = marcia.get(f"{at(looked)}?day=2026-11-24").content.decode()
    assert "Nobody of this choice has looked" in nothing
    for odd in ("?person=x", "?day=yesterday", "?person=99999999999999999999", "?page=-4", "?person=²"):
        assert marcia.get(at(looked) + odd).status_code == 200, odd


def test_it_can_be_taken_out_as_a_file_without_a_name_in_the_files_name(looked: Cast, signed_in) -> None:
    answer = signed_in("marcia").get(at(looked) + "?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "maya" not in answer["Content-Disposition"].lower()
    table = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert [row["Who"] for row in table] == ["Helen Ward", "Priya Shah"]
    assert table[1]["When"] == "2026-11-25 10:00"


def test_a_page_of_many_asks_no_more_than_a_page_of_few(looked: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    marcia.get(at(looked))
    with CaptureQueriesContext(
        connection,
    ) as few:
        marcia.get(at(looked))
    for _ in range(12):
        for who in ("priya", "helen", "amina"):
            signed_in(who).get(f"/child/{looked.children['Maya'].public_id}")
    with CaptureQueriesContext(connection) as many:
        marcia.get(at(looked))
    assert len(many) <= len(few)


@pytest.mark.parametrize("who", ["priya", "inga", "lindsay"])
def test_who_may_not_see_it_or_not_the_child_finds_nothing(looked: Cast, signed_in, who: str) -> None:
    assert signed_in(who).get(at(looked)).status_code == 404


def test_information_governance_asks_by_reference_and_sees_no_name(looked: Cast, signed_in) -> None:
    inga = signed_in("inga")
    answer = inga.post("/oversight/looked", {"reference": "N4"})
    assert answer.status_code == 302 and "N4" not in answer["Location"]
    page = inga.get(answer["Location"]).content.decode()
    assert "Who has looked at the record N4" in page and "Ruby" not in page
    assert sum(">Emergency<" in line for line in rows(page)) == 2
    entry = AuditEntry.objects.latest("pk")
    assert entry.children == {"looked": [looked.children["Ruby"].pk]}
    assert "Priya Shah" in inga.get(answer["Location"] + "?format=csv").content.decode()


def test_a_reference_that_is_sealed_or_kept_from_them_is_not_there(looked: Cast, signed_in) -> None:
    inga, marcia = signed_in("inga"), looked.people["marcia"]
    Restriction.objects.create(child=looked.children["Kai"], level=3, reason="Adopted", made_at=NOW)
    Exclusion.objects.create(
        child=looked.children["Theo"],
        person=looked.people["inga"],
        reason="A neighbour",
        made_by=marcia,
        made_at=NOW,
    )
    for reference in ("N3", "N2", "N99", "Ruby", ""):
        answer = inga.post("/oversight/looked", {"reference": reference})
        assert answer.status_code == 200, reference
        assert "No record has that reference" in answer.content.decode()
    for child in ("Kai", "Theo"):
        assert inga.get(f"/oversight/looked/{looked.children[child].public_id}").status_code == 404


def test_a_reference_of_another_council_is_not_there(looked: Cast, signed_in) -> None:
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    noor = Child.objects.create(authority=other, called="Noor", code="E1")
    inga = signed_in("inga")
    answer = inga.post("/oversight/looked", {"reference": "E1"})
    assert "No record has that reference" in answer.content.decode()
    assert inga.get(f"/oversight/looked/{noor.public_id}").status_code == 404


@pytest.mark.parametrize("who", ["priya", "helen", "marcia", "lindsay"])
def test_the_way_by_reference_is_for_who_sees_no_child(looked: Cast, signed_in, who: str) -> None:
    client = signed_in(who)
    assert client.get("/oversight/looked").status_code == 404
    assert client.get(f"/oversight/looked/{looked.children['Maya'].public_id}").status_code == 404
