"""Homeward does not start on a database that may lose what it kept, or that locks nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from homeward.config import checks

postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")


def found() -> set[str]:
    return {risk for risk, _ in checks.risks(connection)}


def put(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@postgresql_only
def test_a_postgresql_that_may_lose_a_save_is_refused(db: None, settings) -> None:
    put("SET synchronous_commit = off")
    try:
        assert "synchronous_commit" in found()
        with pytest.raises(ImproperlyConfigured, match="set synchronous_commit = on"):
            checks.refuse_unsafe()
    finally:
        put("SET synchronous_commit = on")
    assert found() <= {"fsync"}
    checks.refuse_unsafe()
    if found():  # as ./test starts it
        settings.DATABASE_RISKS = frozenset()
        with pytest.raises(ImproperlyConfigured, match="a power cut may destroy the record: set fsync = on"):
            checks.refuse_unsafe()


@postgresql_only
def test_a_superuser_is_refused(db: None) -> None:
    """Asked on a second connection, as whoever the tests were given."""
    given = connection.settings_dict["TEST"].get("GIVEN_USER")
    if given is None:
        pytest.skip("the tests were given an ordinary role")
    other = connection.copy()
    other.settings_dict = {**connection.settings_dict, "USER": given}
    try:
        told = dict(checks.risks(other))
        assert "whom no row-level security binds" in told["superuser"]
    finally:
        other.close()


@pytest.mark.parametrize(
    "host, sslmode, safe",
    [
        ("", "", True),
        ("/var/run/postgresql", "", True),
        ("127.0.0.1", "", True),
        ("::1", "", True),
        ("localhost", "prefer", True),
        ("db.council.example", "verify-full", True),
        ("db.council.example", "", False),
        ("db.council.example", "require", False),
        ("10.0.0.5", "verify-ca", False),
        ("localhost.example", "", False),
    ],
)
def test_over_a_network_the_server_must_prove_its_name(host: str, sslmode: str, safe: bool) -> None:
    assert [risk for risk, _ in checks.transport(host, sslmode)] == ([] if safe else ["tls"])


@sqlite_only
@pytest.mark.parametrize(
    "risk, harm, mended",
    [
        ("synchronous", "PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"),
        ("foreign_keys", "PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_sqlite_that_may_lose_a_save_is_refused(risk: str, harm: str, mended: str) -> None:
    assert found() <= {"journal_mode"}
    put(harm)
    try:
        assert risk in found()
        with pytest.raises(ImproperlyConfigured, match=risk):
            checks.refuse_unsafe()
    finally:
        put(mended)


def test_a_data_folder_of_one_s_own_is_safe(tmp_path: Path) -> None:
    """The settings that a council runs with, on a file."""
    import subprocess
    import sys

    told = (
        "from homeward.config.database import ready; ready(); from django.db import connection; "
        "from homeward.config import checks; print(list(checks.risks(connection)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", told],
        env={
            **{key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
            "PYTHONPATH": str(root / "src"),
            "HOMEWARD_DATA": str(tmp_path),
        },
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "[]", done.stderr
