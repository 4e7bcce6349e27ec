"""First pages of who manages: a team, the tracker of a council, and the council as a whole."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from homeward.domain import packs
from homeward.records.operations import tracker_views
from homeward.records.queries import people_page, supervision_by_team, working_with
from homeward.records.queries.cohorts import COHORTS
from homeward.records.queries.home import council, dates, matters, needs, reviews, team
from homeward.records.queries.meetings_page import Line
from homeward.records.queries.tracker_page import Tracker
from homeward.reports import words
from homeward.web.home import tables
from homeward.web.home.parts import Button, Cell, Desk, Figure, Home, Table, counted

PLANNING = "permanence_meeting_held"
SAVED = (
    *("no_plan_by_second_review", "no_parallel_plan", "placement_order_no_match", "two_moves"),
    *("early_permanence_not_considered", "at_home_under_an_order"),
)


def of_cohort(tracker: Tracker, key: str) -> list[Any]:
    return [child for child in tracker.children if COHORTS[key].holds(child, tracker.as_at)]


# ---- A team ----


def team_page(desk: Desk) -> Home:
    waiting = needs.plans_waiting(desk.actor, desk.authority)
    late = dates.late_dates(desk.tracker)
    home = Home(_team_heading(len({plan.child_id for plan in waiting}), late), _team_buttons(desk, waiting))
    agree = "Plans that wait to be agreed"
    home.blocks = [
        tables.plans(desk, waiting, "to-agree", agree, "No plan waits to be agreed.", "Agree or return"),
        *_to_answer(desk),
        _planning_due(desk),
        *_supervision(desk),
        tables.without_plan(desk, of_cohort(desk.tracker, "no_plan_by_second_review")),
        _workload(desk),
        tables.late_children(
            desk, desk.tracker.children, "Children with a date overdue", "Nothing is overdue.", "state=late"
        ),
    ]
    away = [_away(desk)] if desk.may("cover") else []
    home.beside = [tables.by_cause(desk), *tables.returns(desk), *away, *ahead(desk)]
    return home


def _to_answer(desk: Desk) -> list[Table]:
    """Matters that reviewing officers raised about children of the team, to which nobody answered yet."""
    found = matters.awaited(desk.actor, desk.authority, desk.on)
    title = "Answers asked of the team by reviewing officers and chairs"
    return [tables.matters(desk, found, "to-answer", title, "")] if found else []


def _team_heading(plans: int, late: int) -> str:
    need = f"{words.count(plans, 'child', 'children')} {'needs' if plans == 1 else 'need'} a decision"
    over = f"{words.count(late, 'date')} {'is' if late == 1 else 'are'} overdue"
    if not plans and not late:
        return "Your team: no child waits for a decision and no date is overdue."
    return f"Your team: {', '.join(part for part, number in ((need, plans), (over, late)) if number)}."


def _team_buttons(desk: Desk, waiting: list[Any]) -> list[Button]:
    found = [Button("Agree or return", "#to-agree")] if waiting else []
    if desk.may("allocate"):
        found.append(Button("Reassign", reverse("without_worker")))
    return [*found, _next_meeting(desk)]


def _next_meeting(desk: Desk, series: frozenset[str] = frozenset()) -> Button:
    line = next((one for one in desk.meetings.ahead if not series or one.meeting.series in series), None)
    if line is None:
        key = f"?series={min(series)}" if series else ""
        return Button("Arrange the next meeting", reverse("meeting_arrange") + key)
    return Button(
        f"Open the next meeting, {words.day(line.meeting.on)}",
        reverse("meeting", args=[line.meeting.public_id]),
    )


def _planning_due(desk: Desk) -> Table:
    """Children whose planning meeting is due by rule, those before care too, in the council's own word."""
    due = reviews.due(desk.authority, desk.tracker, {PLANNING})
    name = packs.pack(desk.authority.pack).meeting(PLANNING) or "Planning meeting"
    title = f"{name}: late, or due in four weeks"
    return tables.reviews_due(desk, due, "planning", title, "None is late or due in the next four weeks.", 10)


