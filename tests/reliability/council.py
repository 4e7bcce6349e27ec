"""The cast as a council at work: who is who, copies of it, and people who save one line after another."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.reliability.place import ROOT, Place, on_postgres
from tests.reliability.served import PATIENCE, Desk, Served

KIND = "life_story_work_started"


@dataclass
class Council:
    """A place with the cast in it: who is who, by the ids that addresses carry."""

    place: Place
    ids: dict[str, Any]

    def child(self, name: str, part: str = "") -> str:
        return f"/child/{self.ids['children'][name]}{part}"

    def desk(self, served: Served, name: str) -> Desk:
        return Desk(served, self.ids["people"][name])

    def ask(self, what: str) -> Any:
        return self.place.run(f"from tests.reliability import world; answer = world.{what}()")


def in_demonstration(place: Place) -> Place:
    place.environment |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HOMEWARD_TODAY": "2026-11-25"}
    return place


def a_copy(seeded: Council, place: Place) -> Council:
    shutil.copytree(seeded.place.folder, place.folder, dirs_exist_ok=True)
    if place.database:
        on_postgres(
            f"DROP DATABASE {place.database}",
            f"CREATE DATABASE {place.database} TEMPLATE {seeded.place.database}",
        )
    return Council(in_demonstration(place), seeded.ids)


@dataclass
class Writers:
    """People who record one dated line after another, each told apart by its detail."""

    council: Council
    served: Served
    kept: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def write(self, number: int, desk: Desk) -> None:
        turn, path = 0, self.council.child("Maya", "/record?what=event")
        while not self.over.is_set():
            detail = f"{number}.{turn}"
            answer = desk.save(path, {"kind": KIND, "on": "2026-11-24", "detail": detail})
            assert answer.status == 302, answer
            self.kept.append(detail)
            turn += 1
        self.met += desk.met

    def saves(self, number: int) -> None:
        """Waits until so many more were acknowledged."""
        so_far, until = len(self.kept), time.monotonic() + PATIENCE
        while len(self.kept) < so_far + number:
            assert time.monotonic() < until, "Nobody could save any more"
            time.sleep(0.01)

    def stand_still(self, seconds: float = 1) -> None:
        """Waits until nothing was acknowledged for so long: nobody can save."""
        until = time.monotonic() + PATIENCE
        while True:
            so_far = len(self.kept)
            time.sleep(seconds)
            if len(self.kept) == so_far:
                return
            assert time.monotonic() < until, "They save as if nothing had happened"

    def while_at_work(self, disturb: Callable[[], None], people: int = 6) -> list[str]:
        """What is wrong after they worked through the disturbance."""
        names = ("priya", "helen", "amina")
        desks = [self.council.desk(self.served, names[number % 3]) for number in range(people)]
        with ThreadPoolExecutor(people) as pool:
            at_work = [pool.submit(self.write, *each) for each in enumerate(desks)]
            try:
                disturb()
            finally:
                self.over.set()
            for each in at_work:
                each.result()
        self.served.kill()
        held = Counter(fact["detail"] for fact in self.council.ask("by_hand"))
        wrong = [f"{detail} was said to be saved and is lost" for detail in set(self.kept) - set(held)]
        wrong += [f"{detail} is there {times} times" for detail, times in held.items() if times > 1]
        wrong += [f"{detail} is there and nobody was told" for detail in set(held) - set(self.kept)]
        print(f"{len(self.kept)} saves acknowledged, {dict(self.met)}, {len(wrong)} wrong")
        return wrong + self.council.ask("wrong")
