"""Oversight of the work by team: supervision, and how good plans and reports are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.domain.quality import SUPERVISIONS, frequency, grades
from homeward.records.queries import (
    delay_oversight,
    duties_page,
    grades_by_team,
    needs_page,
    standards_page,
    supervision_by_team,
)
from homeward.records.queries.duties_page import Figure
from homeward.records.queries.grades_by_team import EARLIER, NONE, TeamLine
from homeward.records.queries.supervision_by_team import NOT_JUDGED, NOW, TIMES, ByTeam
from homeward.web.layout.door import Reading, reading

PAGE = 50


@require_safe
def oversight_supervision(request: HttpRequest) -> HttpResponse:
    """A figure of a team opens the children behind it."""
    read = reading(request, "see_oversight")
    found = supervision_by_team.by_team(request.actor, read.authority, read.today)
    team, what = request.GET.get("team", ""), request.GET.get("what", "")
    context = read.context() | {
        "often": {words: frequency(read.authority.pack, key) for key, words in SUPERVISIONS.items()},
        "headings": NOW.values(),
        "lines": [
            {"team": line.team, "figures": figures(line.team, NOW, line.behind)} for line in found.teams
        ],
        "grades": [*grades(read.authority.pack), NOT_JUDGED],
        "times": TIMES.values(),
        "quarters": _quarters(found, read),
        "what": NOW.get(what, ""),
        "team": team,
        "behind": behind(request, read, found.children(team, what)) if what in NOW else None,
    }
    return render(request, "work/supervision.html", context)


@require_safe
def oversight_quality(request: HttpRequest) -> HttpResponse:
    """Plans that stand and reports of a year, counted in the council's words; a number opens the children."""
    read = reading(request, "see_oversight")
    given = (request.actor, read.authority, read.today)
    plans, reports = grades_by_team.plans(*given), grades_by_team.reports(*given)
    own = grades(read.authority.pack)
    team, word, of = (request.GET.get(name, "") for name in ("team", "what", "of"))
    chosen = {"plans": plans, "reports": reports}.get(of)
    context = read.context() | {
        "plan_words": [*own, EARLIER, NONE],
        "report_words": [*own, NONE],
        "plans": [_counted(line, [*own, EARLIER, NONE], "plans") for line in plans],
        "reports": [_counted(line, [*own, NONE], "reports") for line in reports],
        "what": f"{_OF[of]}: {word[:60].lower()}" if chosen is not None else "",
        "team": team,
        "behind": behind(request, read, grades_by_team.behind(chosen, team, word))
        if chosen is not None
        else None,
    }
    return render(request, "work/quality.html", context)


@require_safe
def oversight_needs(request: HttpRequest) -> HttpResponse:
    """What children need and for which no action is agreed, of all teams or of one."""
    read = reading(request, "see_oversight")
    found = needs_page.unanswered(request.actor, read.authority, read.today)
    team = request.GET.get("team", "")
    mine = [line for line in found if team in ("", line.team)]
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    request.trail.saw({line.fact.child_id for line in page}, "history")
    teams = sorted({line.team for line in found})
    context = {"lines": list(page), "pages": page, "teams": [(name, name) for name in teams], "team": team}
    return render(request, "work/needs.html", context)


@require_safe
def oversight_standards(request: HttpRequest) -> HttpResponse:
    """Children in pre-proceedings with the last check of their plan against the council's standards."""
    read = reading(request, "see_oversight")
    found = standards_page.in_pre_proceedings(request.actor, read.authority, read.today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    request.trail.saw({line.child.pk for line in page}, "history", "legal")
    return render(request, "work/standards.html", {"lines": list(page), "pages": page})


@require_safe
def oversight_duties(request: HttpRequest) -> HttpResponse:
    """The part of each role in permanence, in words and in numbers; nobody is named."""
    read = reading(request, "see_oversight")
    found = duties_page.page_of(request.actor, read.authority, read.today)
    roles = [
        {
            "role": line.role,
            "duties": line.duties,
            "in_time": line.in_time,
            "done": line.done,
            "figures": [_figure(figure) for figure in line.figures],
        }
        for line in found.roles
    ]
    return render(request, "work/duties.html", {"roles": roles, "quarter": found.quarter})


def _figure(figure: Figure) -> dict[str, Any]:
    counted = ("words", "late", "waiting", "in_time", "done_late", "nothing")
    late_by = [
        {"title": title, "late": number, "link": f"{reverse('tracker')}?rule={key}&state=late"}
        for key, (title, number) in sorted(figure.late_by.items(), key=lambda one: one[1][0])
    ]
    told = {name: getattr(figure, name) for name in counted}
    if figure.key == "partner_actions" and figure.late:  # the list names everybody who is late, by owner
        by_owner = f"{reverse('actions')}?whose=all&state=overdue&by=owner"
        late_by = [{"title": "Overdue actions, by who does them", "late": None, "link": by_owner}]
    return told | {"late_by": late_by, "link": _late(figure)}


def _late(figure: Figure) -> str:
    """The list behind what is late, where there is one for the whole figure."""
    lists = {
        "supervision": f"{reverse('oversight_supervision')}?what=late#behind",
        "decisions": f"{reverse('decisions')}?again=due",
        "matters": f"{reverse('oversight_matters')}?state=late",
    }
    return lists.get(figure.key, "")


_OF = {"plans": "Main plans", "reports": "Reports"}


def _counted(line: TeamLine, words: list[str], of: str) -> dict[str, Any]:
    return {
        "team": line.team,
        "figures": [
            {
                "words": f"{of}, {word}",
                "number": line.count(word),
                "link": urlencode({"of": of, "team": line.team, "what": word}),
            }
            for word in words
        ],
    }


def figures(
    team: str, headings: Mapping[str, str], counted: Mapping[str, Mapping[int, Any]]
) -> list[dict[str, Any]]:
    """The numbers of a team's line, each with the link to the children behind it."""
    return [
        {
            "words": words,
            "number": len(counted.get(key, ())),
            "link": urlencode({"team": team, "what": key}),
        }
        for key, words in headings.items()
    ]


def behind(request: HttpRequest, read: Reading, told: Mapping[int, list[str]]) -> list[dict[str, Any]]:
    """The children behind a figure by name, through the door; the audit says who was shown."""
    children = delay_oversight.children_of(request.actor, read.authority, told)
    request.trail.saw(children, "history")
    listed = sorted(children.values(), key=lambda child: child.name.casefold())
    return [{"public_id": child.public_id, "name": child.name, "counted": told[child.pk]} for child in listed]


def _quarters(found: ByTeam, read: Reading) -> list[dict[str, Any]]:
    words = [*grades(read.authority.pack), NOT_JUDGED]
    return [
        {
            "words": line.quarter.words,
            "times": [line.times[key] for key in TIMES],
            "share": line.share,
            "grades": [line.grades[word] for word in words],
        }
        for line in found.quarters
    ]
