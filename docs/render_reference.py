"""Writes docs/reference/timescales.md (every rule in one sentence, its source, and its worked examples),
docs/reference/meetings-and-gates.md (every meeting, every gate, and the words that a pack may use) and
docs/reference/api.md (every address of the API, from its own description).

Run `python docs/render_reference.py` after changing a policy pack, an example or the API; tests compare.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from homeward.domain import packs  # noqa: E402
from homeward.domain.entries import ENTRIES, EXITS  # noqa: E402
from homeward.domain.events import KINDS  # noqa: E402
from homeward.domain.gates import before, said  # noqa: E402
from homeward.domain.meetings import CHAIRS, MEETING_KINDS, OTHER_MEETINGS, Meeting  # noqa: E402
from homeward.domain.policy import CERTAINTY, FORCES, OWNERS, PACKS, Rule, load, sentence  # noqa: E402
from homeward.domain.steps import ACTS, EFFECTS, GIVEN, Gate  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "timescales.md"
MEETINGS_PAGE = ROOT / "docs" / "reference" / "meetings-and-gates.md"
MEETINGS_OPENING = """# Meetings and gates

Every meeting of every policy pack, and what each policy stops or asks before a step. A stop is refused
unless a named senior lets it go on with a reason; an ask goes on with a reason that is recorded. How they are
written is in [Policy packs](policy-packs.md). This page is made by `python docs/render_reference.py`.
"""
API_PAGE = ROOT / "docs" / "reference" / "api.md"
API_OPENING = """# The read API

How to make a token and ask is in [Read the API](../how-to/read-api.md). The same as an OpenAPI 3.1 document
stands at `/api/v1/openapi.json`. This page is made by `python docs/render_reference.py` from that document.
"""
EXAMPLES = ROOT / "tests" / "examples"
OPENING = """# Timescales

Every timescale that Homeward watches, in one sentence, with its source and examples counted by hand.
The examples are tests: the clock must give exactly these dates. The people in them are invented.

- The day an event happens is day 0, and the due date is the last day that is still in time.
- A week is 7 days. A month ends on the same day of a later month, or on that month's last day.
- A working day is a day other than a Saturday, a Sunday or a bank holiday in England.
- Days over are shown as a number, days left or early with a minus.

