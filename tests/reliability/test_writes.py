"""What a page said was saved is saved, whole and once, whoever else saves and whatever breaks meanwhile.

Each harness is run a second time on a Homeward whose safeguard is taken out (broken.py) and must notice.
HOMEWARD_LONG=1 runs them for long; docs/security/reliability.md has the figures.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.reliability.council import KIND, Council, Writers, a_copy
from tests.reliability.place import Place
from tests.reliability.served import Served, new_key
from tests.reliability.world import IMPORTS

LONG = bool(os.environ.get("HOMEWARD_LONG"))
DAYS = {"started_on": "2026-11-25", "ended_on": "2026-12-04", "reason": "Leave"}
ROLE = {"key": "social_worker", "team": "", "workers": "", "started_on": "2026-11-25", "ended_on": ""}
WHY = {"category": "missing", "reason": "Missing tonight; the police need the last address"}


@pytest.fixture
def council(seeded: Council, another: Callable[[], Place]) -> Council:
    return a_copy(seeded, another())


# ---- Two people correct one line ----


def correct_together(council: Council, broken: str, clients: int, saves: int) -> list[str]:
    """What is wrong after several people corrected one line at once, again and again."""
    kept: list[tuple[str, str]] = []  # what the page said was saved: the reason given, the version shown
    wrong: list[str] = []
    conflicts = Counter[str]()

    def correct(number: int) -> None:
        desk = council.desk(served, ("priya", "helen", "amina")[number % 3])
        uid = council.ids["review"]
        for turn in range(saves):
            reason = f"reason {number}.{turn}"
            path = council.child("Maya", f"/facts/{uid}")
            while (seen := desk.get(path)).status == 302:  # somebody was quicker: their version
                path = seen.location
            uid = path.rpartition("/")[2]
            day = f"2026-09-{1 + (turn + number) % 28:02}"
            answer = desk.post(path, {"held_on": day, "participation": "PN1", "why": reason})
            if answer.status == 302:
                kept.append((reason, uid))
            elif answer.status == 409:
                conflicts["shown"] += 1
                if reason not in answer.text:
                    wrong.append(f"The conflict page lost {reason}")
            else:
                wrong.append(f"{reason} was answered {answer.status}")

    with Served(council.place, broken) as served, ThreadPoolExecutor(clients) as pool:
        list(pool.map(correct, range(clients)))
    held = {fact["reason"]: fact["replaces"] for fact in council.ask("by_hand")}
    for reason, shown in kept:
        if held.get(reason) != shown:
            wrong.append(f"{reason} took the place of a version that its writer never saw, or is gone")
    wrong += [f"{reason} is there and nobody was told" for reason in set(held) - {said for said, _ in kept}]
    if len(kept) + conflicts["shown"] + len(wrong) < clients * saves:
        wrong.append("Some saves are neither kept nor shown as a conflict")
    print(
        f"{clients} × {saves}: {len(kept)} kept, {conflicts['shown']} shown as a conflict, {len(wrong)} wrong"
    )
    return wrong + council.ask("wrong")


def test_of_people_who_correct_one_line_at_once_nobody_overwrites_what_they_did_not_see(council: Council):
    assert correct_together(council, "", 8, 500 if LONG else 3) == []


def test_the_harness_notices_corrections_that_overwrite_unseen(council: Council):
    assert any("never saw" in line for line in correct_together(council, "version", 8, 2))


# ---- One form sent twice ----

# Who sends what where, and the place that the audit knows it by. `{n}` makes each round's form another one.
FORMS: list[tuple[str, str, str, dict[str, str]]] = [
    ("record", "priya", "/record?what=event", {"kind": KIND, "on": "2026-11-24", "detail": "{n}"}),
    ("tracker_view_save", "amina", "/tracker/views", {"name": "View {n}", "query": ""}),
    ("person_add", "lindsay", "/people/add", {"email": "n{n}@northmere.example", "name": "N", **ROLE}),
    ("teams", "lindsay", "/teams", {"name": "Team {n}"}),
    ("groups", "lindsay", "/groups", {"group": "group-{n}", "key": "iro", "team": ""}),
    ("emergency", "priya", "/emergency", {"reference": "N4", **WHY}),
    ("child_exclude", "marcia", "/access/exclude", {"person": "{amina}", "reason": "A relative"}),
    ("cover", "lindsay", "/cover", {"covered": "{priya}", "acts": "{helen}", **DAYS}),
]
REPEATED = {"record", "tracker_view_save", "person_add", "teams", "groups"}


def send_twice(council: Council, broken: str, rounds: int) -> list[str]:
    """Each form twice at once, and once more after its sender had hung up: one effect, one answer."""
    wrong: list[str] = []
    with Served(council.place, broken) as served, ThreadPoolExecutor(2) as pool:
        desks = {who: council.desk(served, who) for who in {who for _, who, *_ in FORMS}}
        sent = Counter[str]()
        for place, who, path, form in FORMS:
            whole = (
                path if path.startswith(("/p", "/t", "/g", "/e", "/cover")) else council.child("Maya", path)
            )
            for number in range(rounds if place in REPEATED else 1):
                data = {k: v.format(n=number, **council.ids["people"]) for k, v in form.items()}
                desk, once = desks[who], new_key()
                if number % 2:
                    desk.post(whole, data, once, wait=False)
                answers = list(pool.map(lambda _: desk.post(whole, data, once), range(2)))  # noqa: B023
                sent[place] += 1
                if answers[0].status != 302 or answers[0][:2] != answers[1][:2]:
                    wrong.append(f"{place} was answered {[each[:2] for each in answers]}")
                other = desk.post(whole, data | {"name": "Another"}, once)
                if other.status != 422 and form.get("name") != "Another":
                    wrong.append(f"{place} took another form under the same key: {other.status}")
    done = council.ask("effects")
    for place, times in sent.items():
        if done.get(place) != times:
            wrong.append(f"{place} was sent {times} times and had {done.get(place)} effects")
    print(f"{sum(sent.values())} forms sent two or three times, {len(wrong)} wrong")
    return wrong + council.ask("wrong")


def test_a_form_that_is_sent_twice_has_one_effect_and_one_answer(council: Council):
    assert send_twice(council, "", 100 if LONG else 2) == []


def test_the_harness_notices_a_form_that_has_two_effects(council: Council):
    assert any("effects" in line for line in send_twice(council, "once", 1))


# ---- Killed at any moment ----


def kill_while_saving(council: Council, broken: str, workers: int, masters: int) -> list[str]:
    chance = random.Random(5)
    with Served(council.place, broken) as served:
        writers = Writers(council, served)

        def disturb() -> None:
            for number in range(workers + masters):
                if number < workers:
                    writers.saves(3)  # somebody is at work again
                time.sleep(chance.uniform(0, 0.15))
                if number < workers:
                    served.kill_a_worker(chance)
                else:
                    served.kill()
                    served.start()

        return writers.while_at_work(disturb)


def test_what_was_saved_before_a_kill_is_there_whole_and_once(council: Council):
    assert kill_while_saving(council, "", *((300, 20) if LONG else (5, 1))) == []


@pytest.mark.skipif(not LONG, reason="a kill must hit a gap: in the long form")
@pytest.mark.parametrize(("broken", "said"), [("audit", "without its audit entry"), ("once", "times")])
def test_the_harness_notices_halves_and_doubles_after_a_kill(council: Council, broken: str, said: str):
    tries = (kill_while_saving(council, broken, 8, 0) for _ in range(3))  # a kill hits the gap by chance
    assert any(said in line for wrong in tries for line in wrong)


def kill_while_importing(council: Council, broken: str, kills: int) -> list[str]:
    chance, said = random.Random(8), 0
    council.place.environment["BROKEN"] = broken
    for _ in range(kills):
        with council.place.start("-c", IMPORTS) as importing:
            assert importing.stdout is not None
            said = int(importing.stdout.readline() or -1)
            assert said > 0, importing.stderr and importing.stderr.read()
            time.sleep(chance.uniform(0, 0.3))
            importing.send_signal(signal.SIGKILL)
            for line in importing.stdout.read().splitlines():
                said = int(line)
    return council.ask("wrong")


def test_a_killed_import_is_there_whole_or_not_at_all_and_the_next_one_works(council: Council):
    assert kill_while_importing(council, "", 300 if LONG else 3) == []


def test_the_harness_notices_an_import_that_commits_table_by_table(council: Council):
    assert kill_while_importing(council, "import", 4)
