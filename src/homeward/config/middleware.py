"""What every answer carries: a child's page is kept by no cache and gives nothing away to another site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

OFF = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics", "display-capture")
PERMISSIONS = ", ".join(f"{feature}=()" for feature in OFF)


Answers = Callable[[HttpRequest], HttpResponse]


def private_answers(get_response: Answers) -> Answers:
    """Referrer and opener headers come from Django's own SecurityMiddleware."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response

    return answer


def no_other_site(get_response: Answers) -> Answers:
    """Another site may lead a person here by a link, and do nothing else (SECURITY V3.5.8).

    A browser says where a request comes from (Sec-Fetch-Site). The way back from the council's directory is
    such a link. Programs and old browsers say nothing; for them the form's token and the cookie stand.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        said = request.headers
        by_link = (
            request.method in ("GET", "HEAD")
            and said.get("Sec-Fetch-Mode") == "navigate"
            and said.get("Sec-Fetch-Dest", "document") == "document"
        )
        if said.get("Sec-Fetch-Site") in ("cross-site", "same-site") and not by_link:
            return HttpResponseForbidden("Homeward answers its own pages only.", content_type="text/plain")
        return get_response(request)

    return answer
