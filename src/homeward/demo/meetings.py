"""The calendar of the demonstration: meetings that were minuted and signed, and those that are arranged.

Everything goes through the operations that the pages use, at the hour at which it would have been done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from homeward.demo import minuted_words as said
from homeward.demo.councils import COURT
from homeward.demo.minuted import OVERSIGHT, Held
from homeward.demo.school import school_year
from homeward.domain.calendar import add_working_days, is_working_day

# Managers of the teams that the demonstration's team manager does not lead; they do not sign in.
MANAGERS = {
    "northmere": {COURT: "Josephine Tate", "": "Rosalind Achterberg"},
    "easterby": {COURT: "Malcolm Firth", "": "Ngozi Ferreira"},
}
ROOMS = {
    "northmere": ("Orchard Room", "Room 2.4", "Room 2.6", "Family centre, blue room"),
    "easterby": ("Council Chamber annexe", "Room 11", "Room 14", "Quayside centre"),
}
# council -> (series, role of the chair, how many in the next two weeks), about one child each
AHEAD = {
    "northmere": (
        ("permanency_planning_meeting", "team_manager", 7),
        ("children_in_care_review", "iro", 4),
    ),
    "easterby": (
        ("legal_gateway_review", "head_of_service", 3),
        ("cared_for_childs_review", "iro", 5),
    ),
}
OVERSEEN = {series for series, _ in OVERSIGHT.values()}
MANY = 12  # children on the agenda of a meeting that looks at many
SLOTS = (
    (time(9, 30), time(10, 30)),
    (time(11), time(12)),
    (time(13, 30), time(14, 30)),
    (time(15), time(16)),
)
_DAY = timedelta(days=1)


def hold_and_arrange(authority: Any, held: Sequence[Held], day: date) -> None:
    """Needs the council's people and children; the days are counted from the day of the demonstration."""
    from homeward.records.models import SchoolHoliday

    SchoolHoliday.objects.bulk_create(
        SchoolHoliday(authority=authority, name=name, first_on=first, last_on=last)
        for name, first, last in school_year(day)
    )
    last_of = {one.series: one.on for one in held}
    for turn, one in enumerate(sorted(held, key=lambda one: one.on)):
        _hold(authority, one, turn, newest=last_of[one.series] == one.on or one.series not in OVERSEEN)
    _arrange_oversight(authority, day)
    _arrange_each(authority, day)


def at(on: date, hour: time) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(on, hour))


# ---- Meetings that lie behind ----


def _hold(authority: Any, held: Held, turn: int, *, newest: bool) -> None:
    from homeward.records.models import Child
    from homeward.records.operations import meetings, signing
    from homeward.records.queries import meeting_gates

    children = {child.code: child for child in Child.objects.filter(authority=authority)}
    heard = [(children[code], story, place) for code, story, place in held.children if code in children]
    clerk = _holder(authority, "administrator").person
    many = held.series == OVERSIGHT[authority.slug][0]
    starts, ends = (time(10), time(12)) if many else SLOTS[turn % len(SLOTS)]
    meeting = meetings.arrange_meeting(
        authority,
        held.series,
        on=held.on,
        by=clerk,
        now=at(held.on - 14 * _DAY, time(9)),
        starts_at=starts,
        ends_at=ends,
        room=ROOMS[authority.slug][0 if many else 1 + turn % 3],
        note=said.REST if many else "",
        **_chair(authority, held.series, [child for child, *_ in heard]),
    )
    series = meetings.series_of(meeting)
    meeting.attended = [[who, "", "came"] for who in series.must_invite]
    meeting.save(update_fields=["attended"])
    why = [("added", said.PUT_THERE)]
    items = meetings.put_on_agenda(meeting, [(child, why) for child, *_ in heard])
    if held.together:
        meetings.minute_together(items, "family")
    for item, (child, story, place) in zip(items, heard, strict=True):
        item.child = child
        _minute(item, series, story, place, newest=newest, many=many)
    done = {item.pk: item for item in meeting.items.select_related("meeting__authority", "child")}
    signing.sign_meeting(
        meeting,
        seen={pk: item.version for pk, item in done.items()},
        version=meeting.version,
        by=_signer(authority, meeting, heard),
        now=at(held.on, time(16, 30)),
        gone_past=lambda item: meeting_gates.gone_past(done[item.pk], series),
    )


def _minute(item: Any, series: Any, story: str, place: int, *, newest: bool, many: bool) -> None:
    """What was written about one child, saved as it is typed and closed."""
    from homeward.records.operations import meetings, minutes
    from homeward.records.queries import meeting_gates

    on = item.meeting.on
    for number, paper in enumerate(series.papers):
        item.papers = meetings.record_paper(item, paper.key, on - (3 + number) * _DAY)
    item.minute = _written(item, series, story, place, newest=newest, many=many)
    clerk = item.meeting.made_by
    asked = [one for one in meeting_gates.in_the_way(item, series) if not one.stops]
    item.minute["gates"] = {one.gate.key: _reason(one, item.meeting, story) for one in asked}
    item.refresh_from_db(fields=["version"])
    minutes.save_minute(item, item.minute, version=item.version, by=clerk, now=at(on, time(16)))
    minutes.heard(item, series)


