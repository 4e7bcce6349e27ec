"""The demonstration councils as made on one day, made once for all tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from homeward.demo.child import Child
from homeward.demo.councils import NAMES, Council
from homeward.demo.make import children, make

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def everyone() -> dict[str, list[Child]]:
    return {slug: children(slug, TODAY) for slug in NAMES}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Council]:
    folder: Path = tmp_path_factory.mktemp("demonstration")
    return make(folder, TODAY)


@pytest.fixture(params=list(NAMES))
def council(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lives(everyone: dict[str, list[Child]], council: str) -> list[Child]:
    return everyone[council]
