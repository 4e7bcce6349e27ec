"""What is answered when the database or the disk fails outside the guard, or something else is wrong."""

from __future__ import annotations

import errno
import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
log = logging.getLogger("homeward")


def failed(request: HttpRequest) -> HttpResponse:
    """For handler500: Django calls it while the error is at hand, and gives it the request alone."""
    error = sys.exc_info()[1]
    if not is_the_machine(error):
        return defaults.server_error(request)
    trail = getattr(request, "trail", None)
    reference = trail.request if trail else ""
    log.error("request %s: not done, %s", reference, type(error).__name__)
    return render(request, "503.html", {"reference": reference}, status=503)


def is_the_machine(error: BaseException | None) -> bool:
    """The database stopped, or it or the files have no room: to try again later is the right thing to do."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, OperationalError | InterfaceError)
