"""Many people at once: each reads, searches and records with pauses between, and every answer is timed.

python bench/load.py [PEOPLE] [SECONDS] [CHILDREN]      # PostgreSQL: set DATABASE_URL to an empty database

Each person signs in as a permanence lead of a council with CHILDREN in care, thinks for about five seconds
between pages (SECURITY R13), and does: a child's page 45 in 100, the tracker 25, Home 15, a search 10, a
visit recorded 5. Prints the number of answers, of errors, and the median and 95th percentile by page.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import write_returns
from importing import SOURCE, timed

PORT = 8399
THINK = 5.0
MIX = ("child",) * 45 + ("tracker",) * 25 + ("home",) * 15 + ("search",) * 10 + ("record",) * 5


def prepare(people: int, children: int, folder: Path) -> tuple[list[str], list[str]]:
    """A council with children, and a signed-in session for each person: (cookies, children's ids)."""
    with tempfile.TemporaryDirectory() as made:
        write_returns(children, Path(made))
        timed(["import", made, "--authority", "slough"], folder)
    os.environ |= {"HOMEWARD_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "homeward.config.settings"}
    from homeward.config.database import ready
    from homeward.config.folder import mark_as_demonstration
    from homeward.config.today import today

    mark_as_demonstration(folder, today(), 0)  # plain HTTP on this machine
    ready()
    from django.conf import settings
    from django.http import HttpRequest
    from django.test import Client

    from homeward.records.models import Authority, Child, Person, Role
    from homeward.web.sign_in.factor import was_checked

    authority = Authority.objects.get(slug="slough")
    cookies = []
    for number in range(people):
        person = Person.objects.create(email=f"lead{number}@bench.example", name=f"Lead {number}")
        Role.objects.create(person=person, authority=authority, key="permanence_lead")
        client = Client(HTTP_HOST="localhost")
        client.force_login(person)
        request = HttpRequest()
        request.user, request.session = person, client.session
        was_checked(request, "mfa")
        request.session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    ids = list(Child.objects.filter(standing__in_scope=True).values_list("public_id", flat=True)[:children])
    return cookies, ids


class Somebody(threading.Thread):
    """One person at work until the time is over."""

    def __init__(self, number: int, cookie: str, children: list[str], until: float) -> None:
        super().__init__()
        self.dice = random.Random(number)
        self.cookie, self.until = cookie, until
        self.children = self.dice.sample(children, 60)
        self.took: list[tuple[str, float]] = []
        self.errors: list[str] = []

    def run(self) -> None:
        time.sleep(self.dice.uniform(0, THINK))
        while time.monotonic() < self.until:
            what = self.dice.choice(MIX)
            getattr(self, f"_{what}")()
            time.sleep(self.dice.uniform(0.5, 1.5) * THINK)

    def _child(self) -> None:
        self._ask("child", f"/child/{self.dice.choice(self.children)}")

    def _tracker(self) -> None:
        self._ask("tracker", "/tracker")

    def _home(self) -> None:
        self._ask("home", "/")

    def _search(self) -> None:
        page = self._ask("children", "/children")
        self._send("search", "/children", page, {"q": self.dice.choice("ABCDEFG")})

    def _record(self) -> None:
        path = f"/child/{self.dice.choice(self.children)}/record?what=visit"
        page = self._ask("form", path)
        self._send("record", path, page, {"on": "2026-01-15"})

    def _send(self, what: str, path: str, page: str, typed: dict[str, str]) -> None:
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|once)" value="([^"]*)"', page))
        self._ask(what, path, urlencode(typed | hidden), good=302)

    def _ask(self, what: str, path: str, body: str = "", good: int = 200) -> str:
        began = time.perf_counter()
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST" if body else "GET", path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            if cookie := re.search(r"\bcsrf=[^;]+", answer.headers.get("Set-Cookie", "")):
                self.cookie = self.cookie.split("; csrf=")[0] + "; " + cookie[0]
        except (OSError, HTTPException) as error:
            self.errors.append(f"{what}: {type(error).__name__}")
            return ""
        self.took.append((what, (time.perf_counter() - began) * 1000))
        if answer.status != good:
            self.errors.append(f"{what}: {answer.status}")
        return text


def run(people: int, seconds: int, children: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cookies, ids = prepare(people, children, Path(folder))
        serving = subprocess.Popen(
            [sys.executable, "-m", "homeward", "up"],
            env=os.environ | {"HOMEWARD_PORT": str(PORT), "PYTHONPATH": str(SOURCE)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait()
            until = time.monotonic() + seconds
            everybody = [Somebody(number, cookie, ids, until) for number, cookie in enumerate(cookies)]
            for somebody in everybody:
                somebody.start()
            for somebody in everybody:
                somebody.join()
        finally:
            serving.terminate()
            serving.wait(20)
    took = [each for somebody in everybody for each in somebody.took]
    errors = [each for somebody in everybody for each in somebody.errors]
    print(f"{people} people, {seconds} s, {children} children: {len(took)} answers, {len(errors)} errors")
    for what in ("all", *sorted({name for name, _ in took})):
        times = sorted(ms for name, ms in took if what in ("all", name))
        p95 = times[int(len(times) * 0.95) - 1]
        print(f"  {what:9} median {statistics.median(times):6.0f} ms, 95th percentile {p95:6.0f} ms")
    for error in sorted(set(errors)):
        print(f"  {errors.count(error)} times {error}")


def _wait() -> None:
    for _ in range(240):
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/sign-in")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("Homeward did not start")


if __name__ == "__main__":
    asked = [int(text) for text in sys.argv[1:]]
    run(*(asked + [25, 60, 1000][len(asked) :]))
