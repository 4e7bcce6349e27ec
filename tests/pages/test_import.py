"""Importing through the pages."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import BUNDLE, Cast


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
