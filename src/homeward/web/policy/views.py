"""The rules in words, and how each promise of a council's policy is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from homeward.domain.duties import ROLES
from homeward.domain.gates import before, said
from homeward.domain.ledger import Promise
from homeward.domain.packs import meetings, pack, stages
from homeward.domain.policy import CERTAINTY, COUNCILS, OWNERS, PACKS, Rule, load, sentence
from homeward.domain.steps import GIVEN
from homeward.records import access
from homeward.records.queries import policy_page, tracker_page
from homeward.records.queries.policy_page import Kept
from homeward.reports import words
from homeward.web.child.views import FORCES
from homeward.web.layout.door import Reading, reading

STATES = {
    "rule": "kept by a rule with a date",
    "setting": "kept by a setting",
    "screen": "kept by a page",
    "guidance": "kept as guidance text",
    "planned": "planned",
    "not_software": "not software",
}
PAGES = {
    "policy_words": "In the council’s words",
    "policy_routes": "The routes to a permanent home",
    "child": "A child’s summary",
    "child_plans": "A child’s permanence plans",
    "child_plan_propose": "Recording a permanence plan",
    "child_plan_act": "Agreeing, confirming or ending a plan",
    "child_plan_words": "A plan in plain words",
    "child_routes": "Every route for a child",
    "child_route": "What is said of a route",
    "child_dates": "A child’s dates and timescales",
    "child_timeline": "A child’s timeline",
    "child_history": "The history of a child’s record",
    "children": "Find a child",
    "home": "Home",
    "import_upload": "Import",
    "policy_ledger": "How we keep our policy",
    "policy_rules": "The rules in words",
    "tracker": "The tracker",
    "tracker_export": "The tracker as a file",
    "data_quality": "Data quality",
}
METER = 160
META = ("version", "owner", "review")
WORDS = {
    "core_meeting": "The meeting that plans for permanence",
    "oversight_meeting": "The meeting that watches for drift",
    "review": "The statutory review",
    "child": "A child whom the council looks after",
}


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    reading(request, "see_policy")
    return redirect("policy_ledger")


@require_safe
def policy_rules(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_policy")
    pack = request.GET.get("pack", read.authority.pack)
    pack = pack if pack in PACKS else "england"
    loaded = load([pack])
    rules = sorted((*loaded.rules, *loaded.off), key=lambda rule: rule.title)
    groups = [
        {
            "force": force,
            "title": title,
            "meaning": meant,
            "rules": [_rule(r) for r in rules if r.force == force],
        }
        for force, title, meant in FORCES
    ]
    context = read.context() | {
        "packs": [{"key": key, "name": _pack_name(key), "on": key == pack} for key in PACKS],
        "groups": [group for group in groups if group["rules"]],
    }
    return render(request, "policy/rules.html", context)


@require_safe
def policy_ledger(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_policy")
    council = request.GET.get("council", read.authority.pack)
    council = council if council in COUNCILS else COUNCILS[0]
    mine = council == read.authority.pack
    promises = policy_page.promises(council)
    request.trail.saw([])
    state = request.GET.get("state", "")
    wanted = [promise for promise in promises if not state or promise.state == state]
    context = read.context() | {
        "councils": [{"key": key, "name": _pack_name(key), "on": key == council} for key in COUNCILS],
        "total": len(promises),
        "states": [
            {"key": key, "words": meant, "number": number, "on": key == state}
            for key, meant in STATES.items()
            if (number := sum(promise.state == key for promise in promises))
        ],
        "sections": _sections(wanted, council, _counts(request, read) if mine else None, read),
    }
    return render(request, "policy/ledger.html", context)


@require_safe
def policy_words(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_policy")
    key = request.GET.get("council", read.authority.pack)
    own = pack(key if key in PACKS else "england")
    request.trail.saw([])
    context = read.context() | {
        "packs": [{"key": key, "name": _pack_name(key), "on": key == own.name} for key in PACKS],
        "own": own,
        "meta": [(words.begun(name), own.meta[name]) for name in META if own.meta.get(name)],
        "words": [(meant, own.words[name]) for name, meant in WORDS.items() if name in own.words],
        "meetings": meetings(own.name),
        "options": [
            option
            | {
                "words": option.get("name") or words.route(option["route"]),
                "asks": [GIVEN[name] for name in option.get("asks", ())],
            }
            for option in own.options
        ],
        "gates": [
            {"gate": gate, "before": words.begun(before(own.name, gate)), "says": said(own.name, gate)}
            for gate in own.gates
        ],
        "stages": stages(own.name),
        "approvals": [
            each | {"words": words.begun(each["what"].replace("_", " ")), "role": OWNERS[each["role"]]}
            for each in own.approvals
        ],
        "duties": [duty | {"role": ROLES[duty["of"]]} for duty in own.duties],
        "settings": [
            setting | {"key": key, "said": _value(setting["value"])} for key, setting in own.settings.items()
        ],
    }
    return render(request, "policy/words.html", context)


def _value(value: Any) -> str:
    """The value of a setting in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else OWNERS.get(str(value), str(value))


