"""People, roles, teams and the directory's groups: numbers of children, never a child."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.records.models import Authority
from homeward.records.operations import people
from homeward.records.operations.refused import Refused
from homeward.records.queries import people_page
from homeward.records.queries.people_page import PersonLine
from homeward.web.layout.door import reading, today
from homeward.web.layout.forms import PageForm
from homeward.web.people.forms import (
    AddForm,
    ChangeForm,
    GroupForm,
    HandOverForm,
    LeaveForm,
    RoleForm,
    TeamForm,
)
from homeward.web.sign_in.factor import fresh_second_factor

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    authority = _authority(request)
    everyone = people_page.people_of(authority)
    here = [line for line in everyone if line.here]
    gone = [line for line in everyone if not line.here]
    without = [line for line in here if line.without_factor]
    show = request.GET.get("show", "")
    context = {
        "at": "people",
        "lines": {"left": gone, "factor": without}.get(show, here),
        "show": show,
        "without_number": len(without),
        "here_number": len(here),
        "left_number": len(gone),
    }
    return render(request, "people/list.html", context)


@FORM
def person_add(request: HttpRequest) -> HttpResponse:
    authority = _authority(request)
    teams = people_page.teams_of(authority)
    form = AddForm(request.POST or None, teams=teams, initial={"started_on": today()})

    def add() -> int:
        person = people.add_person(authority, by=request.user, **form.cleaned_data)
        request.trail.about["person"] = person.pk
        return person.pk

    if (pk := form.done(add)) is not None:
        return redirect("person", pk=pk)
    return _shown(request, "people/add.html", form, {})


@FORM
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's roles; the form gives another."""
    authority, line = _person(request, pk)
    teams = people_page.teams_of(authority)
    form = RoleForm(request.POST or None, teams=teams, initial={"started_on": today()}, auto_id="give_%s")

    def give() -> int:
        role = people.give_role(authority, line.person, by=request.user, **form.cleaned_data)
        request.trail.about |= {"person": pk, "roles": [role.pk]}
        return role.pk

    if form.done(give) is not None:
        return redirect("person", pk=pk)
    roles = [
        {"role": role, "words": people_page.role_words(role), "still": people_page.still(role)}
        for role in line.roles
    ]
    oneself = line.person == request.user
    context = {
        "line": line,
        "roles": roles,
        "oneself": oneself,
        "left_open": 0 if line.here else people_page.actions_of(authority, line.person),
        "may_help": line.here and not oneself and not line.person.is_demonstration,
    }
    return _shown(request, "people/person.html", form, context)


@FORM
def role_change(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    authority, line = _person(request, pk)
    found = people_page.role_of(authority, pk, role)
    if found is None or line.person == request.user:
        raise Http404
    form = ChangeForm(request.POST or None, teams=people_page.teams_of(authority), role=found)

    def change() -> bool:
        people.change_role(found, by=request.user, **form.cleaned_data)
        request.trail.about |= {"person": pk, "roles": [found.pk]}
        return True

    if form.done(change) is not None:
        return redirect("person", pk=pk)
    context = {"line": line, "role": found, "words": people_page.role_words(found)}
    return _shown(request, "people/role.html", form, context)


@FORM
def person_leaves(request: HttpRequest, pk: int) -> HttpResponse:
    authority, line = _person(request, pk)
    if line.person == request.user or not line.here:
        raise Http404
    open_actions = people_page.actions_of(authority, line.person)
    form = _leave_form(request, authority, line, open_actions)

    def leave() -> people.Left:
        left = people.leave(authority, line.person, by=request.user, **form.cleaned_data)
        request.trail.about |= {
            "person": pk,
            "roles": left.roles,
            "allocations": left.allocations,
            "covers": left.covers,
            "actions": left.actions,
        }
        return left

    if form.done(leave) is not None:
        return redirect("person", pk=pk)
    number = people_page.children_with(authority, line)
    context = {"line": line, "number": number, "open_actions": open_actions}
    return _shown(request, "people/leave.html", form, context)


def _leave_form(request: HttpRequest, authority: Authority, line: PersonLine, open_actions: int) -> LeaveForm:
    sent, begun = request.POST or None, {"on": today()}
    if open_actions:
        return HandOverForm(sent, initial=begun, authority=authority, leaver=line.person)
    return LeaveForm(sent, initial=begun)


@require_POST
@fresh_second_factor
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows once a link with which the person chooses a password; the second step is asked as ever."""
    authority, line = _person(request, pk)
    try:
        parts = people.password_link(authority, line.person, request.user)
    except Refused:
        raise Http404 from None
    request.trail.about |= {"person": pk, "link": True}
    link = request.build_absolute_uri(reverse("new_password", args=parts))
    return render(request, "people/link.html", {"at": "people", "line": line, "link": link})


@require_POST
@fresh_second_factor
def person_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    authority, line = _person(request, pk)
    try:
        people.new_second_step(authority, line.person, request.user)
    except Refused:
        raise Http404 from None
    request.trail.about |= {"person": pk, "second_step": True}
    return redirect("person", pk=pk)


@FORM
def teams(request: HttpRequest) -> HttpResponse:
    authority = _authority(request)
    form = TeamForm(request.POST or None)

    def add() -> int:
        team = people.name_team(authority, form.cleaned_data["name"])
        request.trail.about["team"] = team.pk
        return team.pk

    if form.done(add) is not None:
        return redirect("teams")
    return _shown(
        request, "people/teams.html", form, {"at": "teams", "teams": people_page.teams_of(authority)}
    )


@FORM
def team(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _authority(request)
    found = next((team for team in people_page.teams_of(authority) if team.pk == pk), None)
    if found is None:
        raise Http404
    name = found.name
    form = TeamForm(request.POST or None, initial={"name": name})

    def rename() -> int:
        request.trail.about["team"] = pk
        return people.name_team(authority, form.cleaned_data["name"], found).pk

    if form.done(rename) is not None:
        return redirect("teams")
    return _shown(request, "people/team.html", form, {"at": "teams", "name": name})


@FORM
def groups(request: HttpRequest) -> HttpResponse:
    authority = _authority(request)
    form = GroupForm(request.POST or None, teams=people_page.teams_of(authority))

    def add() -> int:
        made = people.give_to_group(authority, **form.cleaned_data, by=request.user)
        request.trail.about["group"] = made.pk
        return made.pk

    if form.done(add) is not None:
        return redirect("groups")
    return _shown(
        request, "people/groups.html", form, {"at": "groups", "groups": people_page.groups_of(authority)}
    )


@require_POST
def group_drop(request: HttpRequest, pk: int) -> HttpResponse:
    if not people.take_from_group(_authority(request), pk):
        raise Http404
    request.trail.about["group"] = pk
    return redirect("groups")


def _authority(request: HttpRequest) -> Authority:
    return reading(request, "manage_people").authority


def _person(request: HttpRequest, pk: int) -> tuple[Authority, PersonLine]:
    authority = _authority(request)
    line = people_page.line_of(authority, pk)
    if line is None:
        raise Http404
    return authority, line


def _shown(request: HttpRequest, template: str, form: PageForm, more: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"at": "people", "form": form, **more}, status=form.status)
