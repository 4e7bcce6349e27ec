"""Any text in any field of any form: it is refused in a sentence or has its effect, and is never an error.

The forms are those that the pages show: followed by links from Home, as three people who may do most.
In short every form is sent three times with what has broken forms before; HOMEWARD_LONG=1 lets Hypothesis try
300 a form.
"""

from __future__ import annotations

import os
import secrets
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, Cast, share, with_agency

from homeward.records.models import DatedEvent, Exclusion, Notice
from homeward.records.operations.actions import agree_action

LONG = bool(os.environ.get("HOMEWARD_LONG"))
WHO = ("marcia", "lindsay", "helen")
PAGES = 1  # of each address: a child like any other shows nothing new
# What has broken forms before: no number, too large a number, no day, another script, what HTML means.
ODD = [
    *("", " ", "0", "-1", "9" * 30, "1e999", "NaN", "٣", "true", "\x00", "a\x00b", "\r\n", "\ufeff", "😀"),
    *("0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "-2026-01-01", "24:60", "00:00:00.0000001"),
    *("<script>", "{{ 7*7 }}", "%s%n", "' OR 1=1 --", "../../etc/passwd", "N1", "x" * 5000, "2026-11-25"),
]
TEXT = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))


class Shown(NamedTuple):
    """A form as a page shows it: who is shown it, where it goes, and what can be filled in."""

    who: str
    path: str
    fields: tuple[str, ...]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, list[str]]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href", "").startswith(("/", "?")):
            self.links.append(said["href"])
        elif tag == "form":
            self._open = said.get("method", "").lower() == "post"
            if self._open:
                self.forms.append((said.get("action", ""), []))
        elif self._open and tag in ("input", "textarea", "select", "button") and said.get("name"):
            self.forms[-1][1].append(said["name"])

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"


@pytest.fixture
def work(cast: Cast) -> Cast:
    """Something of each sort that shows a form of its own."""
    with_agency(cast)
    share(cast, "history", child="Maya")
    maya, priya = cast.children["Maya"], cast.people["priya"]
    Exclusion.objects.create(
        child=maya, person=cast.people["lindsay"], reason="An aunt", made_by=priya, made_at=NOW
    )
    Notice.objects.create(authority=cast.authority, role="head_of_service", kind="restricted", at=NOW)
    agree_action(
        maya, "Ask the school", owner=priya, by_on=NOW.date(), on=NOW.date(), by=cast.people["helen"], now=NOW
    )
    return cast


def route_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def forms_shown(who: str, client: Client) -> dict[tuple[str, tuple[str, ...]], Shown]:
    found: dict[tuple[str, tuple[str, ...]], Shown] = {}
    ahead, seen, pages = ["/"], {"/"}, dict[str, int]()
    while ahead:
        path = ahead.pop(0)
        route = route_of(path)
        pages[route] = pages.get(route, 0) + 1
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
            continue
        page = Reader()
        page.feed(answer.content.decode())
        for action, names in page.forms:
            at = urljoin(path, action) if action else path
            fields = tuple(sorted(set(names) - {"csrfmiddlewaretoken", "once"}))
            if route_of(at) not in ("sign_out", "role"):
                found.setdefault((route_of(at), fields), Shown(who, at, fields))
        for link in page.links:
            to = urljoin(path, link).split("#")[0]
            if to not in seen and pages.get(route_of(to), 0) < PAGES and route_of(to):
                seen.add(to)
                ahead.append(to)
    return found


def test_any_text_in_any_form_is_refused_in_a_sentence_or_has_its_effect(work: Cast, signed_in) -> None:
    shown: dict[tuple[str, tuple[str, ...]], Shown] = {}
    clients = {who: signed_in(who) for who in WHO}
    for who, client in clients.items():
        shown = forms_shown(who, client) | shown
    assert len({route for route, _ in shown}) >= 40, sorted({route for route, _ in shown})
    wrong: list[str] = []
    for form in shown.values():
        wrong += tried(form, clients[form.who])
    assert not wrong, "\n".join(wrong[:20])


def tried(form: Shown, client: Client) -> list[str]:
    wrong: dict[str, str] = {}
    client.raise_request_exception = False

    def send(typed: dict[str, str]) -> None:
        with transaction.atomic():
            answer = Client.post(client, form.path, typed | {"once": secrets.token_urlsafe(18)})
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            wrong.setdefault(error_of(answer), f"{form.path} as {form.who}: {typed!r:.300}")

    for turn in range(3):
        send({name: ODD[(turn * 11 + place * 7) % len(ODD)] for place, name in enumerate(form.fields)})
    if LONG:
        anything = st.fixed_dictionaries({}, optional=dict.fromkeys(form.fields, TEXT))
        settings(max_examples=300, deadline=None)(given(anything)(send))()
    return [f"{error} at {where}" for error, where in wrong.items()]


def error_of(answer: Any) -> str:
    kind = answer.exc_info[0].__name__ if getattr(answer, "exc_info", None) else "an error"
    return f"{answer.status_code} ({kind})"


@settings(max_examples=200 if LONG else 8, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120))
def test_what_was_typed_is_what_is_kept(work: Cast, signed_in, typed: str) -> None:
    place = f"/child/{work.children['Maya'].public_id}/record?what=event"
    sent = {"kind": "life_story_work_started", "on": "2026-11-24", "detail": typed}
    with transaction.atomic():
        answer = signed_in("priya").post(place, sent)
        if answer.status_code == 302:
            assert DatedEvent.current.latest("pk").detail == typed.strip()
        else:
            assert answer.status_code == 400 and "There is a problem" in answer.content.decode()
        transaction.set_rollback(True)
