"""What every answer of the API has in common: no cookie in or out, and a refusal is a sentence in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from homeward.records.operations.tokens import DOCUMENT, UNDER

SAID = {
    400: "The request could not be read.",
    401: "Send a token that has not ended, as “Authorization: Bearer …”. You make one on your sign-in page.",
    403: "This token was not made for that. Make one that is.",
    404: "Nothing is here for you. If you expected a record, ask the team that holds it.",
    405: "The API only reads: ask with GET.",
    422: "A value could not be read.",
    429: "That was a lot at once: 60 lists in a minute or 150 different children in an hour. Go on later.",
    500: "Something went wrong here. Nothing was changed.",
    503: "The answer could not be written down in the audit, so it is not shown. Try again.",
}

Answers = Callable[[HttpRequest], HttpResponse]


class Plain:
    """Middleware; stands before sessions."""

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(UNDER):
            return self.get_response(request)
        if request.path != DOCUMENT:
            request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        if response.status_code >= 300:
            _say(request, response)
        return response


def _say(request: HttpRequest, response: HttpResponse) -> None:
    """The same words for the same status, whatever refused it."""
    if response.status_code < 400:  # to a page where a person signs in or confirms
        response.status_code = 401
        del response.headers["Location"]
    status = response.status_code
    trail = getattr(request, "trail", None)
    said = {"error": SAID.get(status, SAID[400])} | getattr(request, "wrong", {})
    said["reference"] = trail.request if trail else ""
    response.content = json.dumps(said, ensure_ascii=False).encode()
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Length"] = str(len(response.content))
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
