"""A backup taken while people work holds one moment whole; a restore puts back that moment or nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reliability.place import CANARY, Place, is_postgres

from homeward.config.safekeeping import CannotRestore, container, restore, swap

LONG = bool(os.environ.get("HOMEWARD_LONG"))

# Each transaction writes two things that must agree: a snapshot never sees one without the other.
WRITES = """
from homeward.config.database import ready; ready()
from django.conf import settings; from django.db import transaction
from homeward.records.models import Authority, Load
authority = Authority.objects.get()
for n in range(1, 10**6):
    with transaction.atomic():
        Load.objects.create(authority=authority, made_at=settings.NOW(), state="tried", report={"n": n})
        Authority.objects.update(name=str(n))
    print(n, flush=True)
"""
LOOK = """
from homeward.records.models import Authority, Child, Load, Review
answer = {
    "children": sorted(Child.objects.values_list("called", flat=True)),
    "reviews": Review.objects.count(),
    "n": max((load.report.get("n", 0) for load in Load.objects.all()), default=0),
    "said": Authority.objects.get().name,
}
"""
SEAL = f"""
from django.conf import settings; from homeward.records.models import Child, Person
from homeward.records.operations.protect import seal
child = Child.objects.get(called="{CANARY}")
seal(child, by=Person.objects.get(name="bo"), reason="an adoption order", now=settings.NOW())
answer = child.public_id
"""
SEALED = """
from homeward.records.models import Restriction
answer = list(Restriction.objects.filter(level=3, ended_at=None).values_list("child__called", flat=True))
"""


def back_up(place: Place, key: Path, name: str = "one.backup") -> Path:
    target = key.parent / name
    place.homeward("backup", target, "--key", key)
    return target


def content(folder: Path) -> dict[str, bytes]:
    """Every file below, but for locks, keys and what only this folder needs."""
    own = ("keys", "ledger", "anchors", "secret_key", ".in-use", ".backing-up")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in own
    }


def with_keys(place: Place, other: Place) -> None:
    """What an operator copies by hand before a restore on an empty machine."""
    other.folder.mkdir(exist_ok=True)
    for name in ("keys", "ledger"):
        if (place.folder / name).exists():
            shutil.copytree(place.folder / name, other.folder / name)


@pytest.fixture(scope="module")
def taken(made: Place, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A backup and its key."""
    key = tmp_path_factory.mktemp("taken") / "backup.key"
    container.new_key(key)
    return back_up(made, key).read_bytes(), key.read_bytes()


def test_a_backup_taken_while_others_write_is_restored_on_an_empty_machine(
    council: Place, another: Callable[[], Place], key: Path
):
    before = council.run(LOOK)
    with council.start("-c", WRITES) as writing:
        assert writing.stdout is not None
        while int(writing.stdout.readline() or -1) < 3:
            assert writing.poll() is None
        target = back_up(council, key)
        for _ in range(3):  # nobody had to wait, and nobody was refused
            assert writing.stdout.readline()
        writing.send_signal(signal.SIGKILL)
    written = council.run(LOOK)["n"]
    other = another()
    with_keys(council, other)
    said = other.homeward("restore", target, "--key", key)
    assert "1 files" in said or "2 files" in said
    restored = other.run(LOOK)
    assert (restored["children"], restored["reviews"]) == (before["children"], before["reviews"])
    assert restored["said"] == str(restored["n"]) and 3 <= restored["n"] <= written
    stored = other.folder / "files" / "ab" / "one"
    assert stored.read_bytes() == (council.folder / "files" / "ab" / "one").read_bytes()
    assert "All is well" in other.homeward("check")


def test_neither_keys_nor_ledger_nor_a_readable_word_are_in_a_backup(
    council: Place, key: Path, tmp_path: Path
):
    council.run(SEAL)
    target = back_up(council, key)
    assert CANARY.encode() not in target.read_bytes()
    restore._unpack(target, container.read_key(key), tmp_path)
    held = {path.relative_to(tmp_path / "new").parts[0] for path in (tmp_path / "new").rglob("*")}
    assert held <= {"homeward.sqlite3", "files", "uploads"}
    assert target.stat().st_mode & 0o077 == 0


def test_a_flipped_byte_anywhere_is_noticed(taken: tuple[bytes, bytes], tmp_path: Path):
    (whole, key), target, chance = taken, tmp_path / "flipped.backup", random.Random(3)
    places = [0, len(container.MAGIC), len(container.MAGIC) + 9, len(whole) - 1]
    places += [chance.randrange(len(whole)) for _ in range(100 if LONG else 10)]
    for at in places:
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        target.write_bytes(flipped)
        with pytest.raises(CannotRestore):
            restore._unpack(target, key, tmp_path / f"at{at}")
    target.write_bytes(whole)  # and the file itself was good
    assert restore._unpack(target, key, tmp_path / "whole")["format"] == 1


