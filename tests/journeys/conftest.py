"""A council that is walked through in a real browser, day by day: the day moves on between the steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from tests.browser.conftest import accessible, browser_type_launch_args, may_be_emptied
from tests.journeys.walking import Walk

__all__ = ["accessible", "browser_type_launch_args"]


@pytest.fixture
def walk(
    page: Any, transactional_db: None, live_server: Any, settings: Any, accessible: Any
) -> Iterator[Walk]:
    settings.DEMONSTRATION = lambda: True
    cache.clear()
    page.set_default_timeout(8_000)

    yield Walk(page, live_server.url, settings, accessible)
    may_be_emptied()
