"""Set the data folder up, with a demonstration when it is empty, and serve it on this machine.

Example: HOMEWARD_DATA=/srv/homeward HOMEWARD_PORT=8000 homeward up
"""

from __future__ import annotations

import os
import socket
import sys
from argparse import ArgumentParser, Namespace
from typing import NoReturn


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", help="the port on 127.0.0.1 (default: HOMEWARD_PORT, or 8000)")


def run(args: Namespace) -> int:
    from homeward.config import demonstration
    from homeward.config.database import ready
    from homeward.reports import pdf

    port = args.port or os.environ.get("HOMEWARD_PORT") or "8000"
    if not _can_listen(port):
        return 1
    os.environ["HOMEWARD_PORT"] = port
    ready()
    if demonstration.empty():
        print("Making the demonstration: two invented councils …", flush=True)
        demonstration.make()
    elif (age := demonstration.age_in_days()) is not None and age > demonstration.STALE_AFTER:
        _offer_anew(age)
    print(_who_signs_in(), flush=True)
    if sentence := pdf.missing():
        print(sentence, flush=True)
    return _serve()


def _serve() -> NoReturn:
    """In a new process: the settings are read again, now that the folder may be a demonstration's."""
    from django.db import connections

    connections.close_all()  # SQLite folds its write-ahead log in when the last connection closes
    gunicorn = ("-m", "gunicorn", "--no-control-socket", "--config", "python:homeward.config.serving")
    os.execv(sys.executable, (sys.executable, *gunicorn))  # noqa: S606, no shell is wanted


def _can_listen(port: str) -> bool:
    if not (port.isdecimal() and 0 < int(port) < 65536):
        print(f"HOMEWARD_PORT is “{port}”: write a number from 1 to 65535.", file=sys.stderr)
        return False
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", int(port)))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            print(f"Port {port}: {reason}. Choose another: HOMEWARD_PORT=8001 ./start", file=sys.stderr)
            return False
    return True


def _offer_anew(age: int) -> None:
    from homeward.config import demonstration

    print(f"This demonstration was made {age} days ago; its children's dates are counted from that day.")
    if not sys.stdin.isatty():
        print("Make it anew with: ./homeward demo")
    elif input("Make it anew? What was added to it is lost. [y/N] ").strip().lower() in ("y", "yes"):
        demonstration.remake()


def _who_signs_in() -> str:
    from homeward.records.access import ROLES
    from homeward.records.models import Person, Role

    roles = Role.objects.filter(person__is_demonstration=True).select_related("person", "authority")
    if not roles:
        live = Person.objects.filter(is_active=True).count()
        return f"{live or 'No'} people can sign in with a password. Add one with: ./homeward person add"
    lines = ["Everyone and everything here is invented. Sign in, without a password, as one of:"]
    council = None
    for role in roles.order_by("authority__name", "pk"):
        if role.authority != council:
            council = role.authority
            lines.append(f"  {council}")
        lines.append(f"    {role.person.name}, {ROLES[role.key].title.lower()}")
    return "\n".join(lines)
