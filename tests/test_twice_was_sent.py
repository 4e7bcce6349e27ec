"""After the pages: the tests that twice.csv names did send their forms twice."""

from __future__ import annotations

import pytest
from tests import twice
from tests.pages.test_twice import SENT_BY


def test_what_the_list_names_was_sent_twice(request: pytest.FixtureRequest) -> None:
    ran = {getattr(item, "originalname", "") for item in request.session.items}
    missed = [f"{route}: {test}" for route, test in SENT_BY.items() if test in ran]
    missed = [line for line in missed if line.split(": ")[1] not in twice.SENT[line.split(": ")[0]]]
    assert not missed, "these tests send no such form with success"
