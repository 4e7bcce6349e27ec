"""What the API takes and gives, field by field; the OpenAPI document is made from this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import BeforeValidator
from pydantic_core import core_schema

from homeward.domain.codes import LS
from homeward.domain.events import ROUTES
from homeward.domain.ledger import STATES
from homeward.domain.policy import COUNCILS
from homeward.domain.standing import STAGES
from homeward.records.queries.cohorts import COHORTS
from homeward.records.queries.tracker_page import SORTS


@dataclass(frozen=True)
class OneOf:
    """One of these words and no other."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.literal_schema(list(self.words))


def _plainly(value: Any) -> Any:
    """A day only as 2026-11-25, not as a number of seconds or of a week."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("Write a day as 2026-11-25")
    return date.fromisoformat(value)


Day = Annotated[date, BeforeValidator(_plainly)]
Key = Annotated[str, Field(pattern="^[0-9a-f]{8}$", description="The `key` of a worker in an answer.")]


# ---- What is asked ----


class At(Schema):
    as_at: Day | None = Field(None, description="Read as at this day; today without it, and never later.")
    all: Annotated[str, OneOf(("0", "1"))] = Field(
        "0", description="1: with the rules that nothing in the council's record can meet."
    )


class TrackerAsked(At):
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=100_000)
    sort: Annotated[str, OneOf(tuple(SORTS))] | None = Field(
        None, description="The longest wait first without it."
    )
    dir: Annotated[str, OneOf(("up", "down"))] = "up"
    cohort: list[Annotated[str, OneOf(tuple(COHORTS))]] = Field([], max_length=len(COHORTS))
    plan: Annotated[str, OneOf(("none", *ROUTES))] | None = None
    stage: Annotated[str, OneOf(tuple(STAGES))] | None = None
    status: Annotated[str, OneOf(tuple(LS))] | None = Field(None, description="A legal status of SSDA903.")
    worker: Key | None = None
    officer: Key | None = None
    rule: Annotated[str, Field(pattern="^[a-z0-9_]{1,80}$")] | None = Field(
        None, description="The key of a rule that is open for the child."
    )
    state: Annotated[str, OneOf(("late", "near", "soon", "on_time"))] | None = None
    care: Annotated[str, OneOf(("in", "out"))] | None = None


class PromisesAsked(Schema):
    council: Annotated[str, OneOf(COUNCILS)] | None = Field(None, description="The token's own without it.")
    state: Annotated[str, OneOf(STATES)] | None = None


# ---- What is answered ----


class Coded(Schema):
    """A code and the words a page shows for it."""

    code: str
    words: str


class Worker(Schema):
    name: str
    key: str = Field(description="Stands for the name in an address, where no name may stand.")


class Due(Schema):
    """A date in short."""

    rule: str
    title: str
    due_on: date | None
    status: str
    words: str
    days: int | None = Field(description="Days over; with a minus, days left.")


class Who(Schema):
    """Who the child is, and where the child stands on the day. What the token may not be shown is null."""

    public_id: str
    name: str
    reference: str
    born_on: date | None
    expected_on: date | None
    age: str
    shown: list[str] = Field(description="The field sets whose content is shown.")
    in_care: bool
    in_care_since: date | None
    legal_status: Coded | None
    lives: Coded | None
    stage: Coded | None
    social_worker: Worker | None
    reviewing_officer: Worker | None
    overdue: int = Field(description="How many dates are overdue.")


class TrackerRow(Who):
    main_plan: Coded | None
    alongside: Coded | None
    contingency: Coded | None
    next: Due | None
    holding_up: Due | None


class Tracker(Schema):
    council: str
    as_at: date
    set_aside: list[str] = Field(description="Rules left out: nothing in the council's record can meet them.")
    total: int
    limit: int
    offset: int
    children: list[TrackerRow]


class Plan(Schema):
    position: str
    route: Coded
    recorded_on: date | None
    agreed_on: date | None
    confirmed_on: date | None
    reason: str


class Stretch(Schema):
    """Days with a code; without an end, it goes on."""

    code: str
    words: str
    start: date
    end: date | None


class Happened(Schema):
    kind: str
    words: str
    on: date


class Child(Who):
    council: str
    as_at: date
    left_care_on: date | None
    living_since: date | None
    due_soon: int
    plans: list[Plan]
    homes: list[Stretch] | None = Field(description="Null without the field set `history`.")
    legal_statuses: list[Stretch] | None = Field(description="Null without the field set `legal`.")
    events: list[Happened] | None = Field(description="Null without the field set `history`.")


class Deadline(Due):
    """A date with where it comes from."""

    ids: list[str] = Field(description="Timescales and promises.")
    force: str = Field(description="must: law; should: statutory guidance; aim: the council's own.")
    owner: str
    sentence: str
    source: str
    counted_from: Happened | None
    met_by: Happened | None
    ended_on: date | None


class Deadlines(Schema):
    public_id: str
    council: str
    as_at: date
    set_aside: list[str]
    deadlines: list[Deadline]


class Kept(Schema):
    """Children now for whom a rule is open."""

    on_time: int
    near: int
    late: int
    undated: int


class KeptRule(Schema):
    rule: str
    title: str
    recorded: bool = Field(description="False: nothing in the council's record can meet it.")
    children: Kept | None


class Promise(Schema):
    id: str
    section: str
    text: str
    state: str
    where: list[str]
    why: str
    rules: list[KeptRule]


class Promises(Schema):
    council: str
    promises: list[Promise]


class Refusal(Schema):
    error: str
    reference: str = Field(description="The request in the audit; tell it to whoever helps you.")


class Unreadable(Refusal):
    field: str