def _supervision(desk: Desk) -> list[Table]:
    """Supervision that is late, as it stands today; nothing where none is."""
    if desk.on != desk.read.today:
        return []
    found = supervision_by_team.late(desk.actor, desk.authority, desk.on)
    rows = [
        [desk.child(child, "child_supervision"), Cell(line.kind, status=line.next), Cell(line.fact.by_name)]
        for child, line in found[: tables.SHOWN]
    ]
    if not rows:
        return []
    more = ("Supervision, by team", reverse("oversight_supervision"))
    headings = ("Child", "Supervision", "Who held the last one")
    return [Table("supervision", "Supervision that is late", headings, rows, "", len(found), more)]


def _workload(desk: Desk) -> Table:
    rows = [
        [
            Cell(load.worker),
            counted(
                load.children,
                desk.tracked(f"worker={load.key}") if load.worker != team.NOBODY else "",
                load.worker,
            ),
            Cell(f"{load.actions:,}", number=True),
            Cell(f"{load.reviews:,}", number=True),
        ]
        for load in team.workload(desk.actor, desk.authority, desk.tracker)
    ]
    return Table(
        "workload",
        "Who has how much to do",
        ("Worker", "Children", "Open actions", "Reviews due"),
        rows,
        "No child of the team is on the tracker.",
        lead="By name. Reviews due: late, or due in four weeks.",
        summary=True,
    )


def _away(desk: Desk) -> Table:
    own = desk.actor.role.team if desk.actor.role else None
    covers = people_page.covers_of(desk.authority, team=own) if own else []
    rows = [
        [
            Cell(one.covered.name),
            Cell(one.by.name),
            Cell(f"{words.short_day(one.started_on)} to {words.short_day(one.ended_on)}"),
        ]
        for one in covers
    ]
    return Table(
        "away",
        "Who is away, and who acts for them",
        ("Away", "Acts for them", "From and to"),
        rows,
        "Nobody is away with a colleague acting for them.",
        more=("Say who acts for whom", reverse("cover")),
    )


def ahead(desk: Desk, only: frozenset[str] = frozenset()) -> list[Table]:
    """Meetings to come and meetings to sign, for who reads meetings."""
    if not desk.may("meet"):
        return []
    found: list[Table] = []
    unsigned = [line for line in desk.meetings.unsigned if _is(line, only)]
    if unsigned:
        found.append(tables.meetings(desk, unsigned, "unsigned", "Held, not yet signed", ""))
    coming = [line for line in desk.meetings.ahead if _is(line, only)]
    none = "No meeting is arranged in the next eight weeks."
    found.append(tables.meetings(desk, coming[:5], "ahead", "Next meetings", none))
    return found


def _is(line: Line, only: frozenset[str]) -> bool:
    return not only or line.meeting.series in only


# ---- The tracker of a council ----


def lead_page(desk: Desk) -> Home:
    series = oversight_series(desk)
    last = council.last_oversight(desk.actor, desk.authority, series, desk.on)
    stuck = council.stuck(desk.tracker, last)
    changed = council.changed_since(desk.tracker, desk.authority, last) if last else set()
    home = Home(
        f"Tracker: {words.count(len(desk.tracker.children), 'child', 'children')}, {len(stuck):,} stuck"
        + (f", {len(changed):,} changed since {words.day(last.on)}." if last else "."),
        lead=_since(desk, series, bool(last)),
        buttons=_lead_buttons(desk, series),
    )
    home.blocks = [
        _views(desk),
        tables.late_children(
            desk, stuck, "Stuck: overdue then, and still overdue", "Nobody is stuck.", "state=late"
        ),
        _planning_due(desk),
        *ahead(desk, series),
    ]
    home.beside = [tables.by_cause(desk), *tables.returns(desk), _rules(desk)]
    return home


def oversight_series(desk: Desk) -> frozenset[str]:
    """The council's meetings at which permanence is tracked."""
    return frozenset(one.key for one in packs.meetings(desk.authority.pack) if one.kind == council.OVERSIGHT)


