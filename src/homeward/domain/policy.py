"""Reads and checks a policy pack, and says each of its rules in one English sentence."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from homeward.domain.calendar import add_months, add_working_days
from homeward.domain.events import KINDS

COUNCILS = ("croydon", "dudley", "lambeth", "merton", "slough")
PACKS = ("england", *COUNCILS)
FORCES = {"must": "the law says", "should": "statutory guidance says", "aim": "the council aims"}
CERTAINTY = {
    "": "",
    "seen": "read in the published text",
    "known": "known well, but its paragraph was not read in the published text",
    "unsure": "to be checked against the published text before it is relied on",
}
OWNERS = {
    "social_worker": "social worker",
    "team_manager": "team manager",
    "head_of_service": "head of service",
    "director": "director",
    "permanence_lead": "permanence lead",
    "iro": "independent reviewing officer",
    "agency_decision_maker": "agency decision maker",
    "nominated_officer": "nominated officer",
    "family_finder": "family finder",
    "supervising_social_worker": "supervising social worker",
    "fostering_social_worker": "fostering social worker",
    "virtual_school": "virtual school",
    "legal": "legal services",
    "court": "the court",
}
# What is written implies what came before it: confirmed implies agreed, agreed implies recorded (EVENTS.md).
IMPLIED_BY = {
    "permanence_plan_recorded": ("permanence_plan_agreed", "permanence_plan_confirmed"),
    "permanence_plan_agreed": ("permanence_plan_confirmed",),
    "family_group_conference_offered": ("family_group_conference_declined", "family_group_conference_held"),
}


class PolicyError(Exception):
    """A policy file that cannot be read; the message names the file, the key and how to write it."""


@dataclass(frozen=True, slots=True)
class Source:
    document: str
    section: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as a policy writes it: `20 working days`, `6 weeks`, `3 months`, `1 year`."""

    words: str
    after: Callable[[date], date]


def duration(words: str) -> Duration:
    """Reads a duration; raises ValueError with how to write it."""
    found = re.fullmatch(r"(\d+) (working day|day|week|month|year)s?", words.strip())
    if not found:
        raise ValueError(
            f'"{words}" is not a length of time: write "20 working days", "6 weeks" or "3 months"'
        )
    count, unit = int(found[1]), found[2]
    if unit == "working day":
        return Duration(words, lambda day: add_working_days(day, count))
    if unit in ("month", "year"):
        months = count * (12 if unit == "year" else 1)
        return Duration(words, lambda day: add_months(day, months))
    length = timedelta(days=count * (7 if unit == "week" else 1))
    return Duration(words, lambda day: day + length)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One timescale of a policy; its fields are those of its TOML table (docs/reference/policy-packs.md)."""

    pack: str
    key: str
    title: str
    force: str
    source: Source
    owner: str
    met_by: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    details: tuple[str, ...] = ()  # the detail a start must have, for instance U1
    ends: tuple[str, ...] = ()
    ends_when: str = ""  # a named end of domain.conditions
    within: tuple[Duration, ...] = ()
    due: str = ""  # a named due date of domain.conditions
    undated: bool = False
    before: tuple[str, ...] = ()  # steps that need `met_by` first
    before_by: str = "ask"  # stop: a page refuses the step; ask: it goes on with a reason
    chain: str = ""  # a named chain of domain.chains
    counts: str = ""  # a named count of domain.conditions
    per: str = ""  # period | involvement | start | every
    when: str = ""  # a named condition of domain.conditions
    from_age: int = 0
    earlier: str = ""  # what was done before the start counts: involvement | ever | a duration
    met_limit: str = ""  # "due": only what was done by the due date meets it
    extended_by: str = ""
    extended_to: Duration | None = None
    in_care: bool = True  # ended by ceased_looked_after
    ends_at_death: bool = True
    promises: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    note: str = ""
    certainty: str = ""
    words: str = ""  # the rule in one sentence, where the shape alone would not say it well
    amber: int | None = None
    in_force: date = date.min
    until: date = date.max  # the first day on which it no longer holds
    off: str = ""

    @property
    def met_words(self) -> str:
        return _or(KINDS[kind] for kind in self.met_by if kind not in _implied(self.met_by))


def _implied(kinds: Sequence[str]) -> set[str]:
    return {implied for kind in kinds for implied in IMPLIED_BY.get(kind, ())}


def _or(words: Iterable[str]) -> str:
    listed = list(words)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " or " + listed[-1] if listed else ""


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """The packs that judge a child: every rule that is switched on, in the order of the files."""

    names: tuple[str, ...]
    rules: tuple[Rule, ...]
    off: tuple[Rule, ...]
    digest: str
    by_kind: dict[str, tuple[int, ...]]  # event kind -> places of the rules that it can start

    @property
    def own(self) -> str:
        """The pack whose words the policy is said in: the council's, which stands last."""
        return self.names[-1]

    def rule(self, key: str) -> Rule:
        """The newest version of a rule; KeyError when no pack has it."""
        return next(rule for rule in reversed((*self.off, *self.rules)) if rule.key == key)


_LISTS = {"starts", "met_by", "ends", "before"}
_KNOWN = {f.name for f in fields(Rule)} - {"pack"}
_REQUIRED = ("key", "title", "force", "source", "owner", "met_by")
_SHAPES = ("within", "due", "undated", "before", "chain", "counts")


def _refuse(where: str, key: str, problem: str) -> PolicyError:
    return PolicyError(f"{where}, rule {key}: {problem}")


