"""The audit: one link follows from another, and whatever is changed afterwards shows."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import Cast

from homeward.records import access, audit, triggers, vault
from homeward.records.audit import Trail
from homeward.records.models import AuditChild, AuditEntry, AuditHead, SearchText


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("HOMEWARD_ANCHORS", str(tmp_path))
    monkeypatch.setattr(audit, "CHAINS", {"sqlite": 1, "postgresql": 1})


def looked_at(cast: Cast, *names: str) -> AuditEntry:
    trail = Trail("child", "GET", access.acting(cast.people["priya"]))
    trail.saw([cast.children[name].pk for name in names], "core")
    return audit.write(trail, "see", 200)


def test_an_entry_says_who_in_which_role_saw_whom_on_what_basis(cast: Cast):
    entry = looked_at(cast, "Maya")
    assert (entry.person, entry.role, entry.authority) == (
        cast.people["priya"],
        "social_worker",
        cast.authority,
    )
    assert entry.children == {"allocated": [cast.children["Maya"].pk]}
    assert list(AuditChild.objects.values_list("child", "basis")) == [(cast.children["Maya"].pk, "allocated")]


def test_nothing_is_wrong_with_an_audit_that_nobody_touched(cast: Cast):
    for name in ("Maya", "Theo", "Kai"):
        looked_at(cast, name)
    audit.anchor()
    looked_at(cast, "Maya", "Theo")
    assert list(audit.verify()) == []


def test_no_entry_is_changed_or_deleted_through_the_database(cast: Cast):
    looked_at(cast, "Maya")
    for model in (AuditEntry, AuditChild):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**({"place": "home"} if model is AuditEntry else {"child": 1}))
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.fixture
def tampered(cast: Cast):
    """Three entries, anchored, and the triggers gone, as for who owns the database."""
    entries = [looked_at(cast, name) for name in ("Maya", "Theo", "Kai")]
    audit.anchor()
    triggers.drop()
    yield entries
    triggers.write()


def test_a_changed_entry_shows(tampered):
    AuditEntry.objects.filter(pk=tampered[1].pk).update(person=None)
    assert list(audit.verify()) == ["Chain 0, entry 2 was changed after it was written."]


def test_an_entry_taken_out_of_the_middle_shows(tampered):
    AuditChild.objects.filter(entry=tampered[1])._raw_delete("default")
    AuditEntry.objects.filter(pk=tampered[1].pk)._raw_delete("default")
    assert "Chain 0, entry 3: 1 entries before it are missing." in list(audit.verify())


def test_a_chain_cut_short_shows_by_its_anchor_even_when_the_head_was_changed_with_it(tampered):
    AuditChild.objects.filter(entry=tampered[2])._raw_delete("default")
    AuditEntry.objects.filter(pk=tampered[2].pk)._raw_delete("default")
    AuditHead.objects.update(seq=2, hash=tampered[1].hash)
    assert list(audit.verify()) == ["Chain 0 was anchored at entry 3, which is no longer there."]


def test_a_child_taken_off_the_list_of_who_was_shown_shows(tampered):
    AuditChild.objects.filter(entry=tampered[0])._raw_delete("default")
    assert list(audit.verify()) == ["Chain 0, entry 1: the list of children shown was changed."]


def test_an_anchor_that_somebody_wrote_by_hand_shows(tampered):
    line = {"at": "2026-11-25", "chain": 0, "seq": 2, "hash": "f" * 64, "signed": "f" * 64}
    with audit.anchors_file().open("a") as file:
        file.write(json.dumps(line) + "\n")
    assert list(audit.verify()) == ["Chain 0, entry 2 is not the entry that was anchored."]


def test_what_was_searched_for_is_sealed_and_only_its_fingerprint_is_in_the_chain(cast: Cast):
    trail = Trail("children", "POST", access.acting(cast.people["priya"]), searched="Maya")
    entry = audit.write(trail, "see", 302)
    held = SearchText.objects.get(entry=entry)
    assert b"Maya" not in bytes(held.sealed)
    assert vault.open_sealed(bytes(held.sealed), f"search:{trail.request}") == b"Maya"
    SearchText.objects.all().delete()  # after 24 months
    assert list(audit.verify()) == []


def test_an_entry_that_is_rolled_back_leaves_no_gap(cast: Cast):
    looked_at(cast, "Maya")
    with transaction.atomic():
        looked_at(cast, "Theo")
        transaction.set_rollback(True)
    looked_at(cast, "Kai")
    assert list(audit.verify()) == []
    assert connection.vendor in audit.CHAINS
