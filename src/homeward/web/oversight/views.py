"""Oversight of delay, with the children behind each figure, and of rules that were gone past."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.domain import delay
from homeward.domain.delay import IN_CHILDS_INTEREST, NONE
from homeward.domain.policy import OWNERS
from homeward.records import access
from homeward.records.queries import children_page, delay_oversight, overrides_page
from homeward.records.queries.after_ruling_out import ruled_out
from homeward.records.queries.delay_oversight import Asked, Figure, Ledger
from homeward.reports import words
from homeward.web.layout.door import Reading, reading
from homeward.web.oversight.drawing import columns

PAGE = 50


@require_safe
def oversight_delay(request: HttpRequest) -> HttpResponse:
    """Numbers only; who is behind a figure is a page of its own."""
    read = reading(request, "see_oversight")
    held = _ledger(request, read)
    figures = held.by_cause()
    now = held.now()
    others = [each for each in figures if each.key != IN_CHILDS_INTEREST]
    meant = [each for each in figures if each.key == IN_CHILDS_INTEREST]
    context = read.context() | {
        "year": held.year,
        "months": [
            {"words": f"{m.first:%b}", "year": m.first.year, "key": f"{m.first:%Y-%m}"} for m in held.months
        ],
        "figures": [_row(each, held, "cause") for each in others],
        "meant": [_row(each, held, "cause") for each in meant],
        "chart": columns(held.months, figures),
        "total": sum(each.days for each in others),
        "meant_total": sum(each.days for each in meant),
        "not_said": sum(each.days for each in figures if each.key == NONE),
        "now": [{"words": f.words, "number": f.children, "link": _link(now="1", cause=f.key)} for f in now],
        "now_total": sum(each.children for each in now),
        "asked": next((f.children for f in now if f.key == NONE), 0),
        "none": NONE,
        "rules": [_row(each, held, "rule") for each in held.by_rule()],
        "owners": [_row(each, held, "owner") for each in held.by_owner()],
        "ruled_out": ruled_out(request.actor, read.authority, read.today),
    }
    return render(request, "oversight/delay.html", context)


@require_safe
def oversight_delay_children(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_oversight")
    held = _ledger(request, read)
    asked = _asked(request)
    found = held.behind(asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    children = delay_oversight.children_of(request.actor, read.authority, [h.child for h, _ in page])
    request.trail.saw(children)
    listed = [(children[h.child], h, days) for h, days in page if h.child in children]
    described = children_page.described(request.actor, [child for child, *_ in listed], read.authority)
    context = read.context() | {
        "title": _title(asked, held),
        "now": asked.now,
        "lines": [
            {
                "public_id": each.public_id,
                "name": each.name,
                "age": words.age_words(each.born_on, each.expected_on, read.today),
                "worker": each.worker,
                "cause": delay.cause_words(own.cause_on(read.today)) if own.open else "",
                "since": own.overdue_since,
                "rule": _rule(held, own),
                "days": days,
                "no_cause": bool(own.open) and own.cause_on(read.today) == NONE,
            }
            for each, (_, own, days) in zip(described, listed, strict=True)
        ],
        "pages": page,
        "may_record": access.may(request.actor, "record"),
    }
    return render(request, "oversight/delay_children.html", context)


@require_safe
def oversight_ruled_out(request: HttpRequest) -> HttpResponse:
    """Children whose return home is ruled out and for whom no other main plan is agreed yet."""
    read = reading(request, "see_oversight")
    waiting = ruled_out(request.actor, read.authority, read.today).waiting
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    children = delay_oversight.children_of(request.actor, read.authority, [each.child for each in page])
    request.trail.saw(children)
    lines = [
        {"child": children[each.child], "on": each.ruled_out_on, "days": each.days(read.today)}
        for each in page
        if each.child in children
    ]
    return render(request, "oversight/ruled_out.html", {"lines": lines, "pages": page})


@require_safe
def oversight_overrides(request: HttpRequest) -> HttpResponse:
    """Rules of the council that were gone past with a reason, or overridden by a named senior."""
    read = reading(request, "see_oversight")
    gate = request.GET.get("gate", "")
    found = overrides_page.of(request.actor, read.authority)
    page = Paginator(found.filter(gate=gate) if gate else found, PAGE).get_page(request.GET.get("page"))
    request.trail.saw({fact.child_id for fact in page}, "history")
    context = {
        "lines": [overrides_page.line(fact, read.authority) for fact in page],
        "pages": page,
        "gates": overrides_page.by_gate(found, read.authority),
        "gate": gate,
    }
    return render(request, "oversight/overrides.html", context)


def _ledger(request: HttpRequest, read: Reading) -> Ledger:
    return delay_oversight.ledger(request.actor, read.authority, read.today, read.aside)


def _asked(request: HttpRequest) -> Asked:
    chosen = request.GET
    return Asked(
        now=chosen.get("now") == "1",
        **{name: chosen.get(name, "")[:80] for name in ("cause", "month", "rule", "owner")},
    )


def _link(**asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('oversight_delay_children')}?{query}"


def _row(figure: Figure, held: Ledger, by: str) -> dict[str, Any]:
    months = [
        {"days": days, "link": _link(**{by: figure.key}, month=f"{month.first:%Y-%m}") if days else ""}
        for month, days in zip(held.months, figure.months, strict=False)
    ]
    return {
        "words": figure.words,
        "days": figure.days,
        "children": figure.children,
        "link": _link(**{by: figure.key}),
        "months": months,
    }


def _title(asked: Asked, held: Ledger) -> str:
    month = next((m for m in held.months if f"{m.first:%Y-%m}" == asked.month), None)
    if asked.now:
        what = delay.cause_words(asked.cause) if asked.cause else "Something is overdue"
        return f"{what}: today"
    titles = {rule.key: rule.title for rule in held.policy.rules}
    what = (
        (delay.cause_words(asked.cause) if asked.cause else "")
        or titles.get(asked.rule, "")
        or OWNERS.get(asked.owner, "").capitalize()
        or "Any delay"
    )
    return f"{what}: {month.first:%B %Y}" if month else f"{what}: since {words.day(held.year.first)}"


def _rule(held: Ledger, own: delay_oversight.Held) -> str:
    """The rule that has been overdue the longest."""
    oldest = min(own.open, key=lambda rule: own.open[rule], default="")
    return held.policy.rule(oldest).title if oldest else ""
