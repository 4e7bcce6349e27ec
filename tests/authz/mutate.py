"""Weakens each rule of access one at a time and asks whether a test notices (SECURITY 3.4, mutation gate).

Run: python -m tests.authz.mutate [--only WORD]   (about twenty minutes; prints each survivor)
Each weakening is made in a copy of the source; the tests run against the copy. At least 98 of 100 must be
caught; a survivor is named in JUSTIFIED with its reason, or it fails.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[2]
RECORDS = "records/access.py"
# What a weakened rule is tried with: first the tests closest to it, then what else guards, then these cells.
CLOSEST = {
    "records/access.py": ["tests/records/test_reach.py"],
    "web/guard.py": ["tests/pages/test_guard.py", "tests/pages/test_twice.py"],
    "records/audit.py": ["tests/records/test_audit.py"],
    "records/operations/sealing.py": ["tests/pages/test_seal.py"],
    "web/seal/views.py": ["tests/pages/test_seal.py"],
}
GUARDING = [
    "tests/records/test_reach.py",
    "tests/records/test_audit.py",
    "tests/pages/test_guard.py",
    "tests/pages/test_insiders.py",
    "tests/pages/test_record.py",
    "tests/pages/test_shares.py",
    "tests/pages/test_break_glass.py",
    "tests/pages/test_reveal.py",
    "tests/pages/test_protect.py",
    "tests/pages/test_seal.py",
]
MATRIX = "tests/authz/test_matrix.py::"
# Every state and role for one page of each kind; the other addresses go through the same door.
CELLS = [
    *(
        f"{MATRIX}test_each_role_gets_what_the_tables_say[{cell}]"
        for cell in ("child-GET", "record-POST", "child_access-GET", "emergency-POST", "import_show-GET")
    ),
    f"{MATRIX}test_the_lists_hold_the_children_that_a_role_reaches_and_no_others",
]
# (file, what stands there, what is put in its place): a rule of access, weakened.
BY_HAND = [
    (RECORDS, "person.left_on <= today", "False"),
    (RECORDS, "not person.is_active or", "False or"),
    (RECORDS, "today <= role.ended_on)", "True)"),
    (RECORDS, "role.started_on <= today)", "True)"),
    (RECORDS, "return action in actor.meaning.actions", "return True"),
    (RECORDS, 'or not may(actor, "see_children"):', "or False:"),
    (
        RECORDS,
        "Child.objects.filter(_reach(actor), authority=actor.authority)",
        "Child.objects.filter(_reach(actor))",
    ),
    (
        RECORDS,
        "Child.objects.filter(_reach(actor), authority=actor.authority)",
        "Child.objects.filter(authority=actor.authority)",
    ),
    (RECORDS, "return _unless_kept_from(actor, reached, named=True)", "return reached"),
    (
        RECORDS,
        "return _unless_kept_from(actor, reached, named=True)",
        "return _unless_kept_from(actor, reached, named=False)",
    ),
    (RECORDS, "return sorted(closed | set(excluded))", "return sorted(closed)"),
    (RECORDS, "return sorted(closed | set(excluded))", "return sorted(set(excluded))"),
    (RECORDS, "level == Restriction.SEALED or (named", "(named"),
    (RECORDS, "Q(people=actor.person) | Q(level", "Q(pk__gt=0) | Q(level"),
    (RECORDS, "teams=team, teams__isnull=False)", "teams__isnull=False)"),
    (RECORDS, "until__gt=settings.NOW())", "until__isnull=False)"),
    (RECORDS, "BreakGlass.objects.filter(person=actor.person, until", "BreakGlass.objects.filter(until"),
    (
        RECORDS,
        "if actor.authority is None or not actor.meaning.break_glass:\n        return None",
        "if actor.authority is None:\n        return None",
    ),
    (
        RECORDS,
        "filter(made_at__lte=now, until__gt=now, ended_at=None)",
        "filter(made_at__lte=now, ended_at=None)",
    ),
    (
        RECORDS,
        "filter(made_at__lte=now, until__gt=now, ended_at=None)",
        "filter(made_at__lte=now, until__gt=now)",
    ),
    (RECORDS, '_live_shares().filter(agency=role.agency).values("child")', '_live_shares().values("child")'),
    (
        RECORDS,
        "while add_working_days(day - DAY, HAND_OVER) >= today:",
        "while add_working_days(day - DAY, HAND_OVER + 1) >= today:",
    ),
    (RECORDS, "started_on__lte=today, ended_on__gte=today\n", "started_on__lte=today\n"),
    (RECORDS, "- MASKED", ""),
    ("records/door.py", "elif not write and (found", "elif (found"),
    (
        "records/door.py",
        "if actor.authority is None or not access.may(actor, action):",
        "if actor.authority is None:",
    ),
    ("records/door.py", "if limits.opened_too_many(actor.person, found.pk):", "if False:"),
    ("records/door.py", "if excluded:", "if False:"),
    ("web/guard.py", "transaction.set_rollback(True)", "pass"),
    ("web/guard.py", "if not 16 <= len(key) <= 64:", "if False:"),
    ("records/audit.py", "entry.hash = hash_of(entry)", 'entry.hash = "0" * 64'),
    ("records/operations/sealing.py", "if sealing.asked_by == by:", "if False:"),
    ("web/seal/views.py", "answers != str(asked.pk)", "False"),
    ("web/seal/views.py", "if factor.must_ask(request):", "if False:"),
    ("records/operations/restrict.py", "if exclusion.lift_asked_by == by:", "if False:"),
    ("records/queries/imports_page.py", "open_to = {0, *visible}", "open_to = {*held.values(), 0}"),
    ("records/operations/limits.py", "len(distinct) >= CHILDREN_AN_HOUR and", "False and"),
    ("records/operations/limits.py", 'opened = entries.exclude(action="refuse")', "opened = entries"),
    ("records/operations/once.py", "if (first.place, first.body) != (place, body):", "if False:"),
    (
        "records/operations/unsent.py",
        "Draft.objects.filter(person=person, saved_at__gt",
        "Draft.objects.filter(saved_at__gt",
    ),
    (
        "records/operations/unsent.py",
        "_live(actor.person).filter(child__in=children_visible_to(actor))",
        "_live(actor.person)",
    ),
]
# A view whose permission is asked for less, or whose child may be written in an emergency.
IN_VIEWS = [
    (r'reading\(request, "(?!see_home)\w+"\)', 'reading(request, "see_home")'),
    (r"child_of\(request, public_id, write=True\)", "child_of(request, public_id)"),
    (r"opened\(request, public_id, write=True\)", "opened(request, public_id)"),
    (r"if not access\.may\(request\.actor, \w+\"?\w*\"?\)", "if False"),
]
JUSTIFIED: dict[str, str] = {}


@dataclass(frozen=True)
class Weakening:
    file: str
    at: int
    old: str
    new: str
    tests: tuple[str, ...]
    view: str = ""

    @property
    def name(self) -> str:
        return f"{self.file}{':' * bool(self.view)}{self.view}: {self.old!r} -> {self.new!r}"


def weakenings() -> Iterator[Weakening]:
    for file, old, new in BY_HAND:
        text = (HOUSE / "src/homeward" / file).read_text("utf-8")
        if old not in text:
            raise SystemExit(f"{file} holds no {old!r}: bring the list up to date")
        closest = CLOSEST.get(file, [])
        rest = [test for test in GUARDING if test not in closest]
        yield Weakening(file, text.index(old), old, new, (*closest, *rest, *CELLS))
    for path in sorted((HOUSE / "src/homeward/web").glob("*/views.py")):
        text = path.read_text("utf-8")
        for pattern, new in IN_VIEWS:
            for found in re.finditer(pattern, text):
                view = re.findall(r"^def (\w+)", text[: found.start()], re.M)[-1]
                yield Weakening(
                    str(path.relative_to(HOUSE / "src/homeward")),
                    found.start(),
                    found[0],
                    new,
                    _tests(path, view),
                    view,
                )


def _tests(path: Path, view: str) -> tuple[str, ...]:
    """The cells of the addresses that the view answers; of the whole room when a helper was weakened."""
    from tests.authz.routes import routes

    text = path.read_text("utf-8")
    views = [view] if not view.startswith("_") else re.findall(r"^def ([a-z]\w+)\(request", text, re.M)
    named = {"import_upload", *routes()}
    chosen = [name for name in views if name in named] or [
        n for n in named if n.split("_")[0] == path.parent.name
    ]
    return tuple(
        f"{MATRIX}test_each_role_gets_what_the_tables_say[{name}-{method}]"
        for name in chosen
        for method in ("GET", "POST")
    )


def caught(weak: Weakening, tree: Path) -> bool:
    target = tree / "src/homeward" / weak.file
    whole = target.read_text("utf-8")
    target.write_text(whole[: weak.at] + weak.new + whole[weak.at + len(weak.old) :], "utf-8")
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "--no-migrations", "--show-capture=no", *weak.tests],
            cwd=tree,
            env=os.environ | {"PYTHONPATH": "src"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        target.write_text(whole, "utf-8")
    if run.returncode not in (0, 1):
        raise SystemExit(f"{weak.name}: the tests did not run\n{run.stdout[-600:]}{run.stderr[-300:]}")
    return run.returncode == 1


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="")
    only = asked.parse_args().only
    found = [weak for weak in weakenings() if only in weak.name]
    survived = []
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for part in ("src", "tests"):
            shutil.copytree(HOUSE / part, tree / part)
        shutil.copy(HOUSE / "pyproject.toml", tree)
        for weak in found:
            good = caught(weak, tree)
            print("caught  " if good else "SURVIVED", weak.name, flush=True)
            if not good:
                survived.append(weak)
    left = [weak for weak in survived if weak.name not in JUSTIFIED]
    print(f"{len(found) - len(survived)} of {len(found)} caught; {len(left)} survivors not justified.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
