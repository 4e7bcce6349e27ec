"""Before court and in court: the gateway, pre-proceedings, care proceedings, and what each needs first."""

from __future__ import annotations

from datetime import date
from random import Random

from homeward.demo.child import Child, days

WEEK = 7
LIMIT_WEEKS = 26  # Children Act 1989 s.32(1)(a)(ii)
EXTENSION_WEEKS = 8  # s.32(8): no more than eight weeks each


def first_contact(c: Child, rng: Random, on: date) -> None:
    """Contact, the family's network and the first assessment, before anything formal."""
    asked = on - days(rng.randint(8, 25))
    if rng.random() < 0.35:
        c.note(asked - days(rng.randint(5, 20)), "first_contact_made")
    c.note(asked, "family_network_meeting_offered")
    if rng.random() < 0.7:
        c.note(asked + days(rng.randint(2, 6)), "family_network_meeting_held")
    c.note(on - days(1), "first_assessment_completed")
    if rng.random() < 0.3:
        c.note(on, "need_identified")


def conference(c: Child, rng: Random, on: date) -> None:
    """A family group conference is offered first, and then held or declined."""
    c.note(on, "family_group_conference_offered")
    answer = on + days(rng.randint(10, 28))
    kind = "family_group_conference_held" if rng.random() < 0.65 else "family_group_conference_declined"
    c.note(answer, kind)


def gateway(c: Child, rng: Random, on: date, *, reviewed: bool = True) -> None:
    c.note(on, "legal_gateway_held")
    if reviewed:
        c.note(on + days(rng.randint(30, 41)), "legal_gateway_review_held")


def pre_proceedings(c: Child, rng: Random, on: date, *, offered: bool = True) -> None:
    """The gateway decides for the Public Law Outline: conference offered, then the letter."""
    if offered:
        conference(c, rng, on - days(rng.randint(9, 20)))
    gateway(c, rng, on - days(rng.randint(1, 4)))
    c.note(on, "pre_proceedings_started")
    c.note(on + days(rng.randint(2, 5)), "letter_before_proceedings_sent")


def steps_down(c: Child, on: date) -> None:
    c.note(on, "pre_proceedings_ended")


def proceedings(c: Child, issued: date, weeks: float, *, hearing: bool = True, extended: bool = True) -> date:
    """Care proceedings from issue to the final hearing; returns the day they are concluded."""
    c.note(issued, "proceedings_issued")
    listed = issued + days(min(20 * WEEK, (weeks - 3) * WEEK))
    # A hearing is listed at the case management hearing, in the third week: only then is its date known.
    if hearing and c.passed(issued + days(18)):
        c.note(listed, "issues_resolution_hearing")
    limit = LIMIT_WEEKS
    while extended and weeks > limit:
        c.note(issued + days((limit - 1) * WEEK), "court_extension_granted", str(EXTENSION_WEEKS))
        limit += EXTENSION_WEEKS
    concluded = issued + days(weeks * WEEK)
    c.note(concluded, "proceedings_concluded")
    return concluded


def assessed_relative(
    c: Child, rng: Random, on: date, relation: str = "", *, weeks: float = 13, positive: bool = True
) -> date:
    """Screening and full assessment of a relative or friend; returns the day it was completed."""
    c.note(
        on - days(rng.randint(6, 12)),
        "viability_assessment_completed",
        "positive" if positive else "negative",
    )
    if not positive:
        return on
    c.note(on, "connected_person_assessment_started", relation)
    done = on + days(weeks * WEEK)
    c.note(done, "connected_person_assessment_completed", relation)
    return done


def temporarily_approved(c: Child, rng: Random, on: date, weeks: float) -> date:
    """Reg 24 approval, extended under reg 25 where 16 weeks will not do; returns the day of full approval."""
    c.note(on, "temporary_approval_given")
    if weeks > 16:
        c.note(on + days(15 * WEEK), "temporary_approval_extended")
    done = on + days(weeks * WEEK)
    c.note(done, "connected_person_approved")
    return done


def weeks_in_court(rng: Random) -> float:
    """A care case takes some 36 weeks on average (Family Court Statistics); these councils do better."""
    return min(46, max(18, rng.gauss(29, 5)))
