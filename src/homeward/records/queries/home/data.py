"""The state of the data: the last import and try, and dates that cannot be worked out, by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, KeptDeadline, Load
from homeward.records.queries.authorities import policy_of


@dataclass(slots=True)
class Imports:
    """The newest load that took effect, and a try after it that did not (yet)."""

    applied: Load | None
    tried: Load | None


def imports_of(authority: Authority) -> Imports:
    loads = Load.objects.filter(authority=authority).select_related("person").order_by("-pk")
    applied = loads.filter(state="applied").first()
    tried = loads.filter(state="tried", pk__gt=applied.pk if applied else 0).first()
    return Imports(applied, tried)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A rule with how many of its dates cannot be worked out, and why most of them cannot."""

    title: str
    dates: int
    why: str


def cannot_say(actor: Actor, authority: Authority) -> list[Unclear]:
    """Of the children whom the actor sees, the most first."""
    children = children_shown_to(actor, "core").filter(authority=authority)
    rows = KeptDeadline.objects.filter(child__in=children, met_on=None, ended_on=None).exclude(cannot_say="")
    titles = {rule.key: rule.title for rule in policy_of(authority).rules}
    why: dict[str, Counter[str]] = {}
    for rule, reason in rows.values_list("rule", "cannot_say"):
        if rule in titles:
            why.setdefault(rule, Counter())[reason] += 1
    found = [Unclear(titles[key], sum(n.values()), n.most_common(1)[0][0]) for key, n in why.items()]
    return sorted(found, key=lambda line: (-line.dates, line.title))