def _written(item: Any, series: Any, story: str, place: int, *, newest: bool, many: bool) -> dict[str, Any]:
    headings = series.headings(first=not item.subsequent)
    sections = _sections(said.SECTIONS.get(story, {}) if newest else {}, headings, many=many)
    spoken = said.SAYS.get(story, ("",))[place]
    who, words = said.OTHERS.get(story, ("", ""))
    following = _working_before(item.meeting.on + timedelta(days=42))
    return {
        "child_says": spoken if newest else "",
        "child_says_why_not": "" if spoken and newest else said.NOT_ASKED if newest else said.THIS_WEEK,
        "others": [{"who": who, "words": words}] if who and newest and not many else [],
        "sections": sections,
        "decisions": list(_decided(item, story)) if newest else [],
        "actions": list(_agreed(item, story)) if newest and place == 0 else [],
        "options": [],
        "plans": [],
        "next_on": "" if many else following.isoformat(),
        "given": {"conference_answer": said.CONFERENCE, "early_permanence_answer": said.EARLY}
        if series.key == "legal_gateway_panel"
        else {},
    }


def _sections(own: dict[str, str], headings: Sequence[str], *, many: bool) -> dict[str, str]:
    """What stands under each heading; at a meeting about many children, what is said of this one."""
    if not many:
        return {name: own.get(name) or said.DEFAULT[name] for name in headings}
    first = next(iter(own.values()), "")
    return {
        name: own.get(name) or first or said.DEFAULT[name]
        for name in headings
        if name in own or name in said.OF_EACH
    }


def _decided(item: Any, story: str) -> Iterator[dict[str, Any]]:
    if story not in said.DECIDED:
        return
    kind, what, _, basis, alternatives = said.DECIDED[story]
    meeting = item.meeting
    yield {
        "kind": kind,
        "what": what,
        "maker": meeting.chair.name if meeting.chair else meeting.chair_name,
        "maker_role": meeting.chair_role,
        "basis": basis,
        "alternatives": alternatives,
        "child_view": "",
        "why_not_followed": "",
        "told_on": "",
        "told_how": "",
    }


def _agreed(item: Any, story: str) -> Iterator[dict[str, Any]]:
    authority, worker = item.meeting.authority, _worker(item.child)
    for what, who, days in said.AGREED.get(story, ()):
        holder = authority.roles.filter(key=who, person__left_on=None).first() if who else None
        owner = holder.person if holder else None if who else worker
        by = _working_before(item.meeting.on + timedelta(days=days))
        yield {
            "what": what,
            "owner": str(owner.pk) if owner else "",
            "owner_name": "" if owner else who or "The child’s social worker",
            "by_on": by.isoformat(),
        }


def _reason(unmet: Any, meeting: Any, story: str) -> dict[str, str]:
    why = said.NOT_INVITED
    if unmet.gate.needs == "delays_explained":
        why = said.UNEXPLAINED.get(story, said.UNEXPLAINED[""])
    if unmet.gate.needs.startswith("early_permanence"):
        why = said.EARLY
    name = meeting.chair.name if meeting.chair else meeting.chair_name
    return {"reason": why, "by_name": name, "by_role": meeting.chair_role}


def _signer(authority: Any, meeting: Any, heard: Sequence[tuple[Any, str, int]]) -> Any:
    """The chair or, where the chair does not sign in, the first child's social worker."""
    return meeting.chair or _worker(heard[0][0]) or _holder(authority, "permanence_lead").person


def _chair(authority: Any, series: str, children: Sequence[Any]) -> dict[str, Any]:
    """Who chairs, by the policy; a team manager only for children of the own team."""
    from homeward.domain import packs
    from homeward.records.access import Actor, children_visible_to

    found = packs.meeting(authority.pack, series)
    key = next(iter(found.chairs if found else ()), "") or "permanence_lead"
    role = _holder(authority, key)
    if key == "team_manager":
        seen = children_visible_to(Actor(role.person, role, authority))
        if seen.filter(pk__in=[child.pk for child in children]).count() < len(children):
            names = MANAGERS[authority.slug]
            return {"chair_name": names.get(_team(children[0]), names[""]), "chair_role": key}
    return {"chair": role.person, "chair_role": key}


# ---- Meetings that are arranged ----


def _arrange_oversight(authority: Any, day: date) -> None:
    """The next two that look at many children; the first has its agenda from the rules."""
    series, _ = OVERSIGHT[authority.slug]
    lead = _holder(authority, "permanence_lead")
    for turn, on in enumerate(_next_oversight(authority.slug, day)):
        meeting = _arranged(authority, series, on, 0, (time(10), time(12)), lead)
        if turn == 0:
            _fill(meeting, lead, MANY)


