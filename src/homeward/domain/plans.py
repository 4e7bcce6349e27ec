"""Who may confirm a permanence plan and sign a route off, and when every route must be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from homeward.domain.entries import achieved, lasting
from homeward.domain.events import History
from homeward.domain.gates import Unmet
from homeward.domain.life import Life
from homeward.domain.packs import Pack
from homeward.domain.policy import OWNERS
from homeward.domain.standing import ROUTE_OF
from homeward.domain.step_answers import ASKS, Wanted

POSITION_WORDS = {
    "main": "main plan",
    "parallel": "plan alongside",
    "contingency": "plan if these fail",
}
ACHIEVED, CHANGED, RULED_OUT = "achieved", "changed", "ruled_out"
OUTCOME_WORDS = {ACHIEVED: "achieved", CHANGED: "changed", RULED_OUT: "ruled out"}

# Who oversees a child's plan: whoever a policy does not name is one of these, never the worker alone.
OVERSEERS = (
    "team_manager",
    "head_of_service",
    "director",
    "permanence_lead",
    "iro",
    "agency_decision_maker",
    "nominated_officer",
)
_UNDER_AN_ORDER = frozenset({"C1", "C2"})


# The two ask in their own words why less would not be enough; a plan has one field for it.
WHY_NOT_LESS = ("no_order_reason", "less_intervention_reason")


def wanted(asks: Iterable[str], unmet: Iterable[Unmet]) -> Wanted:
    """The reasons that a route asks for and those that would satisfy the gates before it, each once."""
    names, approvers = dict.fromkeys(asks), dict[str, None]()
    for one in unmet:
        answers = ASKS.get(one.gate.needs, ())
        names |= dict.fromkeys(answers)
        if "approved_by" in answers:
            approvers |= dict.fromkeys(one.gate.roles)
    return Wanted(tuple(name for name in names if name not in WHY_NOT_LESS), tuple(approvers))


class Confirmers(NamedTuple):
    """The roles that may confirm a plan, and why these."""

    roles: tuple[str, ...]
    says: str
    promises: tuple[str, ...] = ()


def confirmers(own: Pack, route: str, legal_status: str) -> Confirmers:
    """Who confirms a plan for a route: the policy's approval for it, the law's, or anybody who oversees."""
    what = {"adoption": "adoption_decision"}.get(route, "permanence_plan")
    if route == "return_home" and legal_status in _UNDER_AN_ORDER:
        what = "placement_with_parents"
    row = next((each for each in own.approvals if each["what"] == what), None)
    if row is not None:
        says = f"{own.title} names the {OWNERS[row['role']]}."
        return Confirmers((row["role"],), says, tuple(row.get("promises", ())))
    if route == "adoption":
        return Confirmers(
            ("agency_decision_maker",),
            "The agency decision maker decides whether a child should be placed for adoption "
            "(Adoption Agencies Regulations 2005 reg 19).",
        )
    return Confirmers(OVERSEERS, "The policy names nobody, so somebody who oversees the plan confirms it.")


class Reopened(NamedTuple):
    """Why answers given before a day are to be given again."""

    since: date
    why: str


def reopened(history: History, as_at: date) -> Reopened | None:
    """The last change of the main plan after which every route is open again, or None.

    Until the child lives with the permanent family under a lasting arrangement every route is looked at again
    (DUD-014); an answer given before the plan last changed no longer stands for that.
    """
    life = Life(history, as_at)
    if lasting(life):
        return None
    became = sorted({event.on for kind in ROUTE_OF for event in life.all(kind)})
    return Reopened(became[-1], "the main plan changed") if len(became) > 1 else None


class ReturnHome(NamedTuple):
    """Whether return home is still open, and why."""

    open: bool
    why: str


def return_home(history: History, as_at: date) -> ReturnHome:
    """Return home is part of planning for every child until permanence is reached (DUD-022, MER-045)."""
    reached = achieved(Life(history, as_at))
    if reached is not None:
        return ReturnHome(False, "Permanence was reached")
    return ReturnHome(True, "Return home stays part of the planning until permanence is reached")