def _rule(pack: str, where: str, table: dict[str, Any]) -> Rule:
    key = str(table.get("key", "without a key"))
    for name in table:
        if name not in _KNOWN:
            raise _refuse(where, key, f'"{name}" is not known here; write one of {", ".join(sorted(_KNOWN))}')
    for name in _REQUIRED:
        if not table.get(name) and not (name == "met_by" and "counts" in table):
            raise _refuse(where, key, f'"{name}" is missing')
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    for name in _LISTS & values.keys():
        values[name] = _kinds(where, key, name, values[name])
    _check_words(where, key, values)
    try:
        values["source"] = Source(**values["source"])
        values["within"] = tuple(duration(words) for words in values.get("within", ()))
        if "extended_to" in values:
            values["extended_to"] = duration(values["extended_to"])
        if not re.fullmatch(r"ever|involvement|\d+ months", values.get("earlier", "ever")):
            raise ValueError('write earlier = "ever", "involvement" or "3 months"')
    except (TypeError, ValueError) as error:
        raise _refuse(where, key, str(error)) from error
    shapes = [
        shape for shape in _SHAPES if values.get(shape) and not (shape == "within" and "chain" in values)
    ]
    if len(shapes) != 1:
        raise _refuse(where, key, f"say when it is due by exactly one of {', '.join(_SHAPES)}")
    values.setdefault("per", _per(values))
    return Rule(pack=pack, **values)


def _kinds(where: str, key: str, name: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    for kind in kinds:
        if kind not in KINDS:
            raise _refuse(where, key, f'{name} names the event "{kind}", which is not in the list of kinds')
    if name in ("met_by", "before"):
        more = [implied for kind in kinds for implied in IMPLIED_BY.get(kind, ())]
        return (*kinds, *dict.fromkeys(kind for kind in more if kind not in kinds))
    return kinds


def _check_words(where: str, key: str, values: dict[str, Any]) -> None:
    from homeward.domain import chains, conditions

    allowed: dict[str, Iterable[str]] = {
        "force": FORCES,
        "owner": OWNERS,
        "certainty": CERTAINTY,
        "per": ("period", "involvement", "start", "every"),
        "before_by": ("stop", "ask"),
        "met_limit": ("due",),
        "when": conditions.CONDITIONS,
        "due": conditions.DUE_DATES,
        "ends_when": conditions.ENDS,
        "counts": conditions.COUNTS,
        "chain": chains.CHAINS,
    }
    for name, words in allowed.items():
        if name in values and values[name] not in words:
            raise _refuse(
                where, key, f'{name} = "{values[name]}" is not known; write one of {", ".join(words)}'
            )


def _per(values: dict[str, Any]) -> str:
    """How often a rule is judged, where its table does not say: CLOCK.md, agreements 1 and 2."""
    starts = values.get("starts", ())
    if values.get("before") or len(starts) > 1:
        return "involvement"
    return "period" if starts == ("became_looked_after",) or values.get("from_age") else "start"


def _folder(pack: str) -> list[Traversable]:
    root = resources.files("homeward.policy")
    if pack == "england":
        files = [f for f in root.joinpath("england").iterdir() if f.name.endswith(".toml")]
        return sorted((f for f in files if f.name.count(".") == 1), key=lambda f: f.name)
    return [root / "councils" / f"{pack}.toml"]


def read_rules(pack: str, where: str, text: str) -> list[Rule]:
    """The rules of one policy file; raises PolicyError naming the file, the rule and how to mend it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{where} is not well-formed TOML: {error}") from error
    for name in tables:
        if name != "timescale":
            raise PolicyError(f'{where}: "{name}" is not known here; a rule is written [[timescale]]')
    return [_rule(pack, where, table) for table in tables.get("timescale", [])]


@cache
def _pack(pack: str) -> tuple[tuple[Rule, ...], str]:
    if pack not in PACKS:
        raise PolicyError(f'there is no policy "{pack}"; the policies are {", ".join(PACKS)}')
    rules: list[Rule] = []
    text = ""
    for file in _folder(pack):
        content = file.read_text("utf-8")
        text += content
        rules += read_rules(pack, file.name, content)
    return tuple(rules), text


def load(names: Sequence[str]) -> Policy:
    """The policy made of the named packs; raises PolicyError for a name or a file that is wrong."""
    return _load(tuple(dict.fromkeys(names)))


@cache
def _load(names: tuple[str, ...]) -> Policy:
    packs = [_pack(name) for name in names]
    rules = [rule for pack, _ in packs for rule in pack]
    on = tuple(rule for rule in rules if not rule.off)
    by_kind: dict[str, list[int]] = {}
    for place, rule in enumerate(on):
        for kind in dict.fromkeys(triggers(rule)):
            by_kind.setdefault(kind, []).append(place)
    return Policy(
        names=names,
        rules=on,
        off=tuple(rule for rule in rules if rule.off),
        digest=hashlib.sha256("\0".join(text for _, text in packs).encode()).hexdigest()[:16],
        by_kind={kind: tuple(places) for kind, places in by_kind.items()},
    )


def triggers(rule: Rule) -> tuple[str, ...]:
    """The kinds of event without which a rule has nothing to say."""
    return rule.before or rule.starts or ("became_looked_after",)


def sentence(rule: Rule) -> str:
    """The rule in one English sentence, without its source."""
    if rule.words:
        return rule.words
    met = rule.met_words
    if rule.before:
        return f"Before {_or(KINDS[kind] for kind in rule.before[:1])}, it is recorded that {met}."
    start = _or(KINDS[kind] for kind in rule.starts)
    if rule.undated:
        return f"After {start}, it is recorded that {met}; the policy gives no number of days."
    length = rule.within[0].words
    return f"Within {length}, counted from the day that {start}, it is recorded that {met}."