def _next_oversight(council: str, day: date) -> Iterator[date]:
    """First Tuesdays in the one council, Thursdays in the other; the working day before, if they are none."""
    on, found = day, 0
    while found < 2:
        if (on.weekday() == 1 and on.day <= 7) if council == "northmere" else on.weekday() == 3:
            found += 1
            yield _working_before(on)
        on += _DAY


def _arrange_each(authority: Any, day: date) -> None:
    """Meetings about one child each, of those who are due, over the next ten working days.

    One more was held yesterday and is not signed yet, and one was cancelled.
    """
    for turn, (key, chair, number) in enumerate(AHEAD[authority.slug]):
        role = _holder(authority, chair)
        due = _due(authority, key, role, add_working_days(day, 10))
        for place, one in enumerate(due[:number]):
            on = add_working_days(day, 1 + (place * 10) // number)
            slot = SLOTS[(place + 2 * turn) % len(SLOTS)]
            room = 1 if place == number - 1 else 1 + turn  # two want one room on one morning
            _put(_arranged(authority, key, on, room, slot, role), [one])
        if turn == 0 and len(due) > number + 1:
            _unsigned(_arranged(authority, key, _working_before(day - _DAY), 3, SLOTS[0], role), due[number])
            _cancelled(
                _arranged(authority, key, add_working_days(day, 4), 3, SLOTS[2], role), due[number + 1]
            )


def _due(authority: Any, key: str, role: Any, on: date) -> list[Any]:
    """Who is due at a meeting of the series; a reviewing officer's own children alone."""
    from homeward.domain import packs
    from homeward.records.access import Actor
    from homeward.records.models import ReviewingOfficer
    from homeward.records.queries.agenda import agenda_of

    series = packs.meeting(authority.pack, key)
    assert series is not None
    made = agenda_of(Actor(role.person, role, authority), authority, series, on)
    due = [one for one in made.suggestions if one.first == "due"]
    if role.key != "iro":
        return due
    own = ReviewingOfficer.current.filter(officer=role.person.name, ended_on=None)
    mine = set(own.values_list("child_id", flat=True))
    return [one for one in due if one.child.pk in mine]


def _unsigned(meeting: Any, one: Any) -> None:
    """Held, and half written."""
    from homeward.records.operations import meetings, minutes

    _put(meeting, [one])
    item = meeting.items.get()
    first, *_ = meetings.series_of(meeting).headings(first=True)
    minute = {"sections": {first: said.UNSIGNED}}
    now = at(meeting.on, time(11))
    minutes.save_minute(item, minute, version=item.version, by=meeting.made_by, now=now)


def _cancelled(meeting: Any, one: Any) -> None:
    from homeward.records.operations import meetings

    _put(meeting, [one])
    meetings.cancel_meeting(meeting, reason=said.CANCELLED)


def _arranged(authority: Any, series: str, on: date, room: int, hours: tuple[time, time], chair: Any) -> Any:
    from homeward.records.operations import meetings

    clerk = _holder(authority, "administrator").person
    return meetings.arrange_meeting(
        authority,
        series,
        on=on,
        by=clerk,
        now=at(on - 21 * _DAY, time(9)),
        starts_at=hours[0],
        ends_at=hours[1],
        room=ROOMS[authority.slug][room],
        chair=chair.person,
        chair_role=chair.key,
    )


def _fill(meeting: Any, role: Any, number: int) -> None:
    from homeward.domain import packs
    from homeward.records.access import Actor
    from homeward.records.queries.agenda import agenda_of

    series = packs.meeting(meeting.authority.pack, meeting.series)
    assert series is not None
    made = agenda_of(Actor(role.person, role, meeting.authority), meeting.authority, series, meeting.on)
    _put(meeting, made.suggestions[:number])


def _put(meeting: Any, suggestions: Iterable[Any]) -> None:
    from homeward.records.operations import meetings

    meetings.put_on_agenda(meeting, [(one.child, one.why) for one in suggestions])


# ---- Who ----


def _holder(authority: Any, key: str) -> Any:
    roles = authority.roles.filter(key=key, person__left_on=None).select_related("person")
    return roles.order_by("pk").first()


def _worker(child: Any) -> Any:
    """The child's social worker, if one who still works here."""
    role = _working(child)
    return role.person if role else None


def _team(child: Any) -> str:
    role = _working(child)
    return role.team.name if role and role.team else ""


def _working(child: Any) -> Any:
    from homeward.records.models import SocialWorkerSpell

    spell = SocialWorkerSpell.current.filter(child=child, ended_on=None).order_by("started_on").last()
    roles = child.authority.roles.filter(key="social_worker", person__left_on=None)
    found = roles.select_related("person", "team") if spell else ()
    return next((role for role in found if spell and spell.worker in role.workers), None)


# ---- Days ----


def _working_before(on: date) -> date:
    while not is_working_day(on):
        on -= _DAY
    return on
