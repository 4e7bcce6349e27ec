"""The database stopped hard and the disk full while people save: nothing is lost, half saved or pretended.

Each is run once more on a Homeward that answers as if all were well (broken.py) and must be noticed.
HOMEWARD_LONG=1 runs them for long; docs/security/reliability.md has the figures.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from tests.reliability.breaking import Cluster, Disk, a_cluster, a_disk, programs
from tests.reliability.council import Council, Writers, a_copy, in_demonstration
from tests.reliability.place import Place, is_postgres
from tests.reliability.served import Desk, Served

LONG = bool(os.environ.get("HOMEWARD_LONG"))
SAID = "Nothing was half saved"
only_on_postgres = pytest.mark.skipif(
    not is_postgres() or programs() is None, reason="a PostgreSQL of its own: with the tests on PostgreSQL"
)


# ---- PostgreSQL stopped hard ----


@pytest.fixture(scope="module")
def cluster(django_db_setup: None) -> Iterator[Cluster]:
    with a_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def apart(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Council:
    """The cast in that PostgreSQL; a test takes a copy."""
    place = in_demonstration(Place(tmp_path_factory.mktemp("apart") / "data"))
    place.folder.mkdir()
    place.environment["DATABASE_URL"] = cluster.address("seeded")
    council = Council(place, {})
    council.ids = council.ask("make")
    return council


def copied(apart: Council, cluster: Cluster, another: Callable[[], Place], more: str = "") -> Council:
    name = f"copy_{time.monotonic_ns()}"
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE seeded OWNER council {more}")
    place = in_demonstration(replace(another(), database=""))
    shutil.copytree(apart.place.folder, place.folder, dirs_exist_ok=True)
    place.environment["DATABASE_URL"] = cluster.address(name)
    return Council(place, apart.ids)


def stop_while_saving(council: Council, cluster: Cluster, broken: str, times: int) -> list[str]:
    chance = random.Random(6)
    with Served(council.place, broken) as served:
        writers = Writers(council, served)

        def disturb() -> None:
            for _ in range(times):
                writers.saves(3)
                time.sleep(chance.uniform(0, 0.2))
                cluster.stop_hard()
                time.sleep(chance.uniform(0, 0.5))
                cluster.start()
            writers.saves(3)

        wrong = writers.while_at_work(disturb)
    return wrong + [
        f"{writers.met[status]} were answered {status}" for status in ("500",) if writers.met[status]
    ]


@only_on_postgres
def test_what_was_saved_before_the_database_stopped_is_there_whole_and_once(apart, cluster, another):
    council = copied(apart, cluster, another)
    assert stop_while_saving(council, cluster, "", 200 if LONG else 3) == []


@only_on_postgres
def test_the_harness_notices_answers_given_without_the_database(apart, cluster, another):
    wrong = stop_while_saving(copied(apart, cluster, another), cluster, "answer", 3)
    assert any("is lost" in line for line in wrong)


# ---- The disk is full ----


def fill_while_saving(council: Council, disk: Disk, broken: str, times: int) -> list[str]:
    wrong: list[str] = []
    with Served(council.place, broken) as served:
        writers = Writers(council, served)
        desk = council.desk(served, "priya")

        def disturb() -> None:
            for _ in range(times):
                writers.saves(3)
                disk.fill()
                if broken:
                    time.sleep(2)
                else:
                    writers.stand_still()
                    wrong.extend(_answers_when_full(council, desk))
                disk.make_room()
            writers.saves(3)
            if not broken and (status := _tries_again(council, desk)) != 302:
                wrong.append(f"With room again a picture is answered {status}")

        wrong += writers.while_at_work(disturb)
    wrong += [f"{writers.met['500']} were answered 500"] if writers.met["500"] else []
    wrong += [] if broken or writers.met["503"] else ["The disk was never full"]
    return wrong + council.ask("files")


def _tries_again(council: Council, desk: Desk) -> int:
    """Adds a picture as the answer asks of a person: again, until a database that starts anew has started."""
    for _ in range(20):
        if (status := _adds_a_picture(council, desk).status) != 503:
            break
        time.sleep(1)
    return status


def _answers_when_full(council: Council, desk: Desk) -> Iterator[str]:
    """What fits into room that the database holds already may still be done, the rest is said clearly."""
    for what, done, answer in (
        ("a page", 200, desk.get(council.child("Maya"))),
        ("a picture", 302, _adds_a_picture(council, desk)),
    ):
        if answer.status != done and not (answer.status == 503 and SAID in answer.text):
            yield f"{what} is answered {answer.status} by a full disk"


def _adds_a_picture(council: Council, desk: Desk):
    picture = BytesIO()
    Image.frombytes("RGB", (300, 300), random.Random(1).randbytes(270_000)).save(picture, "PNG")
    picture.seek(0)
    picture.name = "drawing.png"
    return desk.post(
        council.child("Maya", "/files/add"),
        {"file": picture, "title": "A drawing", "about": "voice", "confirm": "1"},
    )


@pytest.fixture
def small_disk() -> Iterator[Disk]:
    with a_disk(64, "postgres" if is_postgres() else "") as disk:
        if disk is None:
            pytest.skip("only root may mount a small disk here")
        yield disk


@pytest.fixture
def on_the_disk(request: pytest.FixtureRequest, small_disk: Disk, another: Callable[[], Place]) -> Council:
    """A council whose database lies on the small disk; on SQLite the whole data folder does."""
    if is_postgres():
        cluster: Cluster = request.getfixturevalue("cluster")
        name = f"small_{time.monotonic_ns()}"
        cluster.sql(f"CREATE TABLESPACE {name} LOCATION '{small_disk.folder}'")
        return copied(request.getfixturevalue("apart"), cluster, another, f"TABLESPACE {name}")
    seeded: Council = request.getfixturevalue("seeded")
    return a_copy(seeded, replace(another(), folder=small_disk.folder / "data"))


def test_a_full_disk_is_said_clearly_and_leaves_nothing_half_saved(on_the_disk: Council, small_disk: Disk):
    assert fill_while_saving(on_the_disk, small_disk, "", 30 if LONG else 2) == []


def test_the_harness_notices_answers_that_pretend_a_full_disk_kept_it(on_the_disk: Council, small_disk: Disk):
    assert any("is lost" in line for line in fill_while_saving(on_the_disk, small_disk, "answer", 1))
