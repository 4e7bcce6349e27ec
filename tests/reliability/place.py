"""A data folder with its database, beside the tests' own, in which Homeward runs as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
