"""Every sort of recorded fact in a few words, and its days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from homeward.domain import codes
from homeward.domain.delay import CAUSES
from homeward.domain.events import KINDS
from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.wording import day_words

KIND_WORDS = {
    "PeriodOfCare": "Periods of care",
    "LegalStatus": "Legal statuses",
    "Home": "Homes",
    "Review": "Reviews",
    "Visit": "Visits",
    "PermanencePlan": "Permanence plans",
    "MeetingHeld": "Meetings held",
    "AdoptionDecision": "Adoption decisions",
    "AdoptionRecord": "Adoption records",
    "PreviousPermanence": "Earlier permanence",
    "MissingEpisode": "Times missing",
    "UnaccompaniedStatus": "Unaccompanied status",
    "SocialWorkerSpell": "Social workers",
    "ReviewingOfficer": "Reviewing officers",
    "DatedEvent": "Other events",
    "OptionAnswer": "Routes answered",
    "MeetingReferral": "Referrals to meetings",
    "Minute": "Minutes",
    "Decision": "Decisions",
    "Action": "Actions",
    "Delay": "What holds things up",
    "GateAnswer": "Rules before a step",
    "Need": "What the child needs",
    "Challenge": "Matters raised",
    "Scrutiny": "What a reviewing officer or chair judged",
    "Supervision": "Supervision",
    "Grade": "How good plans and reports are",
    "ReturnPlan": "Plans for return home",
    "ReturnStep": "Steps on the way home",
    "ReturnReview": "How the way home goes",
}
_SPAN = ("PeriodOfCare", "LegalStatus", "Home", "MissingEpisode", "SocialWorkerSpell", "ReviewingOfficer")
ANSWER_WORDS = {"viable": "viable", "testing": "being tested", "ruled_out": "ruled out"}
STATE_WORDS = {"open": "open", "done": "done", "not_needed": "no longer needed"}
GATE_WORDS = {
    "asked": "Gone on with a reason",
    "overridden": "Overridden by a senior",
    "answered": "Answered",
}


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _event(values: dict[str, Any]) -> str:
    return _begun(KINDS.get(values["kind"], values["kind"]))


def _plan(values: dict[str, Any]) -> str:
    return f"{values['position'].capitalize()} plan: {ROUTE_WORDS.get(values['route'], values['route'])}"


_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "LegalStatus": lambda values: _begun(codes.label("LS", values["code"])),
    "Home": lambda values: _begun(codes.label("PLACE", values["place"])),
    "PeriodOfCare": lambda _: "In our care",
    "Review": lambda _: "Looked-after review held",
    "Visit": lambda _: "Visit by the social worker",
    "PermanencePlan": _plan,
    "MeetingHeld": _event,
    "DatedEvent": _event,
    "AdoptionDecision": lambda _: "Decision that the child should be placed for adoption",
    "AdoptionRecord": lambda _: "Adoption record",
    "PreviousPermanence": lambda _: "Was permanently placed before",
    "MissingEpisode": lambda _: "Missing, or away without authority",
    "UnaccompaniedStatus": lambda _: "Unaccompanied asylum-seeking child",
    "SocialWorkerSpell": lambda values: f"Social worker {values['worker']}",
    "ReviewingOfficer": lambda values: f"Reviewing officer {values['officer']}",
    "OptionAnswer": lambda values: (
        f"{ROUTE_WORDS.get(values['route'], values['route'])}: {ANSWER_WORDS[values['answer']]}"
    ),
    "MeetingReferral": lambda values: f"Referred to a meeting: {values['series'].replace('_', ' ')}",
    "Minute": lambda values: f"Minutes: {values['series'].replace('_', ' ')}",
    "Decision": lambda values: f"Decision: {_short(values['what'])}",
    "Action": lambda values: f"Action ({STATE_WORDS[values['state']]}): {_short(values['what'])}",
    "Delay": lambda values: CAUSES.get(values["cause"], values["cause"]),
    "GateAnswer": lambda values: (
        f"{GATE_WORDS[values['answer']]}: {_short(values['says'])}"
        + (f" – {values['reason']}" if values["answer"] == "answered" else "")
    ),
    "Need": lambda values: f"Need: {_short(values['what'])}",
    "Challenge": lambda values: f"Matter raised: {_short(values['says'])}",
    "Scrutiny": lambda values: f"Looked at by {values['by_name']}",
    "Supervision": lambda values: f"Supervision by {values['by_name']}",
    "Grade": lambda values: f"Judged {values['grade'].replace('_', ' ') or 'against the standards'}",
    "ReturnPlan": lambda values: f"Plan for return to {values['to_whom']}",
    "ReturnStep": lambda values: f"{_begun(values['kind'])} on the way home: {_short(values['what'])}",
    "ReturnReview": lambda values: f"The way home looked at by {values['by_name']}",
}
_DAYS = (
    "raised_on",
    *("held_on", "on", "decided_on", "matched_on", "until", "order_on"),
    *("answered_on", "referred_on", "agreed_on"),
    *("found_on", "graded_on", "opened_on"),
)


def fact_words(model: str, values: dict[str, Any]) -> str:
    """A fact in a few words; `values` are its fields by name."""
    return _WORDS[model](values)


def when_words(model: str, values: dict[str, Any]) -> str:
    """The day of a fact, the days it runs from and to, or the days of a plan."""
    if model in _SPAN or model == "Delay":
        return _from_to(values)
    if model == "PermanencePlan":
        days = [
            f"{word} {day_words(values[f'{word}_on'])}"
            for word in ("recorded", "agreed", "confirmed", "ended")
            if values.get(f"{word}_on")
        ]
        return ", ".join(days) or "undated"
    on = next((values[name] for name in _DAYS if values.get(name)), None)
    return day_words(on) if on else "undated"


def _from_to(values: dict[str, Any]) -> str:
    start = values.get("started_on") or values.get("from_on")
    known, end = values.get("known_from"), values.get("ended_on") or values.get("until_on")
    begins = f"from {day_words(start)}" if start else f"known from {day_words(known)}" if known else "undated"
    return f"{begins} to {day_words(end)}" if end else begins


def _short(text: str) -> str:
    first = text.strip().split("\n", 1)[0].rstrip(".")
    return first if len(first) <= 100 else f"{first[:99]}…"
