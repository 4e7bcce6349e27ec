"""What every answer carries and what every address refuses, whoever asks: no address is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.cast import Cast
from tests.pages.conftest import Browser
from tests.pages.test_child_files import kept, place
from tests.test_house import addresses

from homeward.config import settings as shipped

SignedIn = Callable[[str], Client]
KEY = "k" * 24
UNSAFE = ("post", "put", "patch", "delete")


def everywhere(cast: Cast) -> Iterator[str]:
    """Every address, a child's with Maya in it."""
    for _, address in addresses():
        yield address.replace("aaaaaaaaaaaa", cast.children["Maya"].public_id)


def wrong_with(answer: HttpResponse, *, static: bool = False) -> list[str]:
    policy = answer.get("Content-Security-Policy", "")
    parts = {part.split()[0]: part for part in policy.split("; ") if part}
    rules = {
        "it may be kept by a cache": static or answer.get("Cache-Control") == "no-store",
        "its policy lets a script or style stand in it": policy and "unsafe" not in policy,
        "its policy lets it be framed": parts.get("frame-ancestors") == "frame-ancestors 'none'",
        "its policy lets something in": parts.get("default-src") == "default-src 'none'",
        "its policy lets an object in": parts.get("object-src") == "object-src 'none'",
        "its policy lets the base change": parts.get("base-uri") == "base-uri 'none'",
        "its policy names another site": "//" not in policy and "*" not in policy,
        "it may be framed": answer.get("X-Frame-Options") == "DENY",
        "its kind may be guessed": answer.get("X-Content-Type-Options") == "nosniff",
        "its address may be told": answer.get("Referrer-Policy") in ("same-origin", "no-referrer"),
        "an opener may hold it": answer.get("Cross-Origin-Opener-Policy") == "same-origin",
        "another site may hold it": answer.get("Cross-Origin-Resource-Policy") == "same-origin",
        "it may use the camera": "camera=()" in answer.get("Permissions-Policy", ""),
        "another site may read it": "Access-Control-Allow-Origin" not in answer,
        "it says what runs here": not {"Server", "X-Powered-By"} & set(answer.headers),
    }
    return [said for said, right in rules.items() if not right]


@pytest.mark.parametrize("who", ["", "amina", "marcia", "lindsay"])
def test_every_address_answers_with_every_header(cast: Cast, signed_in: SignedIn, who: str) -> None:
    client = signed_in(who) if who else Client()
    client.raise_request_exception = False
    for address in everywhere(cast):
        answer = client.get(address)
        assert not wrong_with(answer), f"{address} ({answer.status_code}): {wrong_with(answer)}"


def test_so_do_a_file_a_list_and_every_refusal(cast: Cast, signed_in: SignedIn, settings: Any) -> None:
    amina = signed_in("amina")
    amina.raise_request_exception = False
    stored = kept(cast, "Maya", field_set="voice")
    seen = {
        "file": amina.get(place(cast, "Maya", stored.pk)),
        "csv": amina.get("/tracker/export?format=csv"),
        "xlsx": amina.get("/tracker/export?format=xlsx"),
    }
    assert {answer.status_code for answer in seen.values()} == {200}
    amina.post("/tracker/views", {"name": "One", "query": "", "once": KEY})
    refused = {
        400: amina.post("/tracker/views", {"name": "One", "query": "", "once": ""}),
        403: Client(enforce_csrf_checks=True).post("/sign-in"),
        404: amina.get("/nowhere"),
        405: amina.get("/tracker/views"),
        422: amina.post("/tracker/views", {"name": "Two", "query": "", "once": KEY}),
    }
    for _ in range(61):
        refused[429] = amina.post("/children", {"q": "M"})
    settings.TODAY = lambda: {}["a day"]
    refused[500] = amina.get("/tracker")
    for status, answer in refused.items():
        assert answer.status_code == status
    for name, answer in (seen | refused).items():
        assert not wrong_with(answer), f"{name}: {wrong_with(answer)}"


def test_so_does_a_page_without_its_database_or_for_another_host(cast: Cast, signed_in: SignedIn) -> None:
    from django.db import connection

    amina = signed_in("amina")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_auditentry RENAME TO records_elsewhere")
    try:
        down = amina.get("/tracker")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE records_elsewhere RENAME TO records_auditentry")
    other = amina.get("/", headers={"host": "evil.example"})
    assert (down.status_code, other.status_code) == (503, 400)
    assert not wrong_with(down) and not wrong_with(other)


