"""Signing in through the council's directory: OpenID Connect, code flow with PKCE, state and nonce.

allauth carries the flow; the house adds what it leaves out (the nonce, the issuer that was configured, the
signature although the token came over TLS) and decides whose account it is and which roles groups give.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeward.records.operations import directory as records
from homeward.records.operations import sessions
from homeward.web.sign_in import adapters, factor

ID = "directory"
KEPT = ("iss", "nonce", "amr", "auth_time", "groups")  # what is kept of a token: no name, no address


class _Protocol(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        found = super().openid_config
        if found.get("issuer", "").rstrip("/") != (settings.DIRECTORY or {}).get("issuer"):
            raise OAuth2Error("The directory gives another issuer than the one that was configured.")
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        self.did_fetch_access_token = False  # so that the signature is checked
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The directory sent no id_token.")
        try:
            return super().complete_login(request, app, token, **kwargs)
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The directory's token cannot be read.") from error

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """With https wherever cookies need it: the proxy speaks plain HTTP to Homeward."""
        scheme = "https" if settings.SESSION_COOKIE_SECURE else request.scheme
        return f"{scheme}://{request.get_host()}{reverse('directory_callback')}"


class Directory(OpenIDConnectProvider):
    pkce_enabled_default = True
    oauth2_adapter_class = _Protocol

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kw: Any
    ) -> Any:
        nonce = secrets.token_urlsafe(24)
        kw["auth_params"] = {**kw.get("auth_params", {}), "nonce": nonce}
        return super().redirect(request, process, next_url, data, nonce=nonce, **kw)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        claims = data["id_token"]
        kept = {name: claims[name] for name in KEPT if name in claims}
        # Over some 200 groups Entra ID sends a pointer instead of the groups.
        if claims.get("hasgroups") or "groups" in claims.get("_claim_names", {}):
            kept["too_many_groups"] = True
        return kept


class Adapter(DefaultSocialAccountAdapter):
    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Directory:
        known = settings.DIRECTORY
        if known is None:
            raise Http404
        app = SocialApp(
            provider="openid_connect",
            provider_id=ID,
            name=known["name"],
            client_id=known["client_id"],
            secret=known["secret"],
            settings={"server_url": known["issuer"], "fetch_userinfo": False},
        )
        return Directory(request, app=app)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        _refuse(request)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The nonce of this browser's own request; then whose account it is, and the roles of the groups."""
        claims = sociallogin.account.extra_data
        if not secrets.compare_digest(str(claims.get("nonce", "")), str(sociallogin.state.get("nonce", " "))):
            _refuse(request)
        if claims.get("too_many_groups"):
            _refuse(request)
        if not sociallogin.is_existing:
            person = records.person_to_link(ID, _email(sociallogin))
            if person is None:
                _refuse(request)
            records.link(sociallogin.account, person)
            sociallogin.user = person
        if records.take_groups(sociallogin.user, claims.get("groups") or []):
            sessions.end_all(sociallogin.user)


@login_not_required
@require_GET
def directory_sign_in(request: HttpRequest) -> HttpResponse:
    """A link and no form: the pages let a form go nowhere but to Homeward (Content-Security-Policy)."""
    provider = Adapter(request).get_provider(request, ID)
    # Who confirms that they are there is asked again; the directory then says when that was.
    again = {"prompt": "login", "max_age": "0"} if request.user.is_authenticated else {}
    where = factor.where_next(request, request.GET.get("next", ""))
    try:
        answer: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, where, auth_params=again)
    except (OAuth2Error, OSError):
        return adapters.refused(request)
    return answer


@login_not_required
@require_GET
def directory_callback(request: HttpRequest) -> HttpResponse:
    if settings.DIRECTORY is None:
        raise Http404
    view = OAuth2CallbackView()
    view.request, view.adapter = request, _Protocol(request, ID)
    try:
        answer: HttpResponse = view.dispatch(request)
    except (ImmediateHttpResponse, OAuth2Error, OSError) as error:
        return getattr(error, "response", None) or adapters.refused(request)
    return answer


def directory_said(sender: Any, request: HttpRequest, sociallogin: Any = None, **kwargs: Any) -> None:
    """After allauth signed the person in: a second factor that the directory asked for counts here too."""
    if sociallogin is not None:
        claims = sociallogin.account.extra_data
        if "mfa" in claims.get("amr", []):
            factor.was_checked(request, "directory", at=float(claims.get("auth_time") or 0))


def _email(sociallogin: SocialLogin) -> str:
    """The address that the directory vouches for, or nothing."""
    council = (settings.DIRECTORY or {}).get("emails") == "council"
    return next((one.email for one in sociallogin.email_addresses if one.verified or council), "")


def _refuse(request: HttpRequest) -> Any:
    raise ImmediateHttpResponse(adapters.refused(request))
