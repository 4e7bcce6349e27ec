"""A child's files through the pages."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.cast import NOW, Cast, share, with_agency
from tests.files import made

from homeward.files.kinds import Accepted
from homeward.records.models import AuditEntry, StoredFile
from homeward.records.operations import files

SignedIn = Callable[[str], Client]


def place(cast: Cast, name: str, *rest: object) -> str:
    page = {0: "child_files", 1: "child_file"}.get(len(rest), "child_file_remove")
    return reverse(page, args=[cast.children[name].public_id, *rest[:1]])


def form(name: str = "maya smith.png", content: bytes | None = None, **other: object) -> dict[str, object]:
    sent = SimpleUploadedFile(name, made.picture() if content is None else content)
    return {"file": sent, "title": "Drawing of the garden", "about": "voice", "confirm": "yes"} | other


def kept(cast: Cast, name: str, kind: str = "png", content: bytes = b"", **other: object) -> StoredFile:
    accepted = Accepted(kind, content or made.picture(), kind)
    child = cast.children[name]
    return files.store(accepted, cast.authority, child, cast.people["priya"], NOW, title="A drawing", **other)


def test_a_social_worker_adds_a_drawing_and_opens_it(cast: Cast, signed_in: SignedIn) -> None:
    priya = signed_in("priya")
    assert "No files yet. Add a drawing" in priya.get(place(cast, "Maya")).content.decode()
    page = priya.get(place(cast, "Maya") + "/add").content.decode()
    assert "This file is about Maya, 4 years" in page
    answer = priya.post(place(cast, "Maya") + "/add", form())
    assert answer.status_code == 302
    stored = StoredFile.objects.get(child=cast.children["Maya"])
    listed = priya.get(place(cast, "Maya")).content.decode()
    for words in ("Drawing of the garden", "PNG", "25 November 2026", "Priya Shah"):
        assert words in listed
    opened = priya.get(place(cast, "Maya", stored.pk))
    assert Image.open(io.BytesIO(opened.content)).size == (64, 32)
    assert opened["Content-Disposition"] == f'inline; filename="file-{stored.pk}.png"'
    assert opened["Content-Type"] == "image/png"
    assert opened["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert opened["Cache-Control"] == "no-store"
    written = AuditEntry.objects.latest("pk")
    assert written.about["file"] == stored.pk
    assert "voice" in written.field_sets


def test_what_is_not_a_picture_is_saved_and_not_shown(cast: Cast, signed_in: SignedIn) -> None:
    stored = kept(cast, "Maya", "pdf", made.pdf())
    opened = signed_in("priya").get(place(cast, "Maya", stored.pk))
    assert opened["Content-Disposition"] == f'attachment; filename="file-{stored.pk}.pdf"'


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"file": ""}, "Choose a file"),
        ({"title": " "}, "Say what it is"),
        ({"about": "adopter"}, "adopter is not one of the available choices"),
        ({"confirm": ""}, "Confirm that the file is about Maya"),
        ({"file": SimpleUploadedFile("a.svg", b"<svg/>")}, "Save it as PNG or PDF and add that"),
        ({"file": SimpleUploadedFile("a.png", b"MZ")}, "what is in the file is not that"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    cast: Cast, signed_in: SignedIn, change: dict[str, object], sentence: str
) -> None:
    answer = signed_in("priya").post(place(cast, "Maya") + "/add", form() | change)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "The file was not added" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_a_form_that_is_sent_twice_keeps_one_file(cast: Cast, signed_in: SignedIn) -> None:
    priya = signed_in("priya")
    for _ in range(2):
        answer = priya.post(place(cast, "Maya") + "/add", form(once="the same key twice over"))
        assert answer.status_code == 302
    assert StoredFile.objects.count() == 1


def test_a_file_of_another_child_is_not_found_under_this_one(cast: Cast, signed_in: SignedIn) -> None:
    stored = kept(cast, "Theo")
    helen = signed_in("helen")
    assert helen.get(place(cast, "Theo", stored.pk)).status_code == 200
    for address in (place(cast, "Maya", stored.pk), place(cast, "Maya", stored.pk, "remove")):
        assert helen.get(address).status_code == 404
    assert helen.post(place(cast, "Maya", stored.pk, "remove"), {"reason": "no"}).status_code == 404


def test_a_child_out_of_reach_has_no_files(cast: Cast, signed_in: SignedIn) -> None:
    stored = kept(cast, "Ruby")
    for person in ("priya", "lindsay"):
        client = signed_in(person)
        for address in (
            place(cast, "Ruby"),
            place(cast, "Ruby") + "/add",
            place(cast, "Ruby", stored.pk),
            place(cast, "Ruby", stored.pk, "remove"),
        ):
            assert client.get(address).status_code == 404
        assert client.post(place(cast, "Ruby") + "/add", form()).status_code == 404
    assert StoredFile.objects.count() == 1


def test_who_may_only_read_neither_adds_nor_removes(cast: Cast, signed_in: SignedIn) -> None:
    from homeward.records.models import Role

    Role.objects.filter(person=cast.people["marcia"]).update(key="agency_decision_maker")
    stored = kept(cast, "Maya")
    marcia = signed_in("marcia")
    page = marcia.get(place(cast, "Maya")).content.decode()
    assert "A drawing" in page
    assert "Add a file" not in page
    assert "Remove" not in page
    assert marcia.get(place(cast, "Maya", stored.pk)).status_code == 200
    assert marcia.post(place(cast, "Maya") + "/add", form()).status_code == 404
    assert marcia.post(place(cast, "Maya", stored.pk, "remove"), {"reason": "x"}).status_code == 404


def test_a_file_about_what_the_role_does_not_read_is_not_shown(cast: Cast, signed_in: SignedIn) -> None:
    kept(cast, "Maya", field_set="panel")
    hidden = kept(cast, "Maya", field_set="adopter")
    stored = StoredFile.objects.get(field_set="panel")
    assert "A drawing" not in signed_in("priya").get(place(cast, "Maya")).content.decode()
    assert signed_in("priya").get(place(cast, "Maya", stored.pk)).status_code == 404
    assert signed_in("marcia").get(place(cast, "Maya", stored.pk)).status_code == 200
    assert signed_in("marcia").get(place(cast, "Maya", hidden.pk)).status_code == 404


def test_no_file_is_shown_to_the_agency_whatever_is_shared(cast: Cast, signed_in: SignedIn) -> None:
    with_agency(cast)
    share(cast, "core", "history", "legal", "education")
    stored = kept(cast, "Theo", field_set="history")
    teresa = signed_in("teresa")
    assert "A drawing" not in teresa.get(place(cast, "Theo")).content.decode()
    assert teresa.get(place(cast, "Theo", stored.pk)).status_code == 404


def test_a_file_is_removed_with_a_reason(cast: Cast, signed_in: SignedIn) -> None:
    stored = kept(cast, "Maya")
    priya = signed_in("priya")
    address = place(cast, "Maya", stored.pk, "remove")
    assert "Why is it removed?" in priya.get(address).content.decode()
    answer = priya.post(address, {"reason": ""})
    assert answer.status_code == 400
    assert "Say why it is removed" in answer.content.decode()
    assert priya.post(address, {"reason": "It shows another child"}).status_code == 302
    page = priya.get(place(cast, "Maya")).content.decode()
    assert "removed on 25 November 2026 by Priya Shah. Reason: It shows another child" in page
    assert "A drawing" not in page
    assert priya.get(place(cast, "Maya", stored.pk)).status_code == 404


def test_the_files_of_an_import_are_kept_sealed_until_it_is_applied(
    cast: Cast, signed_in: SignedIn, django_capture_on_commit_callbacks
) -> None:
    from pathlib import Path

    from django.conf import settings
    from tests.cast import BUNDLE

    amina = signed_in("amina")
    reviews = SimpleUploadedFile("reviews.csv", (BUNDLE["reviews.csv"] + "N2,2026-11-23,PN1\n").encode())
    answer = amina.post("/import", {"files": [reviews]})
    stored = StoredFile.objects.get(kind="return")
    sealed = Path(settings.DATA) / "files" / "northmere" / stored.name
    assert b"2026-11-23" not in sealed.read_bytes()
    assert not (Path(settings.DATA) / "uploads").exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert amina.post(answer["Location"] + "/apply").status_code == 302
    assert not StoredFile.objects.filter(kind="return").exists()
    assert not sealed.exists()
