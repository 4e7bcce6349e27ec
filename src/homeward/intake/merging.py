"""The same home or review in two files is one fact; the later file adds what the first lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from homeward.intake.notes import Notes
from homeward.records.drafts import Draft

# What makes two drafts of a model the same fact, beside the start.
_SAME = {
    "LegalStatus": ("code",),
    "MissingEpisode": ("kind",),
    "PermanencePlan": ("position", "route"),
    "MeetingHeld": ("kind",),
    "DatedEvent": ("kind", "detail"),
    "SocialWorkerSpell": ("worker",),
    "ReviewingOfficer": ("officer",),
}
_ONE_A_CHILD = frozenset({"AdoptionRecord", "PreviousPermanence", "UnaccompaniedStatus"})
_SPANS = frozenset({"PeriodOfCare", "LegalStatus", "Home"})


class Merged:
    """The drafts of one child, in which each fact stands once."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._by_key: dict[tuple[Any, ...], Draft] = {}

    def add(self, draft: Draft) -> None:
        """Keep a draft, or let it fill the blanks of the same fact from a file that comes first."""
        key = _key(draft)
        held = self._by_key.get(key)
        if held is None and draft.model in _SPANS:
            key, held = self._covered(draft)
        if held is None:
            self._by_key[key] = draft
        else:
            self._by_key[key] = self._filled(held, draft)

    def of(self, model: str) -> list[Draft]:
        return [draft for draft in self._by_key.values() if draft.model == model]

    def drafts(self) -> list[Draft]:
        """All drafts by model and start."""
        return sorted(self._by_key.values(), key=lambda d: (d.model, d.start or date.min, repr(_key(d))))

    def _covered(self, draft: Draft) -> tuple[tuple[Any, ...], Draft | None]:
        """A span held with an unknown start that this draft covers: it may give the start."""
        start = draft.fields["started_on"]
        for key, held in self._by_key.items():
            if (
                held.model == draft.model
                and start
                and not _start_is_known(held)
                and held.start
                and held.start > start
            ):
                ends = draft.fields["ended_on"]
                if (ends is None or ends > held.start) and _same_kind(held, draft):
                    return key, held
        return _key(draft), None

    def _filled(self, held: Draft, draft: Draft) -> Draft:
        """`held` with its blanks filled from `draft`; an end that a repair made up yields to a real one."""
        fields = dict(held.fields)
        for name, value in draft.fields.items():
            if name not in _ENDS and fields.get(name) in _BLANK and value not in _BLANK:
                fields[name] = value
        start, repair = held.start, held.repair
        if held.model in _SPANS and not _start_is_known(held) and draft.fields["started_on"]:
            start = self._take_start(held, draft, fields)
        if draft.fields.get("ended_on") and (fields["ended_on"] is None or held.repair == "absent_next_year"):
            repair = self._take_end(held, draft, fields)
        return replace(
            held, fields=fields, start=start, rows=tuple(sorted({*held.rows, *draft.rows})), repair=repair
        )

    def _take_start(self, held: Draft, draft: Draft, fields: dict[str, Any]) -> date | None:
        start = fields["started_on"] = draft.fields["started_on"]
        if "known_from" in fields:
            fields["known_from"] = start
        if "start_known" in fields:
            fields["start_known"] = True
        if held.source != draft.source:
            what, source = _WORDS[held.model], _SOURCES[draft.source]
            self._notes.note("start_from_elsewhere", "DECOM", start=start, what=what, source=source)
        return draft.start

    def _take_end(self, held: Draft, draft: Draft, fields: dict[str, Any]) -> str:
        for name in ("ended_on", "end_reason", "reason_ended"):
            if name in fields:
                fields[name] = draft.fields.get(name, fields[name])
        if held.source != draft.source and held.model in _WORDS:
            what, source, end = _WORDS[held.model], _SOURCES[draft.source], fields["ended_on"]
            self._notes.note("end_from_elsewhere", "DEC", start=held.start, end=end, what=what, source=source)
        return draft.repair


_ENDS = ("started_on", "ended_on", "end_reason", "reason_ended")
_BLANK: tuple[Any, ...] = (None, "", [])
_SOURCES = {"903": "the return", "bundle": "the bundle", "annex_a": "Annex A"}
_WORDS = {"PeriodOfCare": "period of care", "LegalStatus": "legal status", "Home": "home"}


def _key(draft: Draft) -> tuple[Any, ...]:
    start = None if draft.model in _ONE_A_CHILD else draft.start
    return (draft.model, start, *(draft.fields[name] for name in _SAME.get(draft.model, ())))


def _start_is_known(draft: Draft) -> bool:
    if draft.model == "PeriodOfCare":
        return draft.fields["started_on"] is not None
    return bool(draft.fields["start_known"])


def _same_kind(held: Draft, draft: Draft) -> bool:
    """Whether two spans may be one: a status by its code; a home by its place."""
    if held.model == "LegalStatus":
        return bool(held.fields["code"] == draft.fields["code"])
    if held.model == "Home":
        return bool(held.fields["place"] == draft.fields["place"])
    return True
