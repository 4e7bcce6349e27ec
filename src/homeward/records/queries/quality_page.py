"""Data quality: problems by kind and by child, and the rules that nothing recorded here can meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from homeward.domain.events import KINDS
from homeward.domain.policy import Rule
from homeward.records.access import Actor, children_visible_to
from homeward.records.models import Authority, ChildIdentifier, Load
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.kinds import kinds_held

SHOWN = 25


@dataclass(slots=True)
class Group:
    """Problems of one kind, or of one child."""

    kind: str
    title: str
    severity: str
    column: str = ""
    mend: str = ""
    public_id: str = ""
    total: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def severity_words(self) -> str:
        return self.severity


@dataclass(slots=True)
class QualityPage:
    load: Load | None
    problems: int = 0
    repairs: int = 0
    children: int = 0
    groups: list[Group] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    unrecorded: list[Rule] = field(default_factory=list)


def not_recorded(authority: Authority) -> list[Rule]:
    """Rules that wait for a kind of event this council's record does not hold for any child."""
    held = kinds_held(authority)
    return [rule for rule in policy_of(authority).rules if not rule.counts and held.isdisjoint(rule.met_by)]


def missing_words(rules: Sequence[Rule]) -> str:
    """The first few kinds that are missing, in words."""
    kinds = list(dict.fromkeys(rule.met_by[0] for rule in rules))
    said = [KINDS[kind].removeprefix("the ").removeprefix("a ") for kind in kinds[:4]]
    more = len(kinds) - len(said)
    return "; ".join(said) + (f"; and {more} more" if more > 0 else "")


def page_of(actor: Actor, authority: Authority, *, by: str, kind: str) -> QualityPage:
    load = Load.objects.filter(authority=authority, state="applied").order_by("-pk").first()
    page = QualityPage(load=load)
    if load is None:
        return page
    visible = _visible(actor, authority)
    told = [each for each in (_told(p, visible) for p in load.report.get("problems", [])) if each]
    page.problems = sum(each["severity"] == "problem" for each in told)
    page.repairs = len(told) - page.problems
    page.children = len({each["child"] for each in told if each["child"]})
    told = [each for each in told if not kind or each["kind"] == kind]
    page.groups = _by_child(told) if by == "child" else _by_kind(told, whole=bool(kind))
    page.shown = sorted({each["pk"] for group in page.groups for each in group.problems if each["pk"]})
    return page


def _visible(actor: Actor, authority: Authority) -> dict[str, tuple[int, str, str]]:
    """Code in the files -> (pk, public id, name) of the children this person may see."""
    rows = ChildIdentifier.objects.filter(
        child__in=children_visible_to(actor).filter(authority=authority)
    ).values_list("value", "child_id", "child__public_id", "child__called")
    return {value: (pk, public_id, called) for value, pk, public_id, called in rows}


def _told(problem: dict[str, Any], visible: dict[str, tuple[int, str, str]]) -> dict[str, Any] | None:
    """A problem of a file, or of a child whom this person may see; None for any other child."""
    code = problem["child"]
    if code and code not in visible:
        return None
    pk, public_id, called = visible.get(code, (0, "", ""))
    name = called or (f"Child {code}" if code else "The file")
    return problem | {"pk": pk, "public_id": public_id, "name": name, "severity_words": problem["severity"]}


def title_of(kind: str) -> str:
    return kind.replace("_", " ").capitalize()


def _by_kind(problems: list[dict[str, Any]], *, whole: bool) -> list[Group]:
    groups: dict[str, Group] = {}
    for each in problems:
        group = groups.setdefault(
            each["kind"],
            Group(each["kind"], title_of(each["kind"]), each["severity"], each["column"], each["mend"]),
        )
        group.total += 1
        if whole or len(group.problems) < SHOWN:
            group.problems.append(each)
    return sorted(groups.values(), key=lambda group: (group.severity != "problem", -group.total))


def _by_child(problems: list[dict[str, Any]]) -> list[Group]:
    groups: dict[str, Group] = {}
    for each in problems:
        group = groups.setdefault(each["child"], Group("", each["name"], "", public_id=each["public_id"]))
        group.total += 1
        if len(group.problems) < SHOWN:
            group.problems.append(each)
    return sorted(groups.values(), key=lambda group: -group.total)


def groups_of(actor: Actor, load: Load) -> tuple[list[Group], list[int]]:
    """The problems and repairs of one import by kind, and the children whose names are shown."""
    visible = _visible(actor, load.authority)
    told = [each for each in (_told(p, visible) for p in load.report.get("problems", [])) if each]
    groups = _by_kind(told, whole=False)
    return groups, sorted({each["pk"] for group in groups for each in group.problems if each["pk"]})
