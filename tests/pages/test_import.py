"""Importing through the pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import BUNDLE, Cast

from homeward.records.models import Authority, Load, Person, Role


def file(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def test_an_import_shows_the_difference_before_it_is_applied(cast: Cast, signed_in) -> None:
    from homeward.records.models import Review

    amina = signed_in("amina")
    reviews = BUNDLE["reviews.csv"] + "N2,2026-11-23,PN1\n"
    answer = amina.post("/import", {"files": [file("reviews.csv", reviews)]})
    assert answer.status_code == 302
    page = amina.get(answer["Location"]).content.decode()
    assert "Nothing has been saved yet" in page
    assert "Theo" in page
    assert "Looked-after review held, 23 November 2026" in page
    assert not Review.objects.filter(held_on="2026-11-23").exists()
    done = amina.post(answer["Location"] + "/apply", follow=True).content.decode()
    assert "Applied." in done
    assert Review.current.filter(child=cast.children["Theo"], held_on="2026-11-23").exists()
    assert amina.post(answer["Location"] + "/apply").status_code == 404


def test_the_same_files_again_change_nothing(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    answer = amina.post("/import", {"files": [file(name, text) for name, text in BUNDLE.items()]})
    assert "already holds every fact in these files" in amina.get(answer["Location"]).content.decode()


def test_a_file_that_cannot_be_read_is_refused_in_plain_words(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    for wrong in (
        file("notes.csv", "a,b\n1,2\n"),
        file("sheet.csv", b"PK\x03\x04rubbish"),
        file("empty.csv", ""),
    ):
        answer = amina.post("/import", {"files": [wrong]})
        assert answer.status_code == 400
        assert "Nothing was imported" in answer.content.decode()
    assert "Choose at least one file" in amina.post("/import", {}).content.decode()


def test_the_problems_of_an_import_can_be_read(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    wrong = BUNDLE["reviews.csv"] + "N2,31/02/2026,PN1\n"
    answer = amina.post("/import", {"files": [file("reviews.csv", wrong)]})
    page = amina.get(answer["Location"] + "/problems").content.decode()
    assert "31/02/2026" in page
    assert "dd/mm/yyyy" in page


def test_a_social_worker_may_not_import(cast: Cast, signed_in) -> None:
    assert signed_in("priya").get("/import").status_code == 404
    assert signed_in("priya").post("/import", {"files": [file("reviews.csv", "")]}).status_code == 404


def tried(cast: Cast, client) -> str:
    """The address of an import that Amina tried and has not applied."""
    reviews = BUNDLE["reviews.csv"] + "N2,2026-11-23,PN1\n"
    return client.post("/import", {"files": [file("reviews.csv", reviews)]})["Location"]


@pytest.mark.parametrize("who", ["priya", "helen", "marcia", "lindsay"])
def test_who_may_not_import_finds_no_import_of_a_colleague_and_applies_none(
    cast: Cast, signed_in, who: str
) -> None:
    address = tried(cast, signed_in("amina"))
    client = signed_in(who)
    for part in ("", "/problems"):
        assert client.get(address + part).status_code == 404
    assert client.post(f"{address}/apply").status_code == 404
    assert Load.objects.latest("pk").state == "tried"


def test_an_import_of_another_council_is_not_there(cast: Cast, signed_in) -> None:
    address = tried(cast, signed_in("amina"))
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    nadia = Person.objects.create(email="nadia@easterby.example", name="Nadia Khan")
    Role.objects.create(person=nadia, authority=other, key="data_manager")
    cast.people["nadia"] = nadia
    client = signed_in("nadia")
    assert address not in client.get("/import").content.decode()
    for part in ("", "/problems"):
        assert client.get(address + part).status_code == 404
    assert client.post(f"{address}/apply").status_code == 404
    assert Load.objects.latest("pk").state == "tried"


def test_nothing_of_a_child_whom_the_importer_must_not_see_is_read_from_an_import(
    cast: Cast, signed_in
) -> None:
    from tests.cast import NOW

    from homeward.records.models import Exclusion

    amina = signed_in("amina")
    address = tried(cast, amina)
    assert "Theo" in amina.get(address).content.decode()
    out = {"person": cast.people["amina"], "reason": "An aunt", "made_by": cast.people["helen"]}
    Exclusion.objects.create(child=cast.children["Theo"], made_at=NOW, **out)
    page = amina.get(address).content.decode()
    assert "Theo" not in page and "23 November 2026" not in page
