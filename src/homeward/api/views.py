"""Each address: the same door, queries and words as the page of that name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from homeward.api import schemas
from homeward.domain.policy import load
from homeward.domain.standing import STAGES
from homeward.records import access, door
from homeward.records.door import Reading
from homeward.records.operations import limits, tokens
from homeward.records.queries import child_page, policy_page, tracker_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.policy_page import Kept
from homeward.records.queries.said import Said, by_urgency
from homeward.records.queries.tracker_page import Tracker, TrackerChild, Wanted, name_key
from homeward.records.roles import MASKED
from homeward.reports import words


class Token(HttpBearer):
    """A token that you make on your sign-in page."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return request.token  # the guard has looked it up


api = NinjaAPI(
    title="Homeward",
    version="1",
    description="The read API of Homeward. A token reads what its person may read in the role it is of.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=Token(),
)
REFUSED = {
    frozenset({401, 403, 404, 429, 503}): schemas.Refusal,
    422: schemas.Unreadable,
}


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return api.get_openapi_schema(path_prefix="/api/v1/")


@api.get("openapi.json", url_name="openapi", auth=None, include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(document())


@api.get("tracker", url_name="tracker", operation_id="tracker", response={200: schemas.Tracker} | REFUSED)
def tracker(request: HttpRequest, asked: Query[schemas.TrackerAsked]) -> Any:
    """A row for each child in reach, filtered and ordered as on the page, so many at a time."""
    read = _reading(request, "tracker", asked)
    limits.spend(request.actor.person, "search")
    shown = tracker_page.tracker(request.actor, read.authority, read.as_at, read.today, read.aside)
    found = tracker_page.in_order(shown.wanted(_wanted(asked)), asked.sort or "", reverse=asked.dir == "down")
    rows = found[asked.offset : asked.offset + asked.limit]
    request.trail.saw([child.pk for child in rows])
    return {
        "council": read.authority.slug,
        "as_at": read.as_at,
        "set_aside": sorted(read.aside),
        "total": len(found),
        "limit": asked.limit,
        "offset": asked.offset,
        "children": [_row(shown, child) for child in rows],
    }


@api.get("child/{public_id}", url_name="child", operation_id="child", response={200: schemas.Child} | REFUSED)
def child(request: HttpRequest, public_id: str, asked: Query[schemas.At]) -> Any:
    """Where a child stands, the plans, and the life so far."""
    read, page, dates = _opened(request, "child", public_id, asked)
    stands = page.standing
    return _who(page, read.as_at, stands.placement, stands.legal_status, stands.stage) | {
        "council": read.authority.slug,
        "as_at": read.as_at,
        "in_care": stands.in_care,
        "in_care_since": stands.in_care_since,
        "left_care_on": stands.left_care_on,
        "living_since": stands.living_since,
        "overdue": sum(said.status == "overdue" for said in dates),
        "due_soon": sum(said.status == "due_soon" for said in dates),
        "plans": _plans(page),
        "homes": _stretches("PLACE", page.homes) if "history" in page.fields else None,
        "legal_statuses": _stretches("LS", page.statuses) if "legal" in page.fields else None,
        "events": _events(page) if "history" in page.fields else None,
    }


@api.get(
    "child/{public_id}/deadlines",
    url_name="child_deadlines",
    operation_id="child_deadlines",
    response={200: schemas.Deadlines} | REFUSED,
)
def child_deadlines(request: HttpRequest, public_id: str, asked: Query[schemas.At]) -> Any:
    """Every date of a child, overdue first: when it is due, whose rule it is, what met it."""
    read, page, dates = _opened(request, "deadlines", public_id, asked)
    return {
        "public_id": page.child.public_id,
        "council": read.authority.slug,
        "as_at": read.as_at,
        "set_aside": sorted(read.aside),
        "deadlines": [_deadline(said) for said in by_urgency(dates)],
    }


@api.get("promises", url_name="promises", operation_id="promises", response={200: schemas.Promises} | REFUSED)
def promises(request: HttpRequest, asked: Query[schemas.PromisesAsked]) -> Any:
    """Every promise of a council's policy, and for the token's own council the children now."""
    read = _reading(request, "promises", asked)
    council = asked.council or read.authority.pack
    counts: dict[str, Kept] | None = None
    if council == read.authority.pack and access.may(request.actor, "see_children"):
        shown = tracker_page.tracker(request.actor, read.authority, read.today, read.today, read.aside)
        counts = policy_page.kept_by_rule(shown)
    policy = load(["england", council])
    titles = {rule.key: rule.title for rule in (*policy.rules, *policy.off)}
    return {
        "council": council,
        "promises": [
            promise._asdict()
            | {"rules": [_kept(key, titles[key], counts, read) for key in promise.where if key in titles]}
            for promise in policy_page.promises(council)
            if asked.state in (None, promise.state)
        ],
    }


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The field and what is wrong with it; never what was sent."""
    first = error.errors[0]
    field = next((str(part) for part in reversed(first["loc"]) if not isinstance(part, int)), "")
    said = first["msg"].removeprefix("Value error, ").rstrip(".")
    request.wrong = {"error": f"“{field}” could not be read. {said}.", "field": field}
    return HttpResponse(status=422)


# ---- Through the door ----


def _reading(request: HttpRequest, scope: str, asked: Schema) -> Reading:
    """The record that the token's person reads in the token's role; 403 for what it was not made for."""
    for name in request.GET.keys() - type(asked).model_fields:  # a misspelt filter must not give every child
        raise ValidationError([{"loc": ("query", name[:40]), "msg": "There is no such choice here"}])
    if scope not in request.token.scopes:
        raise HttpError(403, "")
    action, _ = tokens.SCOPES[scope]
    at = asked if isinstance(asked, schemas.At) else schemas.At.model_validate({})
    return door.reading(request.actor, action, at.as_at or door.today(), show_all=at.all == "1")


def _opened(
    request: HttpRequest, scope: str, public_id: str, asked: schemas.At
) -> tuple[Reading, ChildPage, list[Said]]:
    """A child through the door with what may be shown, and the dates but for the rules set aside."""
    read = _reading(request, scope, asked)
    found = door.child_of(request.actor, request.trail, public_id)
    shown = access.field_sets_for(request.actor, found)
    request.trail.field_sets.update({"core", "history", "legal"} & shown)
    page = child_page.page_of(found, read.as_at, shown)
    return read, page, [said for said in page.dates if said.rule.key not in read.aside]


# ---- In words ----


def _wanted(asked: schemas.TrackerAsked) -> Wanted:
    return Wanted(
        cohorts=tuple(asked.cohort),
        plan=asked.plan or "",
        stage=asked.stage or "",
        legal_status=asked.status or "",
        worker=asked.worker or "",
        officer=asked.officer or "",
        rule=asked.rule or "",
        state=asked.state or "",
        care=asked.care or "",
    )


def _coded(code: str, said: str) -> dict[str, str] | None:
    return {"code": code, "words": said} if code else None


def _worker(name: str) -> dict[str, str] | None:
    return {"name": name, "key": name_key(name)} if name else None


def _who(of: TrackerChild | ChildPage, on: date, placement: str, status: str, stage: str) -> dict[str, Any]:
    """What a row of the tracker and a child have in common."""
    public_id = of.child.public_id if isinstance(of, ChildPage) else of.public_id
    return {
        "public_id": public_id,
        "name": of.name,
        "reference": of.code,
        "born_on": of.born_on,
        "expected_on": of.expected_on,
        "age": words.age_words(of.born_on, of.expected_on, on),
        "shown": sorted(of.fields - MASKED),
        "legal_status": _coded(status, words.label("LS", status)) if status else None,
        "lives": _coded(placement, words.label("PLACE", placement)) if placement else None,
        "stage": _coded(stage, STAGES.get(stage, "")),
        "social_worker": _worker(of.worker),
        "reviewing_officer": _worker(of.officer),
    }


def _row(shown: Tracker, child: TrackerChild) -> dict[str, Any]:
    ahead, late = shown.next_of(child), shown.holding_up(child)
    return _who(child, shown.as_at, child.placement, child.legal_status, child.stage) | {
        "in_care": child.in_care,
        "in_care_since": child.in_care_since,
        "overdue": child.overdue,
        "main_plan": _coded(child.main_plan, words.route(child.main_plan)),
        "alongside": _coded(child.alongside, words.route(child.alongside)),
        "contingency": _coded(child.contingency_plan, words.route(child.contingency_plan)),
        "next": _due(ahead) if ahead else None,
        "holding_up": _due(late) if late else None,
    }


def _due(said: Said) -> dict[str, Any]:
    return {
        "rule": said.rule.key,
        "title": said.title,
        "due_on": said.due_on,
        "status": said.status,
        "words": said.words,
        "days": said.days,
    }


def _deadline(said: Said) -> dict[str, Any]:
    source = said.rule.source
    counted = said.counted_on and {
        "kind": said.counted_kind,
        "words": said.counted_words,
        "on": said.counted_on,
    }
    met = said.met_on and {"kind": said.met_kind, "words": said.met_words, "on": said.met_on}
    return _due(said) | {
        "ids": [*said.id_list, *said.rule.promises],
        "force": said.rule.force,
        "owner": said.owner_words,
        "sentence": said.sentence,
        "source": ", ".join(part for part in (source.document, source.section) if part),
        "counted_from": counted,
        "met_by": met,
        "ended_on": said.ended_on,
    }


def _plans(page: ChildPage) -> list[dict[str, Any]]:
    """The plans that stand; one that has become the main one stands beside nothing."""
    found = [(position, plan) for position in words.POSITIONS if (plan := page.plan(position))]
    main = page.plan("main")
    return [
        {
            "position": position,
            "route": _coded(plan.route, words.route(plan.route)),
            "recorded_on": plan.recorded_on,
            "agreed_on": plan.agreed_on,
            "confirmed_on": plan.confirmed_on,
            "reason": plan.reason,
        }
        for position, plan in found
        if position == "main" or main is None or plan.route != main.route
    ]


def _stretches(column: str, runs: Iterable[child_page.Stretch]) -> list[dict[str, Any]]:
    return [run._asdict() | {"words": words.label(column, run.code)} for run in runs]


def _events(page: ChildPage) -> list[dict[str, Any]]:
    """What happened up to the day, newest first."""
    events = sorted((e for e in page.events if e.on <= page.as_at), key=lambda e: e.on, reverse=True)
    return [{"kind": e.kind, "words": page.own.event(e.kind), "on": e.on} for e in events]


def _kept(key: str, title: str, counts: dict[str, Kept] | None, read: Reading) -> dict[str, Any]:
    """A rule of a promise, and its children where the reader may see children."""
    recorded = all(rule.key != key for rule in read.unrecorded)
    children = counts.get(key, Kept()) if counts is not None and recorded else None
    return {"rule": key, "title": title, "recorded": recorded, "children": children}