This page is made by `python docs/render_reference.py`. It describes the law and the councils' policies;
it is not legal advice.
"""
STATUS = {
    "on_track": "On track",
    "due_soon": "Due soon",
    "overdue": "Overdue",
    "done_on_time": "Done in time",
    "done_late": "Done late",
    "ended": "No longer needed",
    "undated": "No date set",
    "cannot_say": "Cannot be worked out",
}


def day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else "–"


def happened(kind: str, detail: str = "") -> str:
    words = KINDS[kind]
    return f"{words} ({detail})" if detail else words


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def worked(example: dict[str, Any]) -> list[str]:
    """One example: what happened, the day it is read, and what the clock says then."""
    events = [[day(on), happened(kind, detail)] for _, kind, on, detail in example["events"]]
    said = [
        [
            f"{day(row['counted_from'][1])}, {happened(row['counted_from'][0])}",
            day(row.get("due_on")),
            f"{day(row['met'][1])}, {happened(row['met'][0])}" if "met" in row else "–",
            STATUS[row["status"]],
            str(row.get("days", "–")).replace("-", "−"),
        ]
        for row in example["expected"]
    ]
    answer = (
        table(["Counted from", "Due", "Met by", "Status", "Days"], said) if said else ["No date is owed."]
    )
    read_on = f"Read on {day(example['as_at'])}:"
    return [f"**{example['title']}**", "", *table(["Day", "Event"], events), "", read_on, "", *answer, ""]


def source_of(rule: Rule) -> str:
    named = ", ".join(part for part in (rule.source.document, rule.source.section) if part)
    return f"[{named}]({rule.source.url})" if rule.source.url else named


def about(rule: Rule) -> list[str]:
    """A rule in one sentence, where it comes from, whom it falls to, and what is unsure about it."""
    facts = [
        f"- Key: `{rule.key}`; {', '.join((*rule.ids, *rule.promises))}",
        f"- Source: {source_of(rule)} ({FORCES[rule.force]})",
        f"- Falls to: {OWNERS[rule.owner]}",
    ]
    if rule.in_force > date.min:
        facts.append(f"- In force from: {day(rule.in_force)}")
    if CERTAINTY[rule.certainty]:
        facts.append(f"- Certainty: {CERTAINTY[rule.certainty]}")
    if rule.note:
        facts.append(f"- Note: {rule.note}")
    if rule.off:
        facts.append(f"- Switched off: {rule.off}")
    return [f"### {rule.title}", "", sentence(rule), "", *facts, ""]


def examples() -> list[dict[str, Any]]:
    files = sorted(EXAMPLES.glob("*.toml"))
    return [
        example for path in files for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    ]


def page() -> str:
    lines = [OPENING]
    told = examples()
    for pack in PACKS:
        policy = load([pack])
        lines += [f"## {pack.capitalize()}", ""]
        for rule in (*policy.rules, *policy.off):
            lines += about(rule)
            for example in told:
                if (example["pack"], example["rule"]) == (pack, rule.key):
                    lines += worked(example)
    return "\n".join(lines).rstrip() + "\n"


def first_line(function: Any) -> str:
    return (function.__doc__ or "").strip().split("\n")[0]


def about_meeting(one: Meeting) -> list[str]:
    """A meeting: when, who, what about, and where it comes from."""
    when = f"every {one.every}" if one.every else "how often is not said"
    chair = f"chair: {one.chairs_words}" if one.chairs_words else "no chair is named"
    since = f" from {day(one.chairs_from)}" if one.chairs_from > date.min else ""
    listed = (
        ("Must be invited", one.must_invite),
        ("Takes part", one.attends),
        ("Looks at", one.considers),
        ("Looks at later", one.subsequent),
        ("Papers", [paper.words for paper in one.papers]),
        ("Rated", one.rating),
        ("Hears", [f"`{name}`" for name in one.entry]),
        ("Leaves with", [f"`{name}`" for name in one.exit]),
        ("Note", (one.note,) if one.note else ()),
        ("Promises", one.promises),
    )
    named = f"{one.name} ({one.short})" if one.short else one.name
    origin = (f" {one.source}." if one.source else "") + (" A default that nobody promises." * one.default)
    return [
        f"### {named}",
        "",
        f"`{one.key}`: {MEETING_KINDS[one.kind]}; {when}; {chair}{since}.{origin}",
        "",
        *(f"- {title}: {'; '.join(words)}" for title, words in listed if words),
        "",
    ]


def about_gate(name: str, gate: Gate) -> list[str]:
    """A gate as a row: the step, what is said, and where it comes from."""
    effect = f"stop; {' or '.join(CHAIRS[role] for role in gate.may_override)} may let it go on"
    origin = ", ".join(gate.promises) or f"{gate.document}, {gate.section}"
    return [
        f"`{gate.key}`",
        before(name, gate).removeprefix("before: "),
        f"{said(name, gate)} (`{gate.needs}`)",
        effect if gate.effect == "stop" else "ask",
        f"{origin}{'. ' + gate.note if gate.note else ''}",
    ]


def meetings_page() -> str:
    lines = [MEETINGS_OPENING]
    for name in PACKS:
        own = packs.pack(name)
        lines += [f"## {own.title}", ""]
        for one in own.meetings:
            lines += about_meeting(one)
        lines += [f"### Gates: {name}", ""]
        rows = [about_gate(name, gate) for gate in own.gates]
        lines += [*table(["Gate", "Before", "What is said", "Effect", "From"], rows), ""]
    lines += ["## Words that a pack may use", ""]
    for title, words in (
        ("Meetings that are no event of a child's record", OTHER_MEETINGS),
        ("Why a child is heard", {name: first_line(entry) for name, entry in ENTRIES.items()}),
        ("With what a child leaves", {name: first_line(leaving) for name, leaving in EXITS.items()}),
        ("Steps", ACTS),
        ("Effects", EFFECTS),
        ("Needs", {name: first_line(need) for name, need in packs.NEEDS.items()}),
        ("What a page hands over", GIVEN),
    ):
        lines += [
            f"### {title}",
            "",
            *table(["Word", "Meaning"], [[f"`{k}`", v] for k, v in words.items()]),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def kind(schema: dict[str, Any]) -> str:
    """A JSON schema in a few words."""
    if "anyOf" in schema:
        return " or ".join(kind(each) for each in schema["anyOf"])
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{word}`" for word in schema.get("enum", [schema.get("const")]))
    if schema["type"] == "array":
        return f"list of {kind(schema['items'])}"
    if "maximum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    return {"string": "text", "null": "null", "integer": "number", "boolean": "true or false"}.get(
        schema.get("format", schema["type"]), schema.get("format", schema["type"])
    )


def api_page() -> str:
    from homeward.api.views import document

    described = document()
    lines = [API_OPENING]
    for address, methods in described["paths"].items():
        told = methods["get"]
        lines += [f"## GET {address}", "", told["description"], ""]
        asked = [
            [f"`{one['name']}`", kind(one["schema"]), one["schema"].get("description", "")]
            for one in told["parameters"]
        ]
        lines += [*table(["Asked", "Values", "Meaning"], asked), ""]
        for status, answer in sorted(told["responses"].items()):
            if status in (200, 422):
                lines += [f"{status}: {kind(answer['content']['application/json']['schema'])}.", ""]
    lines += ["401, 403, 404, 405, 429, 500 and 503: [Refusal](#refusal).", "", "## What is answered", ""]
    for name, schema in described["components"]["schemas"].items():
        rows = [
            [f"`{field}`", kind(what), what.get("description", "")]
            for field, what in schema["properties"].items()
        ]
        about = [schema["description"].replace("\n", " "), ""] if "description" in schema else []
        lines += [f"### {name}", "", *about, *table(["Field", "Value", "Meaning"], rows), ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    os.environ["HOMEWARD_DATA"] = tempfile.mkdtemp()
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.config.settings"
    import django

    django.setup()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    MEETINGS_PAGE.write_text(meetings_page(), encoding="utf-8")
    API_PAGE.write_text(api_page(), encoding="utf-8")
