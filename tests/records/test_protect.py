"""Sealing and erasing: written down outside the database first, and done again when a restore forgot them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError
from tests.cast import NOW, TODAY, Cast

from homeward.records import protections, vault
from homeward.records.models import (
    FACTS,
    Allocation,
    Child,
    DisposalPermit,
    Draft,
    ImportedRow,
    Load,
    Restriction,
    StoredFile,
)
from homeward.records.operations import protect
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused

WHY = "kept longer than the law asks"


@pytest.fixture(autouse=True)
def own_ledger(tmp_path, monkeypatch, settings):
    """Each test has a ledger and a data folder of its own."""
    monkeypatch.setenv("HOMEWARD_LEDGER", str(tmp_path / "ledger"))
    settings.DATA = tmp_path


def held_of(child: Child) -> int:
    return sum(model.objects.filter(child=child).count() for model in FACTS.values())


def seal(cast: Cast, name: str, at=NOW) -> Restriction:
    return protect.seal(cast.children[name], by=cast.people["helen"], reason="an adoption order", now=at)


def erase(cast: Cast, name: str):
    people = {"asked_by": cast.people["priya"], "agreed_by": cast.people["helen"]}
    return protect.erase(cast.children[name], **people, reason=WHY, now=NOW)


def test_a_sealed_record_has_one_restriction_and_a_line_in_the_ledger(cast: Cast):
    maya = cast.children["Maya"]
    before = Restriction.objects.create(child=maya, level=1, reason="staff family", made_at=NOW)
    Draft.objects.create(person=cast.people["priya"], child=maya, form="note", sealed=b"x", saved_at=NOW)
    seal(cast, "Maya", NOW + timedelta(hours=1))
    before.refresh_from_db()
    assert before.ended_at is not None
    assert [r.level for r in maya.restrictions.filter(ended_at=None)] == [Restriction.SEALED]
    assert not Draft.objects.exists()
    assert [(line.child, line.action) for line in protections.read()] == [(maya.public_id, "sealed")]
    with pytest.raises(Refused):
        seal(cast, "Maya")
    assert protections.missing() == [] and protections.unlisted() == []


def test_a_seal_that_the_database_lost_is_made_again(cast: Cast):
    seal(cast, "Maya")
    Restriction.objects.all().delete()  # as a backup of yesterday would
    assert [line.action for line in protections.missing()] == ["sealed"]
    assert protect.replay() == 1
    assert cast.children["Maya"].restrictions.get(ended_at=None).level == Restriction.SEALED
    assert protections.missing() == [] and protect.replay() == 0


def test_a_seal_that_was_opened_again_stays_open(cast: Cast):
    made = seal(cast, "Maya")
    Restriction.objects.filter(pk=made.pk).update(ended_at=NOW + timedelta(days=1))
    assert protections.missing() == []


def test_a_seal_cut_from_the_end_of_the_ledger_is_noticed(cast: Cast):
    seal(cast, "Maya")
    protections.ledger().write_bytes(b"")
    assert protections.unlisted() == [(cast.children["Maya"].public_id, NOW)]


@pytest.mark.parametrize("what", ["a letter", "a line taken out", "two lines changed over", "another key"])
def test_a_ledger_that_was_touched_is_refused(cast: Cast, what: str):
    for name in ("Maya", "Theo", "Kai"):
        seal(cast, name)
    file = protections.ledger()
    lines = file.read_bytes().splitlines(keepends=True)
    if what == "a letter":
        file.write_bytes(b"".join(lines).replace(b'"sealed"', b'"erased"', 1))
    elif what == "a line taken out":
        file.write_bytes(lines[0] + lines[2])
    elif what == "two lines changed over":
        file.write_bytes(lines[1] + lines[0] + lines[2])
    else:
        (vault.keys_folder() / "ledger.1.key").write_bytes(bytes(32))
    with pytest.raises(protections.Broken, match="does not follow"):
        protect.replay()


def test_a_ledger_without_its_key_is_refused_and_no_new_key_is_made(cast: Cast):
    seal(cast, "Maya")
    key = vault.keys_folder() / "ledger.1.key"
    key.unlink()
    with pytest.raises(protections.Broken, match=r"ledger\.1\.key"):
        protections.missing()
    assert not key.exists()


def test_a_line_that_a_crash_cut_short_is_written_over(cast: Cast):
    seal(cast, "Maya")
    with protections.ledger().open("ab") as file:
        file.write(b'{"child": "half a li')
    assert len(protections.read()) == 1
    seal(cast, "Theo")
    assert len(protections.read()) == 2


def test_the_ledger_is_on_the_disk_before_the_seal_is_saved(cast: Cast, monkeypatch):
    """A ledger that cannot be written stops the seal; a seal that cannot be saved is still in the ledger."""
    file = protections.ledger()
    file.mkdir(parents=True)  # where the file should be
    with pytest.raises(OSError):
        seal(cast, "Maya")
    assert not Restriction.objects.exists()


def with_everything(cast: Cast) -> Child:
    """Maya with one of everything that can be held of a child."""
    maya, priya = cast.children["Maya"], cast.people["priya"]
    visit = record_fact(maya, "Visit", {"on": TODAY}, start=TODAY, by=priya, now=NOW)
    correct_fact(visit, {"on": TODAY - timedelta(days=1)}, by=priya, now=NOW, reason="a day earlier")
    restriction = Restriction.objects.create(child=maya, level=2, reason="police", made_at=NOW)
    restriction.people.add(priya)
    Allocation.objects.create(
        child=maya, person=priya, basis="allocated", started_on=TODAY, made_by=priya, made_at=NOW
    )
    StoredFile.objects.create(
        authority=cast.authority, child=maya, name="abc123", kind="pdf", size=1, sha="0", added_at=NOW
    )
    return maya


def test_an_erasure_removes_everything_of_the_child_and_nothing_of_others(cast: Cast, tmp_path):
    maya = with_everything(cast)
    theo = cast.children["Theo"]
    held, rows = held_of(theo), ImportedRow.objects.exclude(child="N1").count()
    stored, other = tmp_path / "files" / "ab" / "abc123.sealed", tmp_path / "files" / "other"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"sealed")
    other.write_bytes(b"another child's")
    report = protect.would_erase(maya)
    assert Child.objects.filter(pk=maya.pk).exists() and stored.exists()
    removed = erase(cast, "Maya")
    assert removed == report and removed["Visit"] == 3 and removed["ImportedRow"] > 5
    assert not Child.objects.filter(pk=maya.pk).exists()
    assert held_of(maya) == 0 and not ImportedRow.objects.filter(child="N1").exists()
    assert not stored.exists() and other.exists()
    assert held_of(theo) == held and ImportedRow.objects.count() == rows
    assert not DisposalPermit.objects.exists()


def test_reports_of_imports_forget_the_child(cast: Cast):
    load = Load.objects.get()
    lines = [{"code": "N1", "pk": 1, "new": ["Maya"]}, {"code": "N2", "pk": 2, "new": ["Theo"]}]
    problems = [{"child": "N1 (Annex A)", "message": "Maya"}, {"child": "N2", "message": "Theo"}]
    load.report = {**load.report, "children": lines, "problems": problems}
    load.save()
    erase(cast, "Maya")
    load.refresh_from_db()
    assert "Maya" not in json.dumps(load.report) and json.dumps(load.report).count("Theo") == 2


def test_an_erasure_needs_two_people_and_a_reason_without_names(cast: Cast):
    maya, helen, priya = cast.children["Maya"], cast.people["helen"], cast.people["priya"]
    with pytest.raises(protect.NotErased, match="same person"):
        protect.erase(maya, asked_by=helen, agreed_by=helen, reason=WHY, now=NOW)
    for reason in ("", "for Maya's adopters", "child N1 twice"):
        with pytest.raises(protect.NotErased):
            protect.erase(maya, asked_by=priya, agreed_by=helen, reason=reason, now=NOW)
    assert held_of(maya) and protections.read() == []


def test_an_erased_child_whom_a_backup_brought_back_is_erased_again(cast: Cast, monkeypatch):
    maya = with_everything(cast)
    # The ledger is written, and then the commit does not come.
    monkeypatch.setattr(protect, "_unlink", lambda names: (_ for _ in ()).throw(OSError("power")))
    with pytest.raises(OSError):
        erase(cast, "Maya")
    assert held_of(maya)
    monkeypatch.undo()
    monkeypatch.setenv("HOMEWARD_LEDGER", str(protections.ledger().parent))
    monkeypatch.setattr(protect, "scrub", lambda: True)  # there is no vacuum within a test's transaction
    assert [line.action for line in protections.missing()] == ["erased"]
    assert protect.replay() == 1
    assert not Child.objects.filter(public_id=maya.public_id).exists()


def test_without_a_permit_nothing_imported_can_be_deleted(cast: Cast):
    from django.db import transaction

    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        ImportedRow.objects.filter(child="N1").delete()
