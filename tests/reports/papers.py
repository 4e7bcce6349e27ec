"""Papers of an invented meeting, as they are written in the tests."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from homeward.config.today import LONDON
from homeward.reports.paper import Bullets, Heading, Paragraph, Said
from homeward.reports.record import (
    Action,
    ActionList,
    Decision,
    Item,
    ListedAction,
    PlainDocument,
    Record,
    RuledOut,
    Section,
    View,
)

NOW = datetime(2026, 4, 7, 16, 5, tzinfo=LONDON)
# What a keyboard, a spreadsheet and a page might take for something else than words.
AWKWARD = [
    "Ava & <Ben>",
    "=cmd |' /C calc'!A0",
    '<img src="http://127.0.0.1:9/photo.png">',
    "<script>alert(1)</script> ]]> --> {{ title }}",
    "http://council.example/notes and file:///etc/passwd",
    "محمد عبد الله",
    "Zoë Łukasz Nguyễn Ọlá",
    "😀 😢",
]


def item(child: str = "Ava Reid", **changed: Any) -> Item:
    given: dict[str, Any] = {
        "child": child,
        "summary": (("Age", "10 years"), ("Lives with", "Foster carers, since 17 June 2024"), ("Order", "")),
        "views": (
            View("Ava", "I want to stay with Jo and Pat.\nI want to see Nan."),
            View("Ava’s father", why_not="He was invited on 16 March and did not answer."),
        ),
        "sections": (Section("Progress since the last meeting", "She swims.\n\nShe goes to school."),),
        "decisions": (
            Decision(
                "Long-term fostering becomes the main plan.",
                "Sam Okafor",
                "team manager",
                basis="Ava is settled.",
                alternatives="The aunt withdrew on 30 March.",
                childs_view="Ava wants to stay.",
                told="On 9 April, at home.",
            ),
        ),
        "actions": (
            Action("Bring the chronology up to date", "Priya Shah", date(2026, 4, 20)),
            Action("Sign the support plan", "Jo Fields", None, "The school signed on 2 April"),
        ),
        "ruled_out": (RuledOut("Adoption", "Ava does not want it.", "Head of service"),),
        "next_on": date(2026, 5, 18),
    }
    return Item(**given | changed)


def record(*items: Item, **changed: Any) -> Record:
    given: dict[str, Any] = {
        "title": "Permanency Planning Meeting, 7 April 2026",
        "council": "Northmere Council",
        "meeting_name": "Permanency Planning Meeting",
        "on": date(2026, 4, 7),
        "at": time(14),
        "place": "Room 3",
        "chaired_by": "Sam Okafor",
        "chair_role": "team manager",
        "attended": (("Priya Shah", "social worker"), ("Lena Novak", "reviewing officer")),
        "apologies": (("Mr Green", "school"),),
        "for_whom": "the independent reviewing officer",
        "items": items or (item(),),
        "signed_by": "Sam Okafor",
        "signed_on": date(2026, 4, 8),
    }
    return Record(**given | changed)


def awkward() -> Record:
    """Everything that may be typed, everywhere something may be typed."""
    text = "\n".join(AWKWARD)
    return record(
        item(
            AWKWARD[0],
            summary=tuple((words, words) for words in AWKWARD),
            views=tuple(View(words, words) for words in AWKWARD),
            sections=(Section(AWKWARD[2], text),),
            decisions=(Decision(text, AWKWARD[5], AWKWARD[1]),),
            actions=tuple(Action(words, words, None, words) for words in AWKWARD),
        ),
        council="Northmere & <Sons> Council",
        for_whom="the “carers” & <others>",
        place=AWKWARD[2],
    )


def plan() -> PlainDocument:
    parts = (
        Paragraph("This is what we have agreed."),
        Heading("Where I live"),
        Paragraph("You live with Jo and Pat."),
        Said("What you told us", "I want to stay."),
        Heading("What happens next"),
        Bullets(("Priya comes on 9 April.", "You see Nan four times this year.")),
    )
    return PlainDocument("My plan", "Northmere Council", date(2026, 4, 7), parts, for_whom="Ava")


def action_list() -> ActionList:
    agreed = "Permanency Planning Meeting, 7 April 2026"
    actions = (
        ListedAction("Keep the swimming club on Saturdays", date(2026, 5, 18), "Ava", agreed),
        ListedAction("Read the support plan and sign it", date(2026, 5, 4), "Ava", agreed),
        ListedAction("Write down what Ben likes to eat", None, "Ben", agreed),
    )
    note = "When something is done, or cannot be done, tell Priya Shah."
    return ActionList("What was agreed", "Northmere Council", date(2026, 4, 8), "Jo Fields", actions, note)
