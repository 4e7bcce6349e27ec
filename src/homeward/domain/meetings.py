"""A series of meetings as a council's pack describes it: who chairs, who comes, what it looks at."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from homeward.domain.events import KINDS
from homeward.domain.policy import OWNERS

# Meetings of the strategies that record no event of `events.KINDS`.
OTHER_MEETINGS: dict[str, str] = {
    "action_learning_meeting": "an action learning meeting was held",
    "agency_board": "the board of the regional adoption agency met",
    "child_protection_conference": "a child protection conference was held",
    "corporate_parenting_board": "the corporate parenting board met",
    "court_tracking_meeting": "children before and in court were tracked",
    "fostering_panel": "the fostering panel met",
    "participation_meeting": "children and young people were asked together",
    "placement_planning_meeting": "the move to adopters was planned with their agency",
    "urgent_legal_meeting": "an urgent legal meeting was held",
}
MEETING_KINDS = KINDS | OTHER_MEETINGS

# Who may chair or override, by the keys of the roles that people hold in Homeward.
CHAIRS: dict[str, str] = {
    key: OWNERS[key]
    for key in (
        "social_worker",
        "team_manager",
        "head_of_service",
        "director",
        "permanence_lead",
        "iro",
        "agency_decision_maker",
        "nominated_officer",
        "family_finder",
        "legal",
    )
} | {
    "assistant_team_manager": "assistant team manager",
    "panel_adviser": "panel adviser",
    "panel_chair": "panel chair",
}
SCOPES = {
    "child": "about one child, or brothers and sisters together",
    "group": "about many children, or about none by name",
}


class Paper(NamedTuple):
    """What must be there before an item is confirmed."""

    key: str
    words: str


class Meeting(NamedTuple):
    """One series of meetings. Its fields are those of its TOML table (docs/reference/policy-packs.md)."""

    pack: str  # the pack it comes from: "england" for a default where the council is silent
    key: str
    name: str
    kind: str  # of MEETING_KINDS
    short: str = ""
    scope: str = "child"
    every: str = ""
    chairs: tuple[str, ...] = ()  # roles of CHAIRS; none: the page asks who chairs
    chaired_by: str = ""  # the council's own words for the chair
    chairs_from: date = date.min  # before it anyone could chair
    must_invite: tuple[str, ...] = ()
    attends: tuple[str, ...] = ()
    considers: tuple[str, ...] = ()
    subsequent: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    rating: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()  # names of domain.entries
    exit: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    source: str = ""  # where a default of the England pack comes from
    default: bool = False  # a suggestion of Homeward's, promised by nobody
    note: str = ""

    def may_chair(self, role: str, held_on: date) -> bool:
        """Whether a role may chair on a day; where the policy names no chair, every role may."""
        return not self.chairs or held_on < self.chairs_from or role in self.chairs

    @property
    def chairs_words(self) -> str:
        """Who chairs, in words; empty where the policy does not say."""
        return self.chaired_by or " or ".join(CHAIRS[role] for role in self.chairs)

    @property
    def records_event(self) -> bool:
        """Whether a held meeting is an event in the child's history."""
        return self.kind in KINDS

    def headings(self, *, first: bool) -> tuple[str, ...]:
        """The headings of the initial or of the subsequent template."""
        return self.considers if first or not self.subsequent else self.subsequent
