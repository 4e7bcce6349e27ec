"""Files are kept sealed, whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from tests.cast import NOW, Cast, assemble

from homeward.files.kinds import Accepted
from homeward.records import vault
from homeward.records.models import StoredFile
from homeward.records.operations import files

SECRET = b"Maya drew a house with a red door"
FILE = Accepted("text", SECRET, "txt")


@pytest.fixture
def cast(db: None, tmp_path: Path, settings) -> Cast:
    settings.DATA = tmp_path
    return assemble()


def on_disk() -> list[Path]:
    return [file for file in (Path(settings.DATA) / "files").rglob("*") if file.is_file()]


def long_ago(file: Path) -> None:
    os.utime(file, (time.time() - 7200,) * 2)


def test_a_file_is_sealed_on_the_disk_and_opens_again(cast: Cast) -> None:
    stored = files.store(
        FILE, cast.authority, cast.children["Maya"], cast.people["priya"], NOW, title="House"
    )
    assert [file.parent.name for file in on_disk()] == ["northmere"]
    kept = on_disk()[0]
    assert SECRET not in kept.read_bytes()
    assert b"Maya" not in kept.read_bytes()
    assert "Maya" not in str(kept)
    assert kept.stat().st_mode & 0o077 == 0
    assert files.read(StoredFile.objects.get(pk=stored.pk)) == SECRET


def test_a_file_that_was_changed_or_changed_places_does_not_open(cast: Cast) -> None:
    one = files.store(FILE, cast.authority, None, None, NOW)
    other = files.store(FILE, cast.authority, None, None, NOW)
    folder = Path(settings.DATA) / "files" / "northmere"
    (folder / one.name).write_bytes((folder / other.name).read_bytes())
    with pytest.raises(vault.CannotOpen):
        files.read(one)
    sealed = bytearray((folder / other.name).read_bytes())
    sealed[-1] ^= 1
    (folder / other.name).write_bytes(sealed)
    with pytest.raises(vault.CannotOpen):
        files.read(other)


def test_a_row_that_cannot_be_written_leaves_no_file(cast: Cast) -> None:
    with pytest.raises(Exception, match=r"NOT NULL|null value"), transaction.atomic():
        files.store(FILE, cast.authority, None, None, None)  # type: ignore[arg-type]
    assert on_disk() == []


def test_a_save_that_is_taken_back_leaves_a_file_that_is_swept_an_hour_later(cast: Cast) -> None:
    stay = files.store(FILE, cast.authority, None, None, NOW)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        files.store(FILE, cast.authority, None, None, NOW)
        raise ZeroDivisionError
    assert StoredFile.objects.count() == 1
    assert len(on_disk()) == 2
    assert files.left_over(NOW) == []  # it may be of a save that is going on
    for file in on_disk():
        long_ago(file)
    assert len(files.left_over(NOW)) == 1
    files.sweep(NOW)
    assert [file.name for file in on_disk()] == [stay.name]
    assert files.read(stay) == SECRET
    assert files.lost() == []


def test_a_removed_file_is_destroyed_after_ninety_days_and_its_row_stays(cast: Cast) -> None:
    stored = files.store(FILE, cast.authority, cast.children["Maya"], None, NOW, title="Maya’s house")
    files.remove(stored, cast.people["priya"], "It is about another child", NOW)
    long_ago(on_disk()[0])
    files.sweep(NOW + timedelta(days=90))
    assert len(on_disk()) == 1
    files.sweep(NOW + timedelta(days=91))
    assert on_disk() == []
    stored.refresh_from_db()
    assert (stored.title, stored.size, stored.reason) == ("", 0, "It is about another child")
    assert files.lost() == []


def test_a_lost_file_is_told(cast: Cast) -> None:
    stored = files.store(FILE, cast.authority, None, None, NOW)
    on_disk()[0].unlink()
    assert files.lost() == [stored]


def test_a_destroyed_file_is_gone_when_that_is_certain(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    stored = files.store(FILE, cast.authority, None, None, NOW)
    with django_capture_on_commit_callbacks(execute=True):
        files.destroy(stored)
        assert len(on_disk()) == 1
    assert on_disk() == []


STORING = """
import sys
from homeward.config.database import ready
ready()
from homeward.config.today import now
from homeward.files.kinds import Accepted
from homeward.records.models import Authority
from homeward.records.operations import files
place, _ = Authority.objects.get_or_create(slug="northmere", name="Northmere", pack="merton", demonstration=True)
print("ready", flush=True)
while True:
    files.store(Accepted("text", b"x" * 200_000, "txt"), place, None, None, now())
"""
CHECKING = """
import os, sys, time
from pathlib import Path
from homeward.config.database import ready
ready()
from homeward.config.today import now
from homeward.records.models import StoredFile
from homeward.records.operations import files
rows = list(StoredFile.objects.select_related("authority"))
assert rows and all(files.read(row) == b"x" * 200_000 for row in rows)
assert files.lost() == []
folder = Path(os.environ["HOMEWARD_DATA"]) / "files"
for file in folder.glob("*/*"):
    os.utime(file, (time.time() - 7200,) * 2)
files.sweep(now())
left = {file.name for file in folder.glob("*/*")}
assert left == {row.name for row in rows}, left
print(len(rows))
"""


@pytest.mark.parametrize("after", [0.05, 0.31])
def test_a_kill_while_files_are_saved_leaves_no_row_without_its_file(tmp_path: Path, after: float) -> None:
    env = os.environ | {"HOMEWARD_DATA": str(tmp_path), "PYTHONPATH": "src"}
    env |= {"DJANGO_SETTINGS_MODULE": "homeward.config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", STORING], env=env, stdout=subprocess.PIPE, text=True
    ) as saving:
        assert saving.stdout is not None
        assert saving.stdout.readline() == "ready\n"
        time.sleep(after + 0.3)
        saving.send_signal(signal.SIGKILL)
    done = subprocess.run(
        [sys.executable, "-c", CHECKING], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