def _counts(request: HttpRequest, read: Reading) -> dict[str, Kept]:
    """Children now by rule, for a person who may see children."""
    if not access.may(request.actor, "see_children"):
        return {}
    tracker = tracker_page.tracker(request.actor, read.authority, read.today, read.today, read.aside)
    return policy_page.kept_by_rule(tracker)


def _sections(
    promises: list[Promise], council: str, counts: dict[str, Kept] | None, read: Reading
) -> list[dict[str, Any]]:
    """Promises under the headings of the paper; `counts` is None for a council that is not this one."""
    policy = load(["england", council])
    titles = {rule.key: rule.title for rule in (*policy.rules, *policy.off)}
    aside = {rule.key for rule in read.unrecorded}
    sections: dict[str, list[dict[str, Any]]] = {}
    for promise in promises:
        heading = promise.section or "Promises"
        sections.setdefault(heading, []).append(_promise(promise, counts, aside, titles))
    return [{"title": title, "promises": lines} for title, lines in sections.items()]


def _pack_name(key: str) -> str:
    return "England: the law and guidance" if key == "england" else key.capitalize()


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "key": rule.key,
        "title": rule.title,
        "sentence": sentence(rule),
        "source": rule.source,
        "all_ids": (*rule.ids, *rule.promises),
        "owner_words": OWNERS[rule.owner],
        "certainty_words": CERTAINTY[rule.certainty],
        "in_force": rule.in_force if rule.in_force > date.min else None,
        "note": rule.note,
        "off": rule.off,
    }


def _promise(
    promise: Promise, counts: dict[str, Kept] | None, aside: set[str], titles: dict[str, str]
) -> dict[str, Any]:
    rules = [key for key in promise.where if key in titles]
    return {
        "id": promise.id,
        "words": promise.text,
        "state": promise.state,
        "state_words": STATES[promise.state],
        "places": [_place(promise, where, titles) for where in promise.where],
        "why": promise.why,
        "rules": [] if counts is None else [_counted(key, counts.get(key), key in aside) for key in rules],
    }


def _place(promise: Promise, where: str, titles: dict[str, str]) -> dict[str, str]:
    """Where a promise is kept: a rule, a setting or text, a page, the test that shows it, or a name."""
    if where in titles:
        return {"words": titles[where], "link": f"{reverse('policy_rules')}#{where}"}
    _, _, test = where.partition("::test_")
    if test:
        return {"words": f"shown by the test “{test.replace('_', ' ')}”", "link": ""}
    said = PAGES.get(where) or where.replace(".", ": ").replace("_", " ").replace("-", " ").capitalize()
    if promise.state in ("setting", "guidance"):
        anchor = where.rpartition(".")[2]
        return {"words": said, "link": f"{reverse('policy_words')}?council={promise.council}#{anchor}"}
    try:
        return {"words": said, "link": reverse(where) if promise.state == "screen" else ""}
    except NoReverseMatch:
        return {"words": said, "link": ""}


def _counted(key: str, kept: Kept | None, aside: bool) -> dict[str, Any]:
    """How many children a rule is on time, near and late for, with the bar that repeats it."""
    link = f"{reverse('tracker')}?rule={key}"
    if aside or kept is None:
        return {"not_recorded": aside, "total": 0}
    total = kept.late + kept.near + kept.on_time
    parts, x = [], 0.0
    for tone, number in (("ok", kept.on_time), ("soon", kept.near), ("late", kept.late)):
        width = number / total * METER if total else 0
        parts.append({"tone": tone, "x": round(x, 1), "width": round(width, 1)})
        x += width
    return {
        "link": link,
        "total": total + kept.undated,
        "on_time": kept.on_time,
        "near": kept.near,
        "late": kept.late,
        "undated": kept.undated,
        "parts": parts,
    }
