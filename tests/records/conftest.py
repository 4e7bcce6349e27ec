"""The record's tests share the cast of the pages."""

from __future__ import annotations

import pytest
from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()
