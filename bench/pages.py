"""Times pages for a signed-in permanence lead: the tracker of 1,000 children and a child's page.

python bench/pages.py [CHILDREN]
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import AS_AT, write_returns
from importing import timed

REPEATS = 9
HOMES = ("permanence_lead", "head_of_service", "iro", "agency_decision_maker", "performance_analyst", "legal")
LEAD = "lead@bench.example"
ADD = f"person add --email {LEAD} --name Lead --role permanence_lead --authority slough"


def measure(children: int) -> dict[str, tuple[float, int]]:
    """For each page its median server time in milliseconds and its number of queries."""
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as folder:
        write_returns(children, Path(made))
        timed(["import", made, "--authority", "slough"], Path(folder))
        timed(ADD.split(), Path(folder))
        os.environ |= {"HOMEWARD_DATA": folder, "DJANGO_SETTINGS_MODULE": "homeward.config.settings"}
        return _pages()


def signed_in() -> Any:
    """A browser in which the lead has signed in and confirmed the second step."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.http import HttpRequest
    from django.test import Client

    from homeward.web.sign_in.factor import was_checked

    client = Client(HTTP_HOST="localhost")
    lead = get_user_model().objects.get(email=LEAD)
    client.force_login(lead)
    request = HttpRequest()
    request.user, request.session = lead, client.session
    was_checked(request, "mfa")
    request.session.save()
    return client


def _pages() -> dict[str, tuple[float, int]]:
    client = signed_in()
    from django.urls import reverse

    tracker = f"{reverse('tracker')}?as_at={AS_AT.isoformat()}"
    page = client.get(reverse("tracker"), follow=True).content.decode()
    child = re.search(r'href="(/child/[\w-]+)"', page)
    found = {"tracker": _timed(client, reverse("tracker")), "tracker as at": _timed(client, tracker)}
    found["delay on oversight"] = _timed(client, reverse("oversight_delay"))
    found["children behind a figure"] = _timed(client, f"{reverse('oversight_delay_children')}?now=1")
    if child:
        found["child"] = _timed(client, child[1])
        found["what holds a child up"] = _timed(client, f"{child[1]}/delay")
    return found | _homes(client)


def _homes(client: object) -> dict[str, tuple[float, int]]:
    """The first page of each role that sees the whole council, held by the same person in turn."""
    from homeward.records.models import Role

    found = {}
    for role in HOMES:
        Role.objects.filter(person__email=LEAD).update(key=role)
        found[f"home, {role.replace('_', ' ')}"] = _timed(client, "/")
    return found


def _timed(client: object, url: str) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        ask(client, url)
    number = len(queries)  # the next request clears the list
    return statistics.median(ask(client, url) for _ in range(REPEATS)), number


def ask(client: object, url: str) -> float:
    began = time.perf_counter()
    answer = client.get(url)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    for name, (milliseconds, queries) in measure(size).items():
        print(f"{name}: median {milliseconds:.0f} ms, {queries} queries, {size:,} children in care")