def test_a_backup_cut_short_made_longer_or_put_in_another_order_is_noticed(
    taken: tuple[bytes, bytes], tmp_path: Path
):
    (whole, secret), target = taken, tmp_path / "wrong.backup"
    head, size = len(container.MAGIC) + 24, container.CHUNK + 16
    chunks = [whole[at : at + size] for at in range(head, len(whole), size)]
    assert len(chunks) > 2
    wrong = [whole[:at] for at in (0, 5, head, head + 20, head + size, head + 2 * size, len(whole) - 1)]
    wrong += [whole + b"x", whole + chunks[-1], whole[:head] + b"".join([chunks[1], chunks[0], *chunks[2:]])]
    wrong += [whole[:head] + b"".join([*chunks[:1], *chunks[2:]])]
    for number, content in enumerate(wrong):
        target.write_bytes(content)
        with pytest.raises(CannotRestore):
            restore._unpack(target, secret, tmp_path / str(number))


def test_a_refused_restore_changes_nothing(council: Place, key: Path, tmp_path: Path):
    target = back_up(council, key)
    whole, before = target.read_bytes(), content(council.folder)
    container.new_key(tmp_path / "other.key")
    said = council.homeward("restore", target, "--key", tmp_path / "other.key", "--replace", fails=True)
    assert "another one" in said
    assert "holds a record already" in council.homeward("restore", target, "--key", key, fails=True)
    target.write_bytes(whole[:2_000_000] + bytes([whole[2_000_000] ^ 1]) + whole[2_000_001:])
    said = council.homeward("restore", target, "--key", key, "--replace", fails=True)
    assert "changed or cut short" in said
    assert content(council.folder) == before
    assert CANARY in council.run(LOOK)["children"]


def test_a_backup_of_a_newer_homeward_is_refused(council: Place, key: Path):
    council.run(
        "from django.db import connection; from django.db.migrations.recorder import MigrationRecorder\n"
        "answer = MigrationRecorder(connection).record_applied('records', '9999_of_tomorrow')"
    )
    target = back_up(council, key)
    said = council.homeward("restore", target, "--key", key, "--replace", fails=True)
    assert "9999_of_tomorrow" in said and "newer Homeward" in said


def test_a_restore_waits_until_homeward_is_stopped(council: Place, key: Path):
    target = back_up(council, key)
    with council.start("-c", WRITES) as writing:
        assert writing.stdout is not None and writing.stdout.readline()
        said = council.homeward("restore", target, "--key", key, "--replace", fails=True)
        writing.send_signal(signal.SIGKILL)
    assert "Stop it" in said


def test_a_child_sealed_after_the_backup_is_sealed_after_the_restore(council: Place, key: Path):
    target = back_up(council, key)
    council.run(SEAL)
    council.homeward("restore", target, "--key", key, "--replace")
    assert council.run(SEALED) == [CANARY]


def test_an_older_database_put_in_place_by_hand_is_not_served_before_the_ledger_had_its_say(council: Place):
    if is_postgres():
        pytest.skip("a database file is put in place by hand on SQLite only")
    older = council.folder / "homeward.sqlite3"
    shutil.copy(older, council.folder / "older")
    council.run(SEAL)
    for end in ("", "-wal", "-shm"):
        Path(str(older) + end).unlink(missing_ok=True)
    (council.folder / "older").rename(older)
    ledger = council.folder / "keys" / "ledger.1.key"
    ledger.rename(ledger.with_suffix(".away"))
    with council.start("-c", "import homeward.config.wsgi") as served:
        _, err = served.communicate(timeout=120)
    assert served.returncode != 0 and "ledger.1.key" in err
    assert "ledger.1.key" in council.homeward("check", fails=True)
    ledger.with_suffix(".away").rename(ledger)
    with council.start("-c", "import homeward.config.wsgi") as served:
        _, err = served.communicate(timeout=120)
    assert served.returncode == 0, err
    assert council.run(SEALED) == [CANARY]


def test_without_the_ledger_or_the_keys_of_the_backup_nothing_is_restored(
    council: Place, another: Callable[[], Place], key: Path
):
    council.run(SEAL)
    target, other = back_up(council, key), another()
    assert "ledger.1.key" in other.homeward("restore", target, "--key", key, fails=True)
    with_keys(council, other)
    shutil.rmtree(other.folder / "ledger")
    assert "does not hold what it held" in other.homeward("restore", target, "--key", key, fails=True)
    other.homeward("restore", target, "--key", key, "--incomplete")
    assert other.run(SEALED) == [CANARY]
    assert "not in the ledger" in other.homeward("check", "--mend")
    assert "All is well" in other.homeward("check")


