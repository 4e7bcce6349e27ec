"""Add a person who may sign in, or give a person who is there another role.

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
    parser.add_argument("act", choices=("add",))
    parser.add_argument("--email", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, help="such as social_worker or permanence_lead")
    parser.add_argument(
        "--authority", required=True, metavar="NAME", help="a council, by the name of its policy"
    )
    parser.add_argument(
        "--worker", action="append", default=[], metavar="ID", help="whose children are theirs"
    )


def run(args: Namespace) -> int:
    from homeward.config.database import ready

    ready()
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
    print(f"{person.name} can sign in with {person.email}: {ROLES[args.role].title.lower()}, {authority}.")
    return 0


def _new(args: Namespace) -> Any:
    from django.contrib.auth.password_validation import validate_password
    from django.core.validators import validate_email

    from homeward.records.models import Person

    person = Person(email=args.email.lower(), name=args.name)
    validate_email(person.email)
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
