"""Signing in through the council's directory, against an OpenID provider that really runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from tests.cast import TODAY, Cast
from tests.pages.conftest import Browser
from tests.sign_in.provider import CLIENT, SECRET, Provider

from homeward.records.models import GroupRole, Person, Role

MANAGERS, LEADS = "0f1c7a52-5a1b-4b0e-9c59-000000000001", "0f1c7a52-5a1b-4b0e-9c59-000000000002"


@pytest.fixture
def provider(settings: Any, cast: Cast) -> Iterator[Provider]:
    made = Provider()
    settings.DIRECTORY = {
        "issuer": made.issuer,
        "client_id": CLIENT,
        "secret": SECRET,
        "name": "Northmere",
        "emails": "verified",
    }
    GroupRole.objects.create(authority=cast.authority, group=MANAGERS, key="team_manager")
    GroupRole.objects.create(authority=cast.authority, group=LEADS, key="permanence_lead")
    yield made
    made.close()


@pytest.fixture
def nadia(cast: Cast, provider: Provider) -> Person:
    """Added by the system manager without a password; the directory knows her and gives her two groups."""
    person = Person(email="nadia@northmere.example", name="Nadia Rahman")
    person.set_unusable_password()
    person.save()
    provider.who = {
        "sub": "s-1",
        "email": "Nadia@northmere.example",
        "email_verified": True,
        "groups": [MANAGERS, LEADS],
        "amr": ["pwd", "mfa"],
    }
    return person


def come_through(browser: Client, address: str = "/sign-in/directory") -> Any:
    """Follows the way there and back: browser to provider, provider to browser, Homeward to provider."""
    away = browser.get(address)["Location"]
    back = requests.get(away, allow_redirects=False, timeout=10).headers["Location"]
    at = urlsplit(back)
    return browser.get(f"{at.path}?{at.query}")


def refused(answer: Any) -> bool:
    return answer.status_code == 403 and "You could not be signed in" in answer.content.decode()


def test_a_person_comes_in_with_the_roles_of_their_groups(nadia: Person, provider: Provider) -> None:
    browser = Browser()
    assert "Sign in with Northmere" in browser.get("/sign-in").content.decode()
    assert come_through(browser, "/sign-in/directory?next=/tracker")["Location"] == "/tracker"
    assert browser.get("/tracker").status_code == 200
    held = {(role.key, role.group, role.started_on) for role in nadia.roles.all()}
    assert held == {("team_manager", MANAGERS, TODAY), ("permanence_lead", LEADS, TODAY)}
    assert SocialAccount.objects.get().uid == "s-1"
    kept = str(SocialAccount.objects.get().extra_data).casefold()
    assert "nadia" not in kept, "no name and no address of the token is kept"
    asked = provider.asked[0]
    assert {"openid", "email"} <= set(asked["scope"].split())
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) >= 24


def test_behind_a_proxy_the_way_back_is_https(nadia: Person, provider: Provider, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    away = parse_qs(urlsplit(Browser().get("/sign-in/directory")["Location"]).query)
    assert away["redirect_uri"] == ["https://testserver/sign-in/directory/back"]


def test_afterwards_the_subject_counts_and_not_the_address(nadia: Person, provider: Provider) -> None:
    come_through(Browser())
    provider.who["email"] = "married.name@northmere.example"
    browser = Browser()
    come_through(browser)
    assert browser.session["_auth_user_id"] == str(nadia.pk)


def test_another_subject_with_the_same_address_does_not_take_the_account(
    nadia: Person, provider: Provider
) -> None:
    come_through(Browser())
    provider.who["sub"] = "s-2"
    assert refused(come_through(Browser()))


@pytest.mark.parametrize("email", ["priya@northmere.example", "nobody@northmere.example", ""])
def test_an_address_never_takes_over_an_account_with_a_password_or_makes_one(
    nadia: Person, provider: Provider, email: str
) -> None:
    Person.objects.update(is_demonstration=False)
    before = Person.objects.count()
    provider.who["email"] = email
    assert refused(come_through(Browser()))
    assert (Person.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_address_that_the_directory_does_not_vouch_for_links_nobody(
    nadia: Person, provider: Provider, settings: Any
) -> None:
    del provider.who["email_verified"]
    assert refused(come_through(Browser()))
    settings.DIRECTORY = settings.DIRECTORY | {"emails": "council"}
    assert come_through(Browser()).status_code == 302


def another_key(provider: Provider) -> None:
    provider.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def spoil(**claims: Any) -> Callable[[Provider], None]:
    def spoiled(provider: Provider) -> None:
        provider.spoil = lambda token: token.update(claims)

    return spoiled


@pytest.mark.parametrize(
    "wrong",
    [
        spoil(nonce="of another browser"),
        spoil(nonce=None),
        spoil(nonce=""),
        spoil(aud="another application"),
        spoil(iss="https://login.example"),
        spoil(exp=int(time.time()) - 60),
        spoil(sub=""),
        another_key,
        lambda provider: setattr(provider, "issuer", "http://127.0.0.1:1"),
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    nadia: Person, provider: Provider, wrong: Callable[[Provider], None]
) -> None:
    browser = Browser()
    away = browser.get("/sign-in/directory")["Location"]
    wrong(provider)
    at = urlsplit(requests.get(away, allow_redirects=False, timeout=10).headers["Location"])
    assert refused(browser.get(f"{at.path}?{at.query}"))
    assert "_auth_user_id" not in browser.session


def test_a_code_of_one_browser_is_no_use_in_another(nadia: Person, provider: Provider) -> None:
    """State: a link with a code, sent to somebody else, signs nobody in."""
    mine, theirs = Browser(), Browser()
    away = mine.get("/sign-in/directory")["Location"]
    at = urlsplit(requests.get(away, allow_redirects=False, timeout=10).headers["Location"])
    theirs.get("/sign-in/directory")
    assert refused(theirs.get(f"{at.path}?{at.query}"))
    assert refused(theirs.get(f"{at.path}?code={parse_qs(at.query)['code'][0]}"))
    assert refused(theirs.get(f"{at.path}?error=access_denied&state=x"))
    assert mine.get(f"{at.path}?{at.query}").status_code == 302
    assert refused(mine.get(f"{at.path}?{at.query}")), "a state holds once"


def test_who_holds_no_role_does_not_come_in(nadia: Person, provider: Provider) -> None:
    provider.who["groups"] = ["another group"]
    assert refused(come_through(Browser()))
    del provider.who["groups"]
    assert refused(come_through(Browser()))


def test_leaving_a_group_ends_the_role_and_every_session(
    nadia: Person, provider: Provider, cast: Cast
) -> None:
    Role.objects.create(person=nadia, authority=cast.authority, key="iro")  # given by hand: it stays
    first = Browser()
    come_through(first)
    provider.who["groups"] = [LEADS]
    second = Browser()
    come_through(second)
    assert first.get("/")["Location"].startswith("/sign-in")
    assert second.get("/").status_code == 200
    ended = nadia.roles.get(key="team_manager")
    assert ended.ended_on < TODAY
    assert nadia.roles.get(key="iro").ended_on is None
    provider.who["groups"] = [LEADS, MANAGERS]
    come_through(Browser())
    assert nadia.roles.get(key="team_manager").ended_on is None


def test_too_many_groups_are_not_taken_for_none(nadia: Person, provider: Provider) -> None:
    come_through(Browser())
    del provider.who["groups"]
    provider.who["_claim_names"] = {"groups": "src1"}
    assert refused(come_through(Browser()))
    assert nadia.roles.filter(ended_on=None).count() == 2


def test_a_leaver_is_refused_although_the_directory_lets_them_in(nadia: Person, provider: Provider) -> None:
    come_through(Browser())
    Person.objects.filter(pk=nadia.pk).update(left_on=TODAY)
    assert refused(come_through(Browser()))


def test_without_the_directory_s_second_factor_ours_is_asked(nadia: Person, provider: Provider) -> None:
    provider.who["amr"] = ["pwd"]
    browser = Browser()
    come_through(browser)
    assert browser.get("/tracker")["Location"] == "/your-sign-in/second-factor"


def test_confirming_goes_to_the_directory_which_asks_anew(nadia: Person, provider: Provider) -> None:
    browser = Browser()
    provider.spoil = lambda token: token.update(auth_time=int(time.time()) - 3600)
    come_through(browser)
    assert browser.get("/your-sign-in/recovery-codes")["Location"].startswith("/confirm?"), "an hour ago"
    page = browser.get("/confirm?next=/your-sign-in").content.decode()
    assert "Confirm with Northmere" in page
    provider.spoil = lambda token: None
    back = come_through(browser, "/sign-in/directory?next=/your-sign-in/recovery-codes")
    assert back["Location"] == "/your-sign-in/recovery-codes"
    assert (provider.asked[-1]["prompt"], provider.asked[-1]["max_age"]) == ("login", "0")
    assert browser.get("/your-sign-in/recovery-codes").status_code == 200


def test_a_directory_that_does_not_answer_is_said_plainly(nadia: Person, provider: Provider) -> None:
    provider.close()
    assert refused(Browser().get("/sign-in/directory"))


def test_without_a_directory_the_address_is_not_there(cast: Cast) -> None:
    assert Browser().get("/sign-in/directory").status_code == 404
    assert Browser().get("/sign-in/directory/back?code=x&state=y").status_code == 404
