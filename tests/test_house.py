"""Promises about the house itself: who may come in, where data may be touched, what is shipped."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from homeward.domain.events import KINDS
from homeward.domain.policy import COUNCILS, PACKS, load

HOUSE = Path(__file__).parents[1]
SOURCE = HOUSE / "src" / "homeward"
# What a stranger needs to sign in; each of these pages shows nothing but itself.
OPEN_TO_ALL = {
    "sign_in",
    "account_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "directory_sign_in",
    "directory_callback",
    "new_password",
}


def addresses() -> list[tuple[str, str]]:
    """Every named address of the site, with something in the place of each part that varies."""
    found: list[tuple[str, str]] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, prefix + str(pattern.pattern))
            elif not prefix.startswith("static"):
                path = re.sub(r"<int:\w+>", "1", prefix + str(pattern.pattern))
                path = re.sub(r"<uuid:\w+>", str(UUID(int=0)), path)
                found.append((pattern.name or "", "/" + re.sub(r"<(?:str:)?\w+>", "aaaaaaaaaaaa", path)))

    walk(get_resolver().url_patterns, "")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), addresses())
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_refuses_the_stranger(name: str, address: str, method: str) -> None:
    if name in OPEN_TO_ALL or name.startswith("health"):
        return
    answer = getattr(Client(), method)(address)
    if address.startswith("/api/"):
        assert answer.status_code in (401, 404), address
    elif name == "calendar":  # opened by the secret in the address, and by nothing else
        assert answer.status_code == {"get": 404, "post": 405}[method], address
    else:
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(reverse("sign_in")), address


@pytest.mark.parametrize("room", ["web", "api", "reports"])
def test_pages_reach_data_only_through_queries_and_operations(room: str) -> None:
    for file in (SOURCE / room).rglob("*.py"):
        assert not re.search(r"(?<!\bpdf)\.objects\b", file.read_text("utf-8")), file.name


def test_the_pages_carry_no_script_or_style_of_their_own() -> None:
    for file in (SOURCE / "web").rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=", text), file.name
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), file.name
        assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', text), file.name


def test_nothing_that_belongs_to_gov_uk_alone_is_shipped() -> None:
    for file in (SOURCE / "web" / "static").rglob("*"):
        if file.suffix in (".css", ".js", ".svg"):
            text = file.read_text("utf-8")
            for word in ("GDS Transport", "crown", "govuk-crest", "@font-face", "fonts/"):
                assert word.casefold() not in text.casefold(), f"{word} in {file.name}"


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_has_a_source_and_an_id_or_a_promise(pack: str) -> None:
    policy = load([pack])
    for rule in (*policy.rules, *policy.off):
        assert rule.source.document, rule.key
        assert rule.ids if pack == "england" else rule.promises, rule.key


def test_every_rule_has_a_worked_example() -> None:
    examples = {pack: (HOUSE / "tests" / "examples" / f"{pack}.toml").read_text("utf-8") for pack in PACKS}
    for pack in PACKS:
        for rule in load([pack]).rules:
            assert re.search(rf'"{rule.key}"', examples[pack]), f"{rule.key} has no example in {pack}.toml"


def test_every_kind_of_event_is_used() -> None:
    used = {
        kind
        for pack in ("england", *COUNCILS)
        for rule in load([pack]).rules
        for kind in (*rule.starts, *rule.met_by, *rule.ends, *rule.before)
    }
    code = "\n".join(
        file.read_text("utf-8")
        for folder in ("domain", "records", "intake", "web", "demo")
        for file in (SOURCE / folder).rglob("*.py")
        if (file.parent.name, file.name) != ("domain", "events.py")
    )
    unused = [kind for kind in KINDS if kind not in used and kind not in code]
    assert not unused, unused
