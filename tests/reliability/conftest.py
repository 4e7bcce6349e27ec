"""Councils of a few invented children in data folders of their own, on the database that the tests run on."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.reliability.council import Council, in_demonstration
from tests.reliability.place import FILES, Place, is_postgres, on_postgres


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Council]:
    """The cast in a demonstration; made once, a test takes a copy (a_copy)."""
    root = tmp_path_factory.mktemp("writes")
    place = in_demonstration(Place(root / "data", "reliability_writes" if is_postgres() else ""))
    place.folder.mkdir()
    if place.database:
        on_postgres("DROP DATABASE IF EXISTS reliability_writes", "CREATE DATABASE reliability_writes")
    council = Council(place, {})
    council.ids = council.ask("make")
    yield council
    if place.database:
        on_postgres("DROP DATABASE reliability_writes")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Made once for a module; a test takes a copy."""
    root = tmp_path_factory.mktemp("council")
    place = Place(root / "data", f"reliability_{secrets.token_hex(4)}" if is_postgres() else "")
    place.folder.mkdir()
    if place.database:
        on_postgres(f"CREATE DATABASE {place.database}")
    (root / "bundle").mkdir()
    for name, text in FILES.items():
        (root / "bundle" / name).write_text(text)
    place.homeward("import", root / "bundle", "--authority", "merton")
    place.environment["HOMEWARD_PASSWORD"] = "five purple lanterns"
    for email, role in (("ann", "iro"), ("bo", "head_of_service")):
        words = ("--email", f"{email}@merton.example", "--name", email, "--role", role)
        place.homeward("person", "add", *words, "--authority", "merton")
    (place.folder / "files" / "ab").mkdir(parents=True)
    (place.folder / "files" / "ab" / "one").write_bytes(secrets.token_bytes(3_000_000))
    yield place
    if place.database:
        on_postgres(f"DROP DATABASE {place.database}")


@pytest.fixture
def another(db: None, tmp_path: Path) -> Iterator[Callable[[], Place]]:
    """Makes places that hold nothing yet."""
    names: list[str] = []

    def empty() -> Place:
        name = f"reliability_{secrets.token_hex(4)}" if is_postgres() else ""
        if name:
            on_postgres(f"CREATE DATABASE {name}")
            names.append(name)
        return Place(tmp_path / secrets.token_hex(3), name)

    yield empty
    for name in names:
        on_postgres(*(f"DROP DATABASE IF EXISTS {name}{end}" for end in ("", "_restoring", "_replaced")))


@pytest.fixture
def council(made: Place, another: Callable[[], Place]) -> Place:
    place = another()
    shutil.copytree(made.folder, place.folder)
    if place.database:
        on_postgres(
            f"DROP DATABASE {place.database}", f"CREATE DATABASE {place.database} TEMPLATE {made.database}"
        )
    return place


@pytest.fixture
def key(tmp_path: Path) -> Path:
    from homeward.config.safekeeping.container import new_key

    new_key(tmp_path / "backup.key")
    return tmp_path / "backup.key"