def erase(place: Place, public_id: str, *more: str) -> str:
    people = ("--asked-by", "ann@merton.example", "--agreed-by", "bo@merton.example")
    words = ("erase", "--child", public_id, *people, "--reason", "kept longer than the law asks", *more)
    return place.homeward(*words)


def test_an_erased_child_is_nowhere_in_the_data_folder_and_stays_erased(council: Place, key: Path):
    who = (
        f"from homeward.records.models import Child; answer = Child.objects.get(called='{CANARY}').public_id"
    )
    public_id = council.run(who)
    target = back_up(council, key)
    assert "Nothing was changed" in erase(council, public_id)
    if not is_postgres():
        assert any(CANARY.encode() in held for held in content(council.folder).values())
    assert "removed" in erase(council, public_id, "--for-good")
    for name, held in content(council.folder).items():
        for word in (CANARY, "ZQ77"):
            assert word.encode() not in held, name
    assert "All is well" in council.homeward("check")
    others = council.run(LOOK)["children"]
    assert others == ["Kai", "Ruby", "Theo"]
    council.homeward("restore", target, "--key", key, "--replace")
    assert council.run(LOOK)["children"] == others
    for name, held in content(council.folder).items():
        assert CANARY.encode() not in held, name


def test_a_backup_killed_at_any_moment_leaves_nothing_under_its_name(council: Place, key: Path):
    chance = random.Random(5)
    (council.folder / "files" / "large").write_bytes(os.urandom(1 << 20) * 60)
    target = key.parent / "killed.backup"
    part, cut = target.with_name("killed.backup.part"), 0
    for turn in range(300 if LONG else 4):
        with council.start("-m", "homeward", "backup", target, "--key", key) as writing:
            while not part.exists() and writing.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.6) if turn else 0)  # the first at once: machines differ
            writing.send_signal(signal.SIGKILL)
        if target.exists():  # it had ended: then it is whole
            assert "is whole" in council.homeward("restore", target, "--key", key, "--check")
            target.unlink()
        else:
            cut += 1
    assert cut
    back_up(council, key, "killed.backup")
    assert not list(council.folder.glob(".backup-*")) and not part.exists()


@pytest.mark.parametrize("broken", range(1, 12))
def test_an_exchange_broken_off_at_any_step_is_finished_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: int
):
    """The old record or the new one, whole: never some of both."""
    data, staging = tmp_path / "data", tmp_path / "data" / ".restore-beside-1"
    for folder, word in ((data, "old"), (staging / "new", "new")):
        (folder / "files").mkdir(parents=True)
        (folder / "uploads").mkdir()
        (folder / "homeward.sqlite3").write_text(word)
        (folder / "files" / word).write_text(word)
    for name in ("homeward.sqlite3-wal", "homeward.sqlite3-shm", "demonstration.json"):
        (data / name).write_text("old")
    renamed, real = 0, Path.rename

    def rename(path: Path, target: Path) -> Path:
        nonlocal renamed
        renamed += 1
        if renamed == broken:
            raise KeyboardInterrupt  # the machine stops
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    try:
        swap.decide(staging, data)
        swap.finish(data, {})
    except KeyboardInterrupt:
        swap.finish(data, {})
    shutil.rmtree(staging, ignore_errors=True)
    found = content(data)
    old = {f"homeward.sqlite3{end}": b"old" for end in ("", "-wal", "-shm")}
    old |= {"files/old": b"old", "demonstration.json": b"old"}
    assert found == (old if broken == 1 else {"homeward.sqlite3": b"new", "files/new": b"new"})


def test_a_key_is_never_written_over_and_only_this_account_reads_it(key: Path):
    with pytest.raises(Exception, match="never written over"):
        container.new_key(key)
    assert key.stat().st_mode & 0o077 == 0


def test_the_proof_of_a_database_sees_one_changed_cell(tmp_path: Path):
    from homeward.config.safekeeping.databases import prove_sqlite

    file = tmp_path / "one.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        made.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, called TEXT)")
        made.executemany("INSERT INTO child VALUES (?, ?)", [(1, "Theo"), (2, "Kai")])
    before = prove_sqlite(file)
    with sqlite3.connect(file) as changed:
        changed.execute("UPDATE child SET called = 'Kay' WHERE id = 2")
    assert prove_sqlite(file).tables["child"] != before.tables["child"]
    assert json.dumps(before.tables)
