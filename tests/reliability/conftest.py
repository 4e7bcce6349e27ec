"""A council of four invented children in a data folder of its own, on the database that the tests run on."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.cast import BUNDLE

ROOT = Path(__file__).parents[2]
CANARY = "Zebulonia"  # the name of the child who is sealed or erased; no word of ours
FILES = {name: text.replace("N1,", "ZQ77,").replace("Maya", CANARY) for name, text in BUNDLE.items()}


@dataclass
class Place:
    """A data folder and its database; words are given to `homeward`, code to Python with Django ready."""

    folder: Path
    database: str = ""  # the name of a PostgreSQL database; "" for SQLite
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        own = {"PYTHONPATH": str(ROOT / "src"), "HOMEWARD_DATA": str(self.folder), **self.environment}
        if self.database:
            own["DATABASE_URL"] = address(self.database)
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "homeward.config.settings", **own}

    def start(self, *words: Any) -> subprocess.Popen[str]:
        command = [sys.executable, *map(str, words)]
        return subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def homeward(self, *words: Any, fails: bool = False) -> str:
        """What the command said; on its error output when it should fail."""
        with self.start("-m", "homeward", *words) as ran:
            out, err = ran.communicate(timeout=300)
        assert (ran.returncode != 0) is fails, out + err
        assert "Traceback" not in err, err
        return err if fails else out

    def run(self, code: str) -> Any:
        """The value of `answer` after the code ran with Django ready."""
        whole = "from homeward.config.database import ready; ready()\nimport json\n" + code
        with self.start("-c", whole + "\nprint(json.dumps(answer, default=str))") as ran:
            out, err = ran.communicate(timeout=300)
        assert ran.returncode == 0, err
        return json.loads(out)


def address(database: str) -> str:
    """Beside the tests' own database, by the same way in."""
    found: dict[str, Any] = settings.DATABASES["default"]
    return f"postgres://{found['USER']}@/{database}?host={found['HOST']}"


def on_postgres(*statements: str) -> None:
    import psycopg

    found: dict[str, Any] = settings.DATABASES["default"]
    with psycopg.connect(
        host=found["HOST"], user=found["USER"], dbname="template1", autocommit=True
    ) as connection:
        for statement in statements:
            connection.execute(statement)


def is_postgres() -> bool:
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]


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