def _since(desk: Desk, series: frozenset[str], held: bool) -> str:
    name = next((one.name for one in packs.meetings(desk.authority.pack) if one.key in series), "")
    if held:
        return f"Counted from the last {name}: what was overdue then and still is, and what changed since."
    return "No oversight meeting is recorded yet. Stuck: overdue for four weeks or more."


def _lead_buttons(desk: Desk, series: frozenset[str]) -> list[Button]:
    coming = next((one for one in desk.meetings.ahead if one.meeting.series in series), None)
    if coming:
        first = Button("Build the agenda", reverse("meeting_agenda", args=[coming.meeting.public_id]))
    else:
        first = _next_meeting(desk, series)
    return [
        first,
        Button("Take minutes", reverse("meetings")),
        Button("Open the tracker", desk.tracked("").rstrip("?")),
    ]


def _views(desk: Desk) -> Table:
    """Groups that people ask for by name, and the views that somebody kept."""
    rows = []
    for key in SAVED:
        number = len(of_cohort(desk.tracker, key))
        link = desk.tracked(f"cohort={key}")
        rows.append(
            [
                Cell(COHORTS[key].title, link, quiet=COHORTS[key].meaning),
                counted(number, link, COHORTS[key].title),
            ]
        )
    for view in tracker_views.views_of(desk.actor.person, desk.authority):
        link = f"{reverse('tracker')}?{view.query}{'&' if view.query else ''}view={view.pk}"
        rows.append(
            [Cell(view.name, link, quiet="shared with all" if view.shared else "kept by you"), Cell("")]
        )
    return Table("views", "Saved views", ("View", "Children"), rows, summary=True)


def _rules(desk: Desk) -> Table:
    rows = [
        [
            Cell(line.title, quiet=line.force_words),
            counted(line.late, desk.tracked(f"rule={line.key}&state=late"), f"late: {line.title}"),
            counted(line.near, desk.tracked(f"rule={line.key}&state=near"), f"near: {line.title}"),
        ]
        for line in dates.rule_lines(desk.tracker)[:12]
    ]
    more = ("How we keep our policy", reverse("policy_ledger")) if desk.may("see_policy") else ("", "")
    return Table(
        "rules",
        "Which promises are late",
        ("Promise", "Late", "Near"),
        rows,
        "None is late or near.",
        more=more,
        summary=True,
    )


# ---- The council as a whole ----


def plain_page(desk: Desk) -> Home:
    """Of a role that sees every child and has no tasks of its own here: what is late, and for whom."""
    late = dates.late_dates(desk.tracker)
    children = dates.late_children(desk.tracker)
    said = f"{words.count(late, 'date')} overdue for {words.count(len(children), 'child', 'children')}"
    home = Home(f"{desk.authority.name}: {said if late else 'no date is overdue'}.", figures=figures(desk))
    own = dates.dates_of(desk.tracker, needs.owners(desk.actor))
    if own:
        home.blocks.append(tables.lines_of(desk, own, "own", "Dates that you see to", ""))
    home.blocks.append(
        tables.late_children(
            desk, desk.tracker.children, "Children with a date overdue", "Nothing is overdue.", "state=late"
        )
    )
    home.beside = [_rules(desk), *(ahead(desk) if desk.may("meet") else [])]
    return home


def figures(desk: Desk) -> list[Figure]:
    tracker = desk.tracker
    plans = len(of_cohort(tracker, "no_plan_by_second_review"))
    return [
        Figure(sum(c.in_care for c in tracker.children), "children in our care", desk.tracked("care=in")),
        Figure(
            len(dates.late_children(tracker)), "with a date overdue", desk.tracked("state=late"), late=True
        ),
        Figure(
            plans,
            "without a plan by the second review",
            desk.tracked("cohort=no_plan_by_second_review"),
            late=plans > 0,
        ),
    ]


def in_need(desk: Desk) -> int:
    """How many children in care nobody works with, for who may choose a worker; of today alone."""
    if desk.on != desk.read.today or not desk.may("allocate"):
        return 0
    in_care = [child.pk for child in desk.tracker.children if child.in_care]
    return len(working_with.without_worker(desk.authority, in_care))
