"""A council's own words and settings: meetings, gates, who may approve what, options and guidance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from homeward.domain.challenge import Stage
from homeward.domain.events import KINDS
from homeward.domain.meetings import Meeting, Paper
from homeward.domain.pack_file import NEEDS, TABLES, PackError, tables
from homeward.domain.policy import PACKS, duration
from homeward.domain.steps import Gate

__all__ = ["NEEDS", "Pack", "PackError", "gates", "meeting", "meetings", "pack", "read", "setting"]

# The meetings for which every pack has a word, whatever else its strategy lists.
_WORD_OF = {
    "permanence_meeting_held": "core_meeting",
    "permanence_tracked": "oversight_meeting",
    "review_held": "review",
}


class Pack(NamedTuple):
    """`meta`, `words` and `settings` by key; the rest as the files list it."""

    name: str
    title: str
    meta: dict[str, str]
    words: dict[str, str]
    settings: dict[str, dict[str, Any]]
    meetings: tuple[Meeting, ...]
    gates: tuple[Gate, ...]
    approvals: list[dict[str, Any]]
    options: list[dict[str, Any]]
    guidance: list[dict[str, Any]]
    standards: list[dict[str, Any]]
    duties: list[dict[str, Any]]
    stages: tuple[Stage, ...]

    def meeting(self, kind: str) -> str:
        """What the council calls the meeting that a kind of event records; empty when it has no word."""
        if kind in _WORD_OF:
            return self.words.get(_WORD_OF[kind], "")
        names = [meeting.name for meeting in self.meetings if meeting.kind == kind]
        return names[0] if len(names) == 1 else ""

    def event(self, kind: str) -> str:
        """A kind of event as the council would say it: its meetings have their own names."""
        name = self.meeting(kind)
        if not name:
            return KINDS.get(kind, "")
        return f"the child was heard at the {name}" if kind == "permanence_tracked" else f"{name} held"


@cache
def pack(name: str) -> Pack:
    """The words, settings and meetings of a policy; raises PackError for a name or a file that is wrong."""
    if name not in PACKS:
        raise PackError(f'there is no policy "{name}"; the policies are {", ".join(PACKS)}')
    folder = resources.files("homeward.policy") / ("england" if name == "england" else "councils")
    held = set() if name == "england" else {each.key for each in pack("england").meetings}
    files: list[dict[str, Any]] = []
    for file in (f"{name}.{part}.toml" for part in ("words", "meetings", "gates")):
        files.append(tables(file, (folder / file).read_text("utf-8"), name, held))
        held |= {row["key"] for row in files[-1].get("meeting", ())}
    return _made(files)


def setting(name: str, key: str) -> Any:
    """The value of a council's own setting, else England's; None where neither sets it."""
    found = pack(name).settings.get(key) or pack("england").settings.get(key)
    return found["value"] if found else None


def standards(name: str) -> list[dict[str, Any]]:
    """What a child's plan before court is held against: the council's own list, else England's."""
    return pack(name).standards or pack("england").standards


def duties(name: str) -> list[dict[str, Any]]:
    """What each role does for permanence: the council's own words and, after them, England's."""
    return [*pack(name).duties, *(pack("england").duties if name != "england" else [])]


@cache
def meetings(name: str) -> tuple[Meeting, ...]:
    """A policy's meetings: its own and, for kinds on which it is silent, England's under its own words."""
    own, common = pack(name), pack("england")
    told = {meeting.kind for meeting in own.meetings}
    defaults = (meeting for meeting in common.meetings if meeting.kind not in told)
    return (*own.meetings, *(one._replace(name=own.meeting(one.kind) or one.name) for one in defaults))


def meeting(name: str, key: str) -> Meeting | None:
    """The meeting of a policy with a key, or None."""
    return next((one for one in meetings(name) if one.key == key), None)


@cache
def gates(name: str) -> tuple[Gate, ...]:
    """A policy's gates and, after them, England's."""
    return (*pack(name).gates, *(pack("england").gates if name != "england" else ()))


@cache
def stages(name: str) -> tuple[Stage, ...]:
    """The stages of a matter raised: the council's own or England's, and Cafcass, which is open to all."""
    own, common = pack(name).stages, pack("england").stages
    if name == "england" or not own:
        return common
    return (*own, *(each for each in common if each.outside))


def stage(name: str, key: str) -> Stage:
    """The stage of a policy with a key; one that the policy no longer has is named as it was kept."""
    words = key.replace("_", " ").capitalize()
    return next((each for each in stages(name) if each.key == key), Stage(key, words))


def read(where: str, text: str) -> Pack:
    """One file as a pack of its own; every mistake is refused with the file, the line and the mend."""
    return _made([tables(where, text)])


def _made(files: Sequence[dict[str, Any]]) -> Pack:
    meta = files[0]["pack"]
    rows = {table: [row for file in files for row in file.get(table, ())] for table in TABLES}
    return Pack(
        meta["name"],
        meta["title"],
        meta,
        files[0].get("words", {}),
        files[0].get("settings", {}),
        tuple(_meeting(meta["name"], row) for row in rows.pop("meeting")),
        tuple(_gate(meta["name"], row) for row in rows.pop("gate")),
        rows["approval"],
        rows["option"],
        rows["guidance"],
        rows["standard"],
        rows["duty"],
        tuple(Stage(**_listed(row)) for row in rows["stage"]),
    )


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _meeting(pack: str, row: dict[str, Any]) -> Meeting:
    papers = tuple(Paper(**paper) for paper in row.get("papers", ()))
    return Meeting(pack=pack, **_listed(row) | {"papers": papers})


def _gate(pack: str, row: dict[str, Any]) -> Gate:
    values = _listed(row) | row["source"]
    del values["source"]
    if "limit" in values:
        values["limit"] = duration(values["limit"])
    return Gate(pack=pack, **values)
