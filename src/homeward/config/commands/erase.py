"""Remove everything held of one child, which two people decided; without --for-good it only says what.

Example: homeward erase --child Vf9k2mQx7LpA --asked-by ann@slough.example --agreed-by bo@slough.example \\
             --reason "kept to the 75th birthday, as the law asks" --for-good
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import Any


class CannotErase(Exception):
    """Why nothing was erased, and what to do."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--child", required=True, metavar="ID", help="as in the address of the child's page")
    parser.add_argument("--asked-by", required=True, metavar="EMAIL")
    parser.add_argument(
        "--agreed-by", required=True, metavar="EMAIL", help="another person, whose role may seal a record"
    )
    parser.add_argument("--reason", required=True, help="kept for good in the ledger: no names")
    parser.add_argument("--for-good", action="store_true", help="do it; there is no way back")


def run(args: Namespace) -> int:
    from homeward.config.database import ready

    ready()
    from homeward.config.today import now
    from homeward.records.models import Child
    from homeward.records.operations import protect

    child = Child.objects.select_related("authority").filter(public_id=args.child).first()
    if child is None:
        raise CannotErase("There is no child with this id; copy it from the address of the child's page.")
    people = {
        "asked_by": _person(args.asked_by, child),
        "agreed_by": _person(args.agreed_by, child, "seal"),
    }
    if not args.for_good:
        protect.refuse(child, reason=args.reason, **people)
        _report("would be removed", protect.would_erase(child))
        print("Nothing was changed. To erase the child, say the same with --for-good.")
        return 0
    _report("removed", protect.erase(child, reason=args.reason, now=now(), **people))
    if not protect.scrub():
        print("A reader holds the database's log open. Stop Homeward and start it once to overwrite it.")
    print("Backups made before this still hold the child: a restore erases it again, a copy does not.")
    return 0


def _person(email: str, child: Any, action: str | None = None) -> Any:
    from homeward.records import access
    from homeward.records.models import Person

    person = Person.objects.filter(email__iexact=email).first()
    roles = access.roles_of(person) if person else []
    if person is None or not roles:
        raise CannotErase(f"Nobody who works here signs in with {email}.")
    here = [access.ROLES[role.key] for role in roles if role.authority_id == child.authority_id]
    if not any(action is None or action in role.actions for role in here):
        raise CannotErase(f"The role of {email} in the child's council does not allow this.")
    return person


def _report(done: str, removed: Counter[str]) -> None:
    print(f"{sum(removed.values()):,} rows {done}:")
    for name, rows in sorted(removed.items()):
        print(f"  {rows:6,} {name}")
