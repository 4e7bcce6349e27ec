"""A real browser on a live server, with the machine's own Chromium."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from tests.cast import Cast, assemble

# Playwright's synchronous API runs an event loop in this thread, and Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": found, "args": CHROMIUM}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def browser_context_args(
    browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    return {**browser_context_args, "java_script_enabled": request.param}


@pytest.fixture
def cast(transactional_db: None, live_server: Any, settings: Any) -> Iterator[Cast]:
    settings.DEMONSTRATION = lambda: True
    cache.clear()
    yield assemble()
    may_be_emptied()


def may_be_emptied() -> None:
    """The tables are emptied after a browser test, which the triggers would refuse; a flush writes them anew.

    A request that the page had begun when it was closed may still hold a table for a moment.
    """
    from homeward.records import triggers

    for tries_left in reversed(range(50)):
        try:
            triggers.drop()
            break
        except OperationalError:
            if not tries_left:
                raise
            time.sleep(0.1)


@pytest.fixture
def come_in(page: Any, cast: Cast, live_server: Any) -> Callable[[str, str], Any]:
    """Signs a person of the cast in through the page, and goes to an address."""

    def come(key: str, address: str) -> Any:
        page.goto(f"{live_server.url}/sign-in")
        page.get_by_role("button", name=f"Sign in as {cast.people[key].name}").click()
        page.goto(live_server.url + address)
        return page

    return come


@pytest.fixture
def accessible(request: pytest.FixtureRequest) -> Callable[[Any], None]:
    """Fails when axe finds anything; axe itself is JavaScript, so it looks only where that is on."""

    def check(page: Any) -> None:
        if "without JavaScript" in request.node.name:
            return
        from axe_playwright_python.sync_playwright import Axe

        page.wait_for_load_state()  # a click returns when the next page begins, before it has any content
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()

    return check
