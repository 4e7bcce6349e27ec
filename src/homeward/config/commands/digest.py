"""Send the daily digest: numbers and a link, to everybody for whom something waits. Run it once a day.

Example: homeward digest
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Any


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to choose: what is sent follows from what waits, and from what each person asked for."""


def run(_: Namespace) -> int:
    from homeward.config.database import ready

    ready()
    from django.conf import settings

    from homeward.records import audit
    from homeward.records.models import Authority
    from homeward.records.operations import digests

    now, sent, failed = settings.NOW(), 0, 0
    people = digests.everybody(now.date())
    for person in people:
        try:
            sent += digests.send_to(person, now, _post)
        except digests.NotSent:
            failed += 1
    for authority in Authority.objects.all():
        audit.commanded("digest", authority, [])
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    where = f", written to {folder}" if folder else ""
    print(f"{sent} of {len(people)} people were sent a digest{where if sent else ''}.")
    if failed:
        print(f"{failed} could not be sent: the mail server did not take them.", file=sys.stderr)
    return 1 if failed else 0


def _post(person: Any, told: Any) -> None:
    """By the council's mail server; a line of what it answered could name people, so none is kept."""
    from django.conf import settings
    from django.core.mail import EmailMessage

    from homeward.records.operations.digests import NotSent
    from homeward.reports.digest import SUBJECT, body

    message = EmailMessage(SUBJECT, body(told, settings.ADDRESS), to=[person.email])
    message.extra_headers = {"Auto-Submitted": "auto-generated"}
    try:
        message.send()
    except OSError as error:  # smtplib's errors too
        raise NotSent from error
