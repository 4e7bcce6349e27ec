"""What all tests share: one Hypothesis profile, and marks that follow from what a test uses."""

import pytest
from hypothesis import settings

# The machine is shared and slow at times: a deadline would fail for that alone.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`browser` marks what opens a page; `data` what keeps facts, and so runs again on PostgreSQL."""
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        if "page" in uses:
            item.add_marker("browser")
        elif uses & DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("data")
