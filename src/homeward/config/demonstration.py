"""Makes the demonstration: invented councils, written as files and read by the importer, and their people."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from homeward.config.database import ready
from homeward.config.folder import data_folder, demonstration, mark_as_demonstration
from homeward.config.today import asked_today, now, today

SEED = 1
STALE_AFTER = 14  # days; the dates of the invented children are counted from the day it was made


class NotADemonstration(Exception):
    """The folder holds something that must not be replaced."""


def make(seed: int = SEED) -> None:
    """Fills an empty database. Marked first: if broken off, it is still empty and the next start makes it."""
    folder = data_folder()
    day = asked_today() or today()
    mark_as_demonstration(folder, day, seed)
    fill(folder / "demonstration", day, seed)


def remake(seed: int = SEED) -> None:
    """Throws the demonstration of this folder away and makes it of today."""
    folder = data_folder()
    asked_today()  # a HOMEWARD_TODAY that is no date stops here, before anything is thrown away
    ready()
    if not empty():
        if demonstration(folder) is None:
            raise NotADemonstration(
                f"{folder} holds a council's record, which is not replaced by a demonstration. "
                "Name an empty folder: HOMEWARD_DATA=/tmp/demonstration homeward demo"
            )
        _drop()
        ready()
    make(seed)


def empty() -> bool:
    from homeward.records.models import Authority, Person

    return not (Authority.objects.exists() or Person.objects.exists())


def age_in_days() -> int | None:
    """How long ago the demonstration was made; None for a folder that holds none."""
    marked = demonstration(data_folder())
    return None if marked is None else (today() - date.fromisoformat(marked["made_on"])).days


def _drop() -> None:
    """The triggers let nobody delete a fact, so the database goes as a whole."""
    from django.db import connection

    if connection.vendor != "sqlite":
        raise NotADemonstration("Make a new, empty PostgreSQL database for a new demonstration.")
    name = str(connection.settings_dict["NAME"])
    connection.close()
    for end in ("", "-wal", "-shm"):
        Path(name + end).unlink(missing_ok=True)
    shutil.rmtree(data_folder() / "files", ignore_errors=True)


def fill(folder: Path, day: date, seed: int) -> None:
    """The councils into an empty database, from files that are written to the folder."""
    from django.db import transaction

    from homeward.demo.agreed import agree_and_decide
    from homeward.demo.board import write_for_the_board
    from homeward.demo.challenged import challenge_and_scrutinise
    from homeward.demo.councils import Council
    from homeward.demo.drift import decide_on_drift
    from homeward.demo.going_home import plan_returns
    from homeward.demo.make import make as make_files
    from homeward.demo.meetings import hold_and_arrange
    from homeward.demo.overseen import look_at_the_work
    from homeward.demo.proposed import propose_some
    from homeward.demo.protected import protect_some
    from homeward.demo.reach import give_reach
    from homeward.demo.routes_answered import answer_routes
    from homeward.intake.load import load_paths

    councils: list[Council] = make_files(folder, day, seed)
    with transaction.atomic():
        authorities = _authorities(councils)
        _people(authorities, day)
        for council in councils:
            load_paths(authorities[council.slug], council.paths, now=now())
            give_reach(authorities[council.slug], day)
            protect_some(authorities[council.slug])
            agree_and_decide(authorities[council.slug], day, seed)
            decide_on_drift(authorities[council.slug], day, seed)
            plan_returns(authorities[council.slug], day, seed)
            hold_and_arrange(authorities[council.slug], council.minuted, day)
            answer_routes(authorities[council.slug], day, seed)
            propose_some(authorities[council.slug], day, now())
            write_for_the_board(authorities[council.slug], day)
            look_at_the_work(authorities[council.slug], day, seed)
            challenge_and_scrutinise(authorities[council.slug], day, seed)
        _papers(authorities["northmere"])


def _authorities(councils: Sequence[Any]) -> dict[str, Any]:
    from homeward.records.models import Authority, RegionalAgency

    made = {}
    for council in councils:
        agency, _ = RegionalAgency.objects.get_or_create(name=council.agency)
        made[council.slug] = Authority.objects.create(
            slug=council.slug, name=council.name, pack=council.pack, agency=agency, demonstration=True
        )
    return made


def _people(authorities: dict[str, Any], day: date) -> None:
    from homeward.demo.people import people
    from homeward.records.models import Person, RegionalAgency, Role, Team

    for one in people(day):
        # Without a password: a demonstration person is chosen at sign-in, which only a demonstration offers.
        person = Person(email=one["email"], name=one["name"], is_demonstration=one["listed"])
        person.set_unusable_password()
        person.save()
        if one["agency"]:
            agency = RegionalAgency.objects.get(name=one["agency"])
            Role.objects.create(person=person, agency=agency, key=one["role"], started_on=one["since"])
        for slug in [] if one["agency"] else one["authorities"]:
            authority = authorities[slug]
            team = None
            if one["team"]:
                team, _ = Team.objects.get_or_create(authority=authority, name=one["team"])
            Role.objects.create(
                person=person,
                authority=authority,
                key=one["role"],
                team=team,
                workers=[one["worker"]] if one["worker"] else one["workers"],
                started_on=one["since"],
            )


def _papers(authority: Any) -> None:
    """A drawing and a letter of one child, through the gate as a social worker adds them."""
    from homeward.demo.papers import CHILD, papers
    from homeward.files.gate import accept
    from homeward.records.models import Child, Role, SocialWorkerSpell
    from homeward.records.operations import files

    child = Child.objects.filter(authority=authority, called=CHILD).order_by("pk").first()
    if child is None:
        return
    worker = SocialWorkerSpell.current.filter(child=child, ended_on=None).first()
    roles = Role.objects.filter(authority=authority, key="social_worker").select_related("person")
    by = next((role.person for role in roles if worker and worker.worker in role.workers), None)
    for name, title, content, about in papers():
        files.store(accept(name, content), authority, child, by, now(), title=title, field_set=about)
