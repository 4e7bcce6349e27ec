"""What every answer carries: a child's page is kept by no cache and gives nothing away to another site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
