"""Weakens each rule of access one at a time and asks whether a test notices (SECURITY 3.4, mutation gate).

Run: python -m tests.authz.mutate [--only WORD] [--after WORD]   (about an hour on busy cores)
With DATABASE_URL naming a PostgreSQL, row-level security is weakened there, and nothing else.
Each weakening (weakenings.py) is made in a copy of the source. The tests run against the copy, the nearest
first, until one fails. At least 98 of 100 must be caught; a survivor is named in JUSTIFIED with its reason.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.authz.weakenings import BY_HAND, EVERYWHERE, IN_THE_DATABASE

HOUSE = Path(__file__).parents[2]
SOURCE = "src/homeward"
AROUND = {**os.environ, "PYTHONPATH": "src"}  # before tests/settings.py takes the database out of it
# The nearest tests of a file have a word of its path in their name; or they are these.
NEAREST = {
    "records/access.py": [
        *("records/test_reach", "pages/test_shares", "pages/test_insiders", "pages/test_protect"),
    ],
    "records/door.py": ["pages/test_insiders", "pages/test_break_glass", "pages/test_shut_forms"],
    "records/fields.py": [
        "records/test_fields",
        "pages/test_shares",
        "pages/test_delay",
        "pages/test_decisions",
        "pages/test_child",
    ],
    "records/operations/limits.py": ["pages/test_insiders", "pages/test_calendar_feed"],
    "records/operations/notices.py": ["pages/test_home", "pages/test_break_glass", "pages/test_seal"],
    "records/operations/restrict.py": ["pages/test_protect", "pages/test_insiders"],
    "records/operations/sealing.py": ["pages/test_seal"],
    "records/operations/unsent.py": ["records/test_unsent", "pages/test_record"],
    "records/queries/after_ruling_out.py": ["pages/test_decisions"],
    "records/queries/children_page.py": ["pages/test_access", "pages/test_shares"],
    "records/queries/emergency_page.py": ["pages/test_break_glass"],
    "records/queries/home/": ["records/test_digest", "pages/test_home", "pages/test_digest"],
    "records/queries/overrides_page.py": ["pages/test_steps", "pages/test_meetings"],
    "records/queries/owners.py": ["pages/test_actions"],
    "records/queries/protect_page.py": ["pages/test_shares"],
    "records/queries/working_with.py": ["pages/test_allocation"],
    "records/operations/once.py": ["pages/test_twice", "pages/test_guard"],
    "web/child/frame.py": ["pages/test_actions", "pages/test_delay", "pages/test_shut_forms"],
    "web/account/": ["sign_in/test_confirm", "sign_in/test_second_factor"],
    "web/cover/": ["pages/test_allocation"],
    "web/emergency/": ["pages/test_break_glass"],
    "web/home/": ["pages/test_home", "pages/test_seal"],
    "web/guard.py": [f"pages/test_{name}" for name in ("guard", "twice", "second_lock", "headers")],
    "web/layout/door.py": ["pages/test_break_glass", "pages/test_shut_forms"],
    "web/looked/": ["pages/test_looked"],
    "web/oversight/": ["pages/test_delay", "pages/test_meetings", "pages/test_decisions"],
    "web/record/": ["pages/test_record"],
    "web/school_holidays/": ["pages/test_calendar"],
    "web/working_with/": ["pages/test_allocation"],
    "web/sign_in/": ["sign_in/test_sessions", "sign_in/test_second_factor", "sign_in/test_confirm"],
    "records/row_security.py": ["records/test_row_security", "pages/test_second_lock"],
}
# Words of a path that say nothing of what it is about.
SAY_LITTLE = frozenset(
    ("test", "page", "view", "web", "query", "operation", "of", "by", "in", "to", "on", "word")
) | {"record", "layout", "home"}
NO_TRACE = "tests/authz/test_no_trace.py"
MATRIX = "tests/authz/test_matrix.py::"
CELL = f"{MATRIX}test_each_role_gets_what_the_tables_say"
# Then the cells of the view in the matrix, or these: the other addresses go through the same door.
CELLS = [
    *(f"{CELL}[{cell}]" for cell in ("child-GET", "record-POST", "child_action_add-GET", "emergency-POST")),
    f"{MATRIX}test_the_lists_hold_the_children_that_a_role_reaches_and_no_others",
]
# By the end of the weakening's name.
JUSTIFIED = {
    "seen_by: 'if place.authority == authority]' -> ']'": "another council has no child of this one",
    "actions_print: 'reading(request, \"see_children\")' -> 'reading(request, \"see_home\")'": (
        "who sees no child has no line to print, and without one the page is not found"
    ),
    "_needs: 'or not may(actor, \"see_children\"):' -> 'or False:'": (
        "who sees no child has no child on the tracker that the digest reads"
    ),
    '_beside: \'"voice": "voice" in fields,\' -> \'"voice": True,\'': (
        "every role that writes minutes is shown what children say (roles.toml)"
    ),
    "Guard: 'return HttpResponse(status=401) if request.actor is None else None' -> 'return None'": (
        "django-ninja, too, answers 401 to who shows no token"
    ),
    "_counts: 'if not access.may(request.actor, \"see_children\")' -> 'if False'": (
        "who sees no child has no child on the tracker that is counted"
    ),
    "child_standards_check: '(request, public_id, \"history\", \"legal\"' -> '(request, public_id'": (
        "who is not shown orders finds nobody in pre-proceedings, and then no such page"
    ),
    "late: 'children_shown_to(actor, \"work\")' -> 'children_shown_to(actor)'": (
        "of who supervises, who is shown it (test_fields.py)"
    ),
    **{
        f"{query}: 'children_shown_to(actor{begun}, \"{sets}\")' -> 'children_shown_to(actor{begun})'": (
            "of a council, whose roles are all shown it (test_fields.py); an agency has no such list"
        )
        for query, begun, sets in (
            ("in_reach", "", 'history", "legal'),
            ("_children", "", "history"),
            ("_actions", "", "history"),
            ("plans_waiting", ', "core"', "history"),
            ("lines", "", "history"),
            ("unanswered", "", "history"),
            ("of", "", "history"),
            ("returns", "", "history"),
        )
    },
    "_matters: 'children_shown_to(actor, \"history\", \"work\")' -> 'children_shown_to(actor)'": (
        "who is not shown the work is told no such figure at all"
    ),
    "children_of: 'children_shown_to(actor, \"core\")' -> 'children_shown_to(actor).model.objects.all()'": (
        "of children that the ledger, which asks the same, has named"
    ),
    "read_on: 'children_visible_to(actor)' -> 'children_visible_to(actor).model.objects.all()'": (
        "of matters that were found among the children in reach; every version is about the same child"
    ),
    "_beside: 'if \"history\" not in fields' -> 'if False'": "who meets is shown it (test_fields.py)",
    'in_reach: \'children_shown_to(actor, "history", "legal")\' -> '
    "'children_shown_to(actor).model.objects.all()'": "who is shown the work is shown these (test_fields.py)",
    **{
        f"{view}: '(request, public_id, {sets}' -> '(request, public_id'": (
            "who may do this is shown them in every role (test_fields.py), and no agency may do it"
        )
        for view in ("_to_judge", "child_scrutiny_correct")
        for sets in ('"work"', '"work", "voice"')
    },
    **{
        f"{view}: 'reading(request, \"see_children\")' -> 'reading(request, \"see_home\")'": (
            "who sees no child was turned away at the door, just before"
        )
        for view in ("frame.py:opened", "child_files", "child_file", "child_meetings")
    },
}


@dataclass(frozen=True)
class Weakening:
    """A place in a file; `view` is the function around it."""

    file: str
    at: int
    old: str
    new: str
    view: str

    @property
    def name(self) -> str:
        return f"{self.file}:{self.view}: {self.old!r} -> {self.new!r}"

    def rounds(self) -> Iterator[list[str]]:
        """The tests that it must get past, the nearest first; a round that adds nothing is left out."""
        asked: set[str] = set()
        for tests in (self._asking(), self._own_cells(), nearest(self.file), self._cells(), self._no_trace()):
            if found := [test for test in tests if test not in asked]:
                asked.update(found)
                yield found

    def _asking(self) -> list[str]:
        """Tests that ask the same of many addresses."""
        if "must_ask" in self.old or "fresh" in self.old:
            return ["tests/sign_in/test_confirm.py"]
        if any(word in self.old for word in ("write=", "to_record", "(request, public_id")):
            return ["tests/pages/test_shut_forms.py"]
        return []

    def _no_trace(self) -> list[str]:
        """When a list asked for children: it is asked in a council of which nothing may be shown."""
        return [NO_TRACE] if "_to(actor" in self.old else []

    def _own_cells(self) -> list[str]:
        return self._cells_of({self.view})

    def _cells(self) -> list[str]:
        """When a helper was weakened: those of the addresses that its file answers."""
        if self._own_cells():
            return []
        text = (HOUSE / SOURCE / self.file).read_text("utf-8")
        return self._cells_of(set(re.findall(r"^def (\w+)\(request", text, re.M))) or CELLS

    def _cells_of(self, views: set[str]) -> list[str]:
        from tests.authz.routes import routes

        space = "api:" if self.file.startswith("api/") else ""
        names = sorted({f"{space}{view}" for view in views} & set(routes()))
        return [f"{CELL}[{name}-{method}]" for name in names for method in ("GET", "POST")]


def weakenings() -> Iterator[Weakening]:
    if AROUND.get("DATABASE_URL"):
        yield from (_found("records/row_security.py", old, new) for old, new in IN_THE_DATABASE)
        return
    yield from (_found(*weak) for weak in BY_HAND)
    for globs, pattern, new in EVERYWHERE:
        paths = {path for each in globs for path in (HOUSE / SOURCE).glob(each)}
        for path in sorted(paths):
            text = path.read_text("utf-8")
            for found in re.finditer(pattern, text):
                file = str(path.relative_to(HOUSE / SOURCE))
                yield _weakening(file, text, found.start(), found[0], found.expand(new))


def _found(file: str, old: str, new: str) -> Weakening:
    text = (HOUSE / SOURCE / file).read_text("utf-8")
    if old not in text:
        raise SystemExit(f"{file} holds no {old!r}: bring weakenings.py up to date")
    return _weakening(file, text, text.index(old), old, new)


def _weakening(file: str, text: str, at: int, old: str, new: str) -> Weakening:
    defined = re.findall(r"^(?:def|class) (\w+)", text[:at], re.M)
    below = re.search(r"^def (\w+)", text[at:], re.M)  # of a decorator
    around = [below[1]] if old.startswith("@") and below else defined
    return Weakening(file, at, old, new, around[-1] if around else "")


def nearest(file: str) -> list[str]:
    """The files of tests that share a word with the path of a source file."""
    chosen = next((names for start, names in NEAREST.items() if file.startswith(start)), [])
    words = _words(file)
    for path in sorted(HOUSE.glob("tests/*/test_*.py")):
        folder = path.parent.name
        if folder in ("pages", "records", "api", "sign_in") and (_words(path.stem) | {folder}) & words:
            chosen = [*chosen, f"{folder}/{path.stem}"]
    return [f"tests/{name}.py" for name in dict.fromkeys(chosen)]


def _words(name: str) -> set[str]:
    words = re.split(r"[/_.]", name.removesuffix(".py").removeprefix("records/"))
    return {word.removesuffix("s") for word in words} - SAY_LITTLE - {""}


def caught(weak: Weakening, tree: Path) -> bool:
    target = tree / SOURCE / weak.file
    whole = target.read_text("utf-8")
    target.write_text(whole[: weak.at] + weak.new + whole[weak.at + len(weak.old) :], "utf-8")
    try:
        return any(_fail(weak, tests, tree) for tests in weak.rounds())
    finally:
        target.write_text(whole, "utf-8")


def _fail(weak: Weakening, tests: list[str], tree: Path) -> bool:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "--no-migrations", "--show-capture=no", *tests],
        cwd=tree,
        env=AROUND,
        capture_output=True,
        text=True,
        check=False,
    )
    broken = re.search(r"^E +(NameError|ImportError|SyntaxError|IndentationError)", run.stdout, re.M)
    if run.returncode not in (0, 1) or broken:
        print(f"THE TESTS DID NOT RUN\n{run.stdout[-900:]}{run.stderr[-300:]}", flush=True)
        return False
    return run.returncode == 1


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="", help="those in whose name this stands")
    asked.add_argument("--after", default="", help="go on after the last one in whose name this stands")
    given = asked.parse_args()
    found = list(weakenings())
    django.setup()
    last = max((n for n, weak in enumerate(found, 1) if given.after and given.after in weak.name), default=0)
    found = [weak for weak in found[last:] if given.only in weak.name]
    survived = []
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for part in ("src", "tests"):
            shutil.copytree(HOUSE / part, tree / part)
        shutil.copy(HOUSE / "pyproject.toml", tree)
        every = sorted({test for weak in found for tests in weak.rounds() for test in tests})
        if found and not last and _fail(found[0], every, tree):
            raise SystemExit("A test fails on the source as it is: every weakening would look caught.")
        for weak in found:
            began = time.monotonic()
            good = caught(weak, tree)
            took = f"{time.monotonic() - began:3.0f} s"
            print("caught  " if good else "SURVIVED", took, weak.name, flush=True)
            if not good:
                survived.append(weak)
    left = [weak for weak in survived if not weak.name.endswith(tuple(JUSTIFIED))]
    print(f"{len(found) - len(survived)} of {len(found)} caught; {len(left)} survivors not justified.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