@pytest.mark.parametrize("name", ["homeward.css", "homeward.js", "mark.svg"])
def test_styles_and_scripts_may_be_kept_and_carry_the_rest(db: None, name: str) -> None:
    answer = Client().get(f"/static/homeward/{name}")
    assert answer.status_code == 200
    assert not wrong_with(answer, static=True)


def test_a_councils_cookies_go_to_this_host_alone_over_tls(cast: Cast, settings: Any) -> None:
    for name in dir(shipped):
        if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "SECURE_HSTS")):
            setattr(settings, name, getattr(shipped, name))
    client = Client()
    page = client.get("/sign-in", secure=True)
    client.post(
        "/sign-in", {"email": "amina@northmere.example", "password": "a long enough password"}, secure=True
    )
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert set(client.cookies) == {"__Host-homeward", "__Host-csrf"}
    for cookie in client.cookies.values():
        assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"]
        assert cookie["samesite"] in ("Lax", "Strict")
    assert not client.cookies["__Host-homeward"]["max-age"]  # it ends with the browser


def test_every_address_refuses_a_form_without_its_token(cast: Cast) -> None:
    """As signed in as can be: the cookie alone, which is all that another site could send, does nothing."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.people["marcia"])
    for address in everywhere(cast):
        for method in UNSAFE:
            status = getattr(client, method)(address, {"once": KEY}).status_code
            expected = (401, 404, 405) if address.startswith("/api/") else (403,)
            assert status in expected, f"{method} {address}: {status}"


CROSS = {"Sec-Fetch-Site": "cross-site"}
LINK = CROSS | {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def test_another_site_may_lead_here_by_a_link_and_do_nothing_else(cast: Cast, signed_in: SignedIn) -> None:
    amina = signed_in("amina")
    assert amina.get("/tracker", headers=LINK).status_code == 200
    assert amina.get("/tracker", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert amina.get("/tracker", headers={"Sec-Fetch-Site": "none"}).status_code == 200
    for said in (
        CROSS | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        CROSS | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        CROSS | {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        LINK | {"Sec-Fetch-Dest": "iframe"},
        LINK | {"Sec-Fetch-Dest": "object"},
        CROSS,
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ):
        answer = amina.get("/tracker", headers=said)
        assert answer.status_code == 403, said
        assert "Maya" not in answer.content.decode()
        assert not wrong_with(answer)
    assert amina.post("/children", {"q": "Maya"}, headers=LINK).status_code == 403


def test_the_way_back_from_the_councils_directory_is_such_a_link(db: None) -> None:
    """404 here because these tests have no directory; tests/sign_in walk the whole way."""
    assert Client().get("/sign-in/directory/back?code=a&state=b", headers=LINK).status_code == 404


def test_signing_out_and_a_session_that_ended_clear_what_the_browser_kept(
    cast: Cast, signed_in: SignedIn
) -> None:
    amina = signed_in("amina")
    assert amina.post("/sign-out")["Clear-Site-Data"] == '"cache", "storage"'
    amina = signed_in("amina")
    session = amina.session
    session["seen"] = session["began"] = 1.0
    session.save()
    assert amina.get("/tracker")["Clear-Site-Data"] == '"cache", "storage"'


ELSEWHERE = [
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https:///evil.example",
    "https:/evil.example",
    "https:evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\evil.example",
    " //evil.example",
    "\t//evil.example",
    "\n//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\x00//evil.example",
    "\x08//evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "file:///etc/passwd",
    "mailto:someone@evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://evil.example#testserver",
    "http://evil.example?testserver",
    "http://evil.example\\testserver",
    "//testserver@evil.example/",
    "//evil.example:80\\@testserver/",
    "http://[::1]@evil.example",
    "http://[evil.example",
    "//evil。example",
    "／／evil.example",
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nobody_is_led_to_another_site_after_signing_in_or_confirming(
    cast: Cast, signed_in: SignedIn, settings: Any, where: str
) -> None:
    form = {"email": "amina@northmere.example", "password": "a long enough password", "next": where}
    stays_here(Browser().post("/sign-in", form))
    settings.DEMONSTRATION = lambda: True
    stays_here(Browser().post("/sign-in", {"person": cast.people["amina"].pk, "next": where}))
    amina = signed_in("amina")
    stays_here(amina.post(f"/confirm?next={quote(where)}", {}))
    stays_here(amina.post("/confirm", {"next": where}))
    page = amina.get(f"/confirm?next={quote(where)}").content.decode()
    assert "evil.example" not in page
    stays_here(amina.post("/emergency", {"reference": "1"}, headers={"referer": where}), asks=True)


def stays_here(answer: HttpResponse, *, asks: bool = False) -> None:
    assert answer.status_code in ((302, 200, 400, 404) if asks else (302,)), answer.status_code
    where = answer.get("Location", "/")
    assert re.match(r"/(?![/\\])", where), where
    assert not re.search(r"next=(?!%2F(?!%2F|%5C))", where), where


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "testserver.evil.example",
        "testserver@evil.example",
        "testserver, evil.example",
        "testserver:80@evil.example",
        "testserver#evil.example",
        "[::1].evil.example",
        "<script>alert(1)</script>",
        "127.0.0.1.evil.example",
        "",
        "a" * 5000,
    ],
)
def test_only_the_names_that_the_council_gave_are_answered(
    cast: Cast, signed_in: SignedIn, host: str
) -> None:
    answer = signed_in("amina").get("/", headers={"host": host})
    assert answer.status_code == 400
    assert not host or host not in answer.content.decode()


def test_no_forwarded_name_is_believed(cast: Cast, signed_in: SignedIn) -> None:
    said = {"X-Forwarded-Host": "evil.example", "X-Host": "evil.example", "Forwarded": "host=evil.example"}
    lindsay = signed_in("lindsay")
    for address in ("/", "/people", f"/people/{cast.people['priya'].pk}"):
        assert "evil.example" not in lindsay.get(address, headers=said).content.decode()
    link = lindsay.post(f"/people/{cast.people['priya'].pk}/link", {}, headers=said, follow=True)
    assert "evil.example" not in link.content.decode()


def test_every_text_says_its_encoding(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("marcia")
    for address in everywhere(cast):
        answer = client.get(address)
        kind = answer.get("Content-Type", "")
        assert kind or not answer.content, address
        if kind.startswith("text/"):
            assert "charset=utf-8" in kind.lower(), f"{address}: {kind}"


@pytest.mark.parametrize(
    "address",
    ["/static/", "/static/homeward/", "/static/../settings.py", "/static/%2e%2e/%2e%2e/config/settings.py"],
)
def test_no_folder_is_listed_and_no_other_file_is_served(db: None, address: str) -> None:
    assert Client().get(address).status_code in (302, 404)


@pytest.mark.parametrize(
    "address", ["/.git/config", "/.env", "/homeward.sqlite3", "/pyproject.toml", "/admin/"]
)
def test_nothing_of_the_machine_is_served(cast: Cast, signed_in: SignedIn, address: str) -> None:
    assert signed_in("marcia").get(address).status_code == 404


def test_trace_gives_nothing_back(cast: Cast, signed_in: SignedIn) -> None:
    for address in ("/", "/sign-in", "/tracker"):
        answer = signed_in("amina").generic("TRACE", address, headers={"x-mine": "canary"})
        assert answer.status_code >= 400
        assert "canary" not in answer.content.decode()


def test_an_address_is_believed_only_from_the_councils_own_proxy(
    cast: Cast, signed_in: SignedIn, settings: Any
) -> None:
    from homeward.records.models import AuditEntry

    amina = signed_in("amina")

    def written(by: str, forwarded: str) -> str:
        amina.get("/tracker", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR=by)
        return AuditEntry.objects.latest("pk").ip

    settings.TRUSTED_PROXIES = {"10.0.0.1", "10.0.0.2"}
    assert written("192.0.2.7", "203.0.113.9") == "192.0.2.7"  # no proxy of ours: what it says is its own
    assert written("10.0.0.1", "203.0.113.9") == "203.0.113.9"
    assert written("10.0.0.1", "203.0.113.9, 198.51.100.4, 10.0.0.2") == "198.51.100.4"  # right to left


def test_a_password_is_typed_unseen_and_may_be_pasted(db: None) -> None:
    page = Client().get("/sign-in").content.decode()
    assert 'type="password" autocomplete="current-password"' in page
    assert "onpaste" not in page and 'autocomplete="off"' not in page


def test_a_session_has_a_key_that_cannot_be_guessed(cast: Cast, signed_in: SignedIn) -> None:
    keys = {signed_in("amina").session.session_key for _ in range(20)}
    assert len(keys) == 20
    assert all(re.fullmatch(r"[0-9a-z]{32}", key) for key in keys)  # 165 bits
