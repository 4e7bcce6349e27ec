"""Add a person who may sign in, give one another role, or make a link for a new password.

Example: homeward person add --email ann@slough.example --name "Ann Lee" --role iro --authority slough
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from typing import Any


class CannotAdd(Exception):
    """Why the person was not added, and what to do."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "act",
        choices=("add", "reset"),
        help="reset makes a link with which the person chooses a new password",
    )
    parser.add_argument("--email", required=True)
    parser.add_argument("--name")
    parser.add_argument("--role", help="such as social_worker or permanence_lead")
    parser.add_argument("--authority", metavar="NAME", help="a council, by the name of its policy")
    parser.add_argument(
        "--worker", action="append", default=[], metavar="ID", help="whose children are theirs"
    )
    parser.add_argument(
        "--no-password", action="store_true", help="the person signs in through the council's directory"
    )
    parser.add_argument(
        "--second-factor", action="store_true", help="with reset: the second factor too is set up anew"
    )


def run(args: Namespace) -> int:
    from homeward.config.database import ready

    if args.act == "add" and not (args.name and args.role and args.authority):
        raise CannotAdd("To add a person give --name, --role and --authority.")
    ready()
    return _add(args) if args.act == "add" else _reset(args)


def _add(args: Namespace) -> int:
    from django.conf import settings
    from django.db import transaction

    from homeward.intake.load import authority_called
    from homeward.records.models import Person, Role
    from homeward.records.roles import ROLES

    if args.role not in ROLES:
        raise CannotAdd(f"There is no role “{args.role}”; the roles are {', '.join(ROLES)}.")
    with transaction.atomic():
        authority = authority_called(args.authority)
        person = Person.objects.filter(email=args.email.lower()).first() or _new(args)
        Role.objects.get_or_create(
            person=person,
            authority=authority,
            key=args.role,
            defaults={"started_on": _today(), "workers": args.worker},
        )
    how = "through the council's directory" if args.no_password else f"with {person.email}"
    print(f"{person.name} can sign in {how}: {ROLES[args.role].title.lower()}, {authority}.")
    if settings.SECOND_FACTOR_REQUIRED():
        print("A second factor (an app or a passkey) is set up at the first sign-in.")
    return 0


def _reset(args: Namespace) -> int:
    """The link does not sign in: the person then signs in with the new password and the second factor."""
    from django.conf import settings
    from django.contrib.auth.tokens import default_token_generator
    from django.urls import reverse
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    from homeward.records.models import Person
    from homeward.records.operations import factors

    person = Person.objects.filter(email=args.email.lower(), is_active=True, is_demonstration=False).first()
    if person is None:
        raise CannotAdd("Nobody who may sign in has this address.")
    if args.second_factor:
        factors.remove_all(person)
        print(
            "The second factor is set up anew at the next sign-in. Make sure that it is the person who asks."
        )
    if settings.DIRECTORY is not None and not person.has_usable_password():
        print(f"{person.name} has no password here: they sign in through the council's directory.")
        return 0
    host = settings.HOSTS[0] if settings.HOSTS else None
    site = f"https://{host}" if host else f"http://127.0.0.1:{os.environ.get('HOMEWARD_PORT') or '8000'}"
    whom = urlsafe_base64_encode(force_bytes(person.pk))
    link = reverse("new_password", args=[whom, default_token_generator.make_token(person)])
    print(f"Give this link to {person.name} and to nobody else; it holds for 15 minutes and works once:")
    print(f"  {site}{link}")
    return 0


def _new(args: Namespace) -> Any:
    from django.contrib.auth.password_validation import validate_password
    from django.core.validators import validate_email

    from homeward.records.models import Person

    person = Person(email=args.email.lower(), name=args.name)
    validate_email(person.email)
    if args.no_password:
        person.set_unusable_password()
    else:
        password = _password()
        validate_password(password, person)
        person.set_password(password)
    person.save()
    return person


def _password() -> str:
    """From HOMEWARD_PASSWORD or typed twice; never from the command line, where others can read it."""
    if given := os.environ.get("HOMEWARD_PASSWORD"):
        return given
    if not sys.stdin.isatty():
        raise CannotAdd("Give the password in HOMEWARD_PASSWORD, or run this in a terminal.")
    typed = getpass("Password: ")
    if typed != getpass("Once more: "):
        raise CannotAdd("The two passwords differ; nothing was saved.")
    return typed


def _today() -> Any:
    from homeward.config.today import today

    return today()
