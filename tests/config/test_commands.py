"""Every command says what is wrong in one sentence and leaves nothing half-done."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from homeward.config import commands
from homeward.config.address import postgres
from homeward.config.cli import main
from homeward.config.folder import mark_as_demonstration
from homeward.config.today import pinned_today

ROOT = Path(__file__).parents[2]
NAMES = sorted(
    file.stem.rstrip("_").replace("_", "-")
    for file in Path(commands.__path__[0]).glob("*.py")
    if file.stem != "__init__"
)


def homeward(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "homeward", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "HOMEWARD_DATA": str(folder), **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


def add(
    folder: Path, email: str = "ann@slough.example", **environment: str
) -> subprocess.CompletedProcess[str]:
    words = ("person", "add", "--email", email, "--name", "Ann Lee", "--role", "iro", "--authority", "slough")
    return homeward(folder, *words, **environment)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert f"homeward {name}" in capsys.readouterr().out.partition("Example:")[2]


def test_a_command_asked_wrongly_ends_with_2_and_says_where_to_read_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["trakcer"])
    assert left.value.code == 2
    assert capsys.readouterr().err.strip().endswith("See homeward --help.")


def test_reading_only_the_first_line_is_no_error(tmp_path: Path) -> None:
    script = f"{sys.executable} -m homeward deadlines --policy slough --rules | head -1"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_person_is_added_on_an_empty_folder_and_only_this_account_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    ran = add(folder, "Ann@Slough.example", HOMEWARD_PASSWORD="five purple lanterns")
    assert ran.stdout.startswith("Ann Lee can sign in with ann@slough.example"), ran.stderr
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    # A council's record is never replaced by invented children.
    refused = homeward(folder, "demo")
    assert refused.returncode == 1
    assert "which is not replaced by a demonstration" in refused.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [({}, "HOMEWARD_PASSWORD"), ({"HOMEWARD_PASSWORD": "short"}, "too short")],
)
def test_a_person_without_a_good_password_is_not_added(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    ran = add(tmp_path, **environment)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_up_says_which_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = homeward(tmp_path, "up", HOMEWARD_PORT=port)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"Port {port}: ")


@pytest.mark.parametrize("port", ["0", "eighty", "70000"])
def test_up_says_what_a_port_is(tmp_path: Path, port: str) -> None:
    ran = homeward(tmp_path, "up", HOMEWARD_PORT=port)
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)


def test_a_database_address_is_read() -> None:
    found = postgres("postgres://ann:s%40t@db.example:6432/homeward?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "ann",
        "s@t",
        "db.example",
        "6432",
        "homeward",
    )
    assert found["OPTIONS"].items() >= {"options": "-c jit=off", "sslmode": "require"}.items()
    assert postgres("postgres:///name?host=/run/socket&user=ann")["HOST"] == "/run/socket"


@pytest.mark.parametrize("address", ["mysql://ann:secret@db/name", "postgres://ann:secret@db", "secret"])
def test_a_database_address_that_cannot_be_read_is_not_repeated(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        postgres(address)
    assert "secret" not in str(refused.value)


def test_a_person_is_told_of_the_second_factor_and_given_a_link_for_a_new_password(tmp_path: Path) -> None:
    ran = add(tmp_path, HOMEWARD_PASSWORD="five purple lanterns")
    assert "A second factor (an app or a passkey) is set up at the first sign-in." in ran.stdout
    words = ("person", "reset", "--email", "ann@slough.example", "--second-factor")
    ran = homeward(tmp_path, *words, HOMEWARD_HOSTS="homeward.slough.example")
    assert "https://homeward.slough.example/sign-in/new-password/" in ran.stdout
    assert "The second factor is set up anew" in ran.stdout
    nobody = homeward(tmp_path, "person", "reset", "--email", "bob@slough.example")
    assert (nobody.returncode, nobody.stderr) == (1, "Nobody who may sign in has this address.\n")


def test_a_person_of_the_council_s_directory_needs_no_password(tmp_path: Path) -> None:
    words = ("person", "add", "--email", "ann@slough.example", "--name", "Ann Lee", "--role", "iro")
    ran = homeward(tmp_path, *words, "--authority", "slough", "--no-password")
    assert ran.stdout.startswith("Ann Lee can sign in through the council's directory"), ran.stderr
    directory = {
        "HOMEWARD_OIDC_ISSUER": "https://login.example",
        "HOMEWARD_OIDC_CLIENT_ID": "homeward",
        "HOMEWARD_OIDC_CLIENT_SECRET": "secret",
    }
    ran = homeward(tmp_path, "person", "reset", "--email", "ann@slough.example", **directory)
    assert "has no password here" in ran.stdout
    assert "new-password" not in ran.stdout


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"HOMEWARD_OIDC_ISSUER": "http://login.example"}, "must begin with https://"),
        ({"HOMEWARD_OIDC_ISSUER": "https://login.example"}, "needs HOMEWARD_OIDC_CLIENT_ID"),
    ],
)
def test_half_a_directory_is_refused_in_one_sentence(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    ran = homeward(tmp_path, "check", **environment)
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert said in ran.stderr


def test_cookies_of_a_live_council_belong_to_its_host_alone(tmp_path: Path) -> None:
    script = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "HOMEWARD_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "homeward.config.settings",
        },
        capture_output=True,
        text=True,
    )
    assert ran.stdout == "__Host-homeward __Host-csrf True True\n", ran.stderr


def test_a_pinned_day_is_ignored_outside_a_demonstration_and_that_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_TODAY", "2020-01-01")
    monkeypatch.setenv("HOMEWARD_DATA", str(tmp_path))
    assert pinned_today() is pinned_today() is None
    assert capsys.readouterr().err == "HOMEWARD_TODAY is ignored: this folder holds no demonstration.\n"
    mark_as_demonstration(tmp_path, date(2026, 11, 25), 1)
    assert pinned_today() == date(2020, 1, 1)
    assert capsys.readouterr().err == ""
