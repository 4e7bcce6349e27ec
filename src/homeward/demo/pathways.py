"""The ways children go through care, each a script written forward from the day care began.

A script writes a whole life; Child keeps what has happened by today. So the same script gives a baby still in
proceedings and a girl adopted last spring: only the day they came into care differs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from homeward.demo import court, places
from homeward.demo.child import Child, days
from homeward.domain.calendar import add_months, birthday


@dataclass(frozen=True)
class Way:
    """What a script needs besides the child: chance, the council, and how it is to turn out."""

    rng: Random
    council: str
    first: str = "U6"  # the first home
    last: str = "U4"  # the home it leads to
    weeks: float | None = None  # of proceedings; None is drawn
    settled: float | None = None  # months in care when permanence is secured; None is not yet
    reason: str = ""  # REC at the end of care

    def postcode(self, place: str, c: Child) -> str:
        if place == "P1":
            return c.home_postcode or places.a_family_home(self.rng, self.council)
        return places.a_carers_home(self.rng, self.council, close=place.startswith(("U1", "U3")))

    def court_weeks(self) -> float:
        return self.weeks if self.weeks is not None else court.weeks_in_court(self.rng)


Script = Callable[[Child, date, Way], None]


def comes_in(c: Child, start: date, way: Way, status: str) -> None:
    """The first days in care, with the plan that is usual then: home if it can be made safe."""
    rng = way.rng
    court.first_contact(c, rng, start - days(rng.randint(20, 70)))
    court.conference(c, rng, start - days(rng.randint(3, 14)))
    if status == "C1" and way.first in ("U4", "U5", "U6") and rng.random() < 0.15:
        # Police protection lasts 72 hours at most (Children Act 1989 s.46).
        c.enters(start, "L1", way.first, way.postcode(way.first, c))
        c.order(start + days(2), status)
    else:
        c.enters(start, status, way.first, way.postcode(way.first, c))


def in_proceedings(c: Child, start: date, way: Way) -> date:
    """Comes into care under an interim care order, or just before it; returns the day of the final order."""
    rng = way.rng
    if rng.random() < 0.55:
        court.pre_proceedings(c, rng, start - days(rng.randint(45, 108)))
    else:
        court.gateway(c, rng, start - days(rng.randint(2, 9)), reviewed=False)
    section_20 = rng.random() < 0.3
    issued = start + days(rng.randint(4, 20)) if section_20 else start
    comes_in(c, start, way, "V2" if section_20 else "C1")
    if section_20:
        c.order(issued, "C1")
    considered = start + days(rng.randint(5, 25))
    if c.age_on(start) < 3:
        c.note(considered, "early_permanence_considered")
    return court.proceedings(c, issued, way.court_weeks(), extended=rng.random() < 0.9)


def early_plans(c: Child, start: date, way: Way, alongside: str, fallback: str) -> None:
    """Return home first, something alongside, something if both fail: by the second review."""
    rng = way.rng
    recorded = start + days(rng.randint(28, 84))
    agreed = start + days(rng.randint(86, 100))
    c.plans_for("main", "return_home", recorded, agreed, agreed + days(rng.randint(5, 40)))
    c.plans_for("parallel", alongside, recorded + days(rng.randint(0, 9)), agreed)
    c.plans_for("contingency", fallback, agreed, agreed)


def new_plan(c: Child, on: date, way: Way, route: str, fallback: str, ruled_out: str = "return_home") -> None:
    """A plan agreed before the final hearing, the old one signed off as no longer viable."""
    c.note(on, "option_ruled_out", ruled_out)
    c.plans_for("main", route, on, on + days(way.rng.randint(0, 6)), on + days(way.rng.randint(7, 20)))
    c.plans_for("contingency", fallback, on + days(3), on + days(3))


def late_move(c: Child, way: Way, from_day: date, to_day: date) -> None:
    """One in four children moves once more before the lasting home: a carer asks, or a better is found."""
    if way.rng.random() < 0.25 and (to_day - from_day).days > 60:
        on = from_day + days(way.rng.uniform(0.2, 0.8) * (to_day - from_day).days)
        c.moves(on, "U6", way.postcode("U6", c), why=way.rng.choice(("CREQB", "CREQO", "LAREQ", "CHILD")))


def fostered_long_term(c: Child, start: date, way: Way) -> None:
    """Care order, long-term fostering as the plan, and a match when `settled`."""
    rng = way.rng
    final = in_proceedings(c, start, way)
    early_plans(c, start, way, "long_term_fostering", "family_and_friends")
    late_move(c, way, start, final)
    new_plan(c, final - days(rng.randint(25, 50)), way, "long_term_fostering", "residential")
    c.order(final, "C2")
    if way.settled is None:
        c.plans_for("parallel", "special_guardianship", final + days(rng.randint(60, 200)))
        return
    match = max(add_months(start, int(way.settled)), final + days(45))
    if rng.random() < 0.55:
        c.moves(match - days(rng.randint(14, 90)), "U6", way.postcode("U6", c))
    c.note(match - days(20), "child_views_recorded")
    c.note(match, "long_term_match_agreed")
    c.moves(match, "U4", "", stays=True)
    c.plans_for("contingency", "supported_independence" if c.age_on(c.today) > 14 else "residential", match)


def fostered_by_family(c: Child, start: date, way: Way) -> None:
    """A relative cares from the start under reg 24, is approved, and keeps the child for good."""
    rng = way.rng
    way = Way(**{**way.__dict__, "first": "U3"})
    final = in_proceedings(c, start, way)
    court.temporarily_approved(c, rng, start, rng.choice((13, 14, 15, 15, 21)))
    court.assessed_relative(c, rng, start + days(5), weeks=rng.uniform(10, 13.7))
    early_plans(c, start, way, "family_and_friends", "special_guardianship")
    new_plan(c, final - days(rng.randint(25, 50)), way, "family_and_friends", "long_term_fostering")
    c.order(final, "C2")
    if way.settled is not None:
        match = max(add_months(start, int(way.settled)), final + days(30))
        c.note(match, "long_term_match_agreed")
        c.moves(match, "U1", "", stays=True)


def special_guardianship(c: Child, start: date, way: Way) -> None:
    """From a foster home to a relative, and an order that ends care."""
    rng = way.rng
    final = in_proceedings(c, start, way)
    fallback = "adoption" if c.age_on(start) < 5 else "long_term_fostering"
    early_plans(c, start, way, "special_guardianship", fallback)
    asked = start + days(3 if way.first == "U3" else rng.randint(20, 40))
    done = court.assessed_relative(c, rng, asked, weeks=rng.uniform(10, 13.8))
    new_plan(c, done + days(7), way, "special_guardianship", "long_term_fostering")
    moved = done + days(rng.randint(10, 24))
    if way.first == "U3":
        court.temporarily_approved(c, rng, start, 15)
    elif moved < final - days(20):
        c.moves(moved, "U3", way.postcode("U3", c))
        c.note(moved, "connected_person_approved")
    c.leaves(final, way.reason or ("E45" if moved < final else "E47"))


def child_arrangements(c: Child, start: date, way: Way) -> None:
    """The other parent, or a relative, under a child arrangements order."""
    final = in_proceedings(c, start, way)
    early_plans(c, start, way, "child_arrangements", "long_term_fostering")
    new_plan(c, final - days(30), way, "child_arrangements", "special_guardianship")
    c.leaves(final, "E41")


def goes_home(c: Child, start: date, way: Way) -> None:
    """Parents change enough: home, and it holds. Only people say that it has settled (never E4A alone)."""
    final = in_proceedings(c, start, way)
    early_plans(c, start, way, "family_and_friends", "long_term_fostering")
    c.note(final - days(40), "return_home_reviewed")
    c.note(final, "supervision_order_made")
    c.leaves(final, "E4A")
    if way.settled is not None:
        c.note(final + days(way.settled * 30), "permanence_achieved", "return_home")


def home_under_order(c: Child, start: date, way: Way) -> None:
    """A care order with the child at home: approved first under reg 17."""
    rng = way.rng
    final = in_proceedings(c, start, way)
    early_plans(c, start, way, "family_and_friends", "long_term_fostering")
    c.note(final - days(rng.randint(12, 40)), "return_home_reviewed")
    c.note(final - days(rng.randint(5, 11)), "placement_with_parents_approved")
    c.order(final, "C2")
    c.moves(final + days(rng.randint(0, 6)), "P1", way.postcode("P1", c))
    if way.settled is not None:
        c.note(
            max(add_months(start, int(way.settled)), final + days(60)), "permanence_achieved", "return_home"
        )


def at_home_meanwhile(c: Child, start: date, way: Way) -> None:
    """An interim care order with the child at home while the court decides."""
    c.note(start - days(3), "placement_with_parents_approved")
    in_proceedings(c, start, Way(**{**way.__dict__, "first": "P1"}))
    early_plans(c, start, way, "family_and_friends", "long_term_fostering")


def adopted(c: Child, start: date, way: Way) -> None:
    """Decision before the final hearing, placement order, match, introductions, order, celebration."""
    rng = way.rng
    final = in_proceedings(c, start, way)
    early_plans(c, start, way, "adoption", "long_term_fostering")
    became = final - days(rng.randint(55, 75))
    decided = became + days(rng.randint(20, 40))
    new_plan(c, became, way, "adoption", "long_term_fostering")
    c.note(decided - days(9), "child_permanence_report_completed")
    c.is_decided_for_adoption(decided)
    c.order(final, "E1")
    if way.settled is not None:
        placed = max(add_months(start, int(way.settled)), final + days(35))
        is_placed_for_adoption(c, way, decided, placed)


def is_placed_for_adoption(c: Child, way: Way, decided: date, placed: date) -> None:
    """From the match to the adoption order and the books that follow it."""
    rng = way.rng
    matched = placed - days(rng.randint(24, 36))
    foster_carer = way.first in ("U5", "U2")
    c.adoption = an_adoptive_family(rng, decided, matched, foster_carer) if c.passed(matched) else {}
    c.note(matched, "matched_with_adopters")
    if not foster_carer:
        c.note(placed - days(13), "adopters_information_given")
        c.note(placed - days(11), "introductions_started")
    c.moves(placed, "A5" if foster_carer else "A6", way.postcode("U6", c), why="CARPL", stays=foster_carer)
    c.note(placed + days(rng.randint(84, 106)), "life_story_book_started")
    ordered = placed + days(rng.randint(150, 240))
    c.leaves(ordered, "E12" if rng.random() < 0.7 else "E11")
    celebrated = ordered + days(rng.randint(14, 30))
    c.note(celebrated, "adoption_celebrated")
    c.note(celebrated + days(rng.randint(2, 9)), "life_story_book_given")
    c.note(celebrated + days(rng.randint(2, 9)), "later_life_letter_given")


def an_adoptive_family(
    rng: Random, decided: date, matched: date, foster_carer: bool
) -> dict[str, str | date]:
    number, sex, status = rng.choices(
        (("2", "MF", "L11"), ("2", "MF", "L3"), ("2", "MM", "L12"), ("2", "FF", "L12"), ("1", "F1", "L0")),
        (60, 12, 9, 7, 12),
    )[0]
    return {
        "decided": decided,
        "matched": matched,
        "foster_carer": "1" if foster_carer else "0",
        "adopters": number,
        "sex": sex,
        "status": status,
    }


def in_a_childrens_home(c: Child, start: date, way: Way) -> None:
    """Foster homes ended early; now a children's home, with a way back to a family looked for."""
    rng = way.rng
    final = in_proceedings(c, start, way)
    early_plans(c, start, way, "long_term_fostering", "residential")
    new_plan(c, final - days(30), way, "long_term_fostering", "residential")
    c.order(final, "C2")
    moved = start + days(rng.randint(40, 180))
    c.moves(moved, "U6", way.postcode("U6", c), why="CREQB")
    c.note(moved + days(rng.randint(40, 80)), "stability_meeting_held")
    moved += days(rng.randint(90, 240))
    c.note(moved - days(8), "disruption_meeting_held")
    c.moves(moved, way.last, way.postcode(way.last, c), why="CREQB")
    c.plans_for("main", "residential", moved + days(14), moved + days(30), moved + days(44))
    c.plans_for("contingency", "long_term_fostering", moved + days(14))
    c.note(moved + days(rng.randint(80, 150)), "return_home_reviewed")
    if way.settled is not None:
        settled = max(add_months(start, int(way.settled)), moved + days(60))
        c.note(settled, "permanence_achieved", "residential")


def towards_independence(c: Child, start: date, way: Way) -> None:
    """A care order, foster care until 16, then supported accommodation and a plan for after 18."""
    rng = way.rng
    final = in_proceedings(c, start, way)
    early_plans(c, start, way, "long_term_fostering", "residential")
    new_plan(c, final - days(30), way, "long_term_fostering", "supported_independence")
    c.order(final, "C2")
    assert c.born
    moved = max(birthday(c.born, 16) + days(rng.randint(20, 200)), final + days(60))
    if way.settled is not None:
        match = max(add_months(start, int(way.settled)), final + days(45))
        if match < moved:
            c.note(match, "long_term_match_agreed")
            c.moves(match, "U4", "", stays=True)
    c.moves(moved, "K3", way.postcode("K3", c), why="CHILD")
    c.plans_for("main", "supported_independence", moved - days(20), moved - days(6), moved)
    comes_of_age(c, way)


def by_agreement(c: Child, start: date, way: Way) -> None:
    """Section 20: a parent asks for help, or a young person of 16 does."""
    rng = way.rng
    comes_in(c, start, way, "V2")
    early_plans(c, start, way, "family_and_friends", "long_term_fostering")
    c.note(start + days(rng.randint(100, 160)), "return_home_reviewed")
    moved = start + days(rng.randint(40, 160))
    if way.last != way.first:
        c.moves(moved, way.last, way.postcode(way.last, c), why="CREQB" if way.last == "K2" else "CHILD")
    route = {"K2": "residential", "K3": "supported_independence"}.get(way.last, "long_term_fostering")
    if c.age_on(start) >= 12:
        c.plans_for("main", route, start + days(150), start + days(158), start + days(168))
    if way.reason:
        c.leaves(add_months(start, int(way.settled or 6)), way.reason)
    elif c.age_on(c.today) >= 17 and way.first.startswith(("U", "K")):
        comes_of_age(c, way)


def alone_in_the_country(c: Child, start: date, way: Way) -> None:
    """An unaccompanied child seeking asylum: section 20, a foster home, kin looked for abroad and here."""
    rng = way.rng
    c.unaccompanied = True
    c.need = "N8"
    c.note(start, "need_identified")
    c.enters(start, "V2", way.first, way.postcode("U6", c))
    c.note(start + days(12), "family_network_meeting_offered")
    c.note(start + days(20), "family_group_conference_offered")
    c.note(start + days(rng.randint(5, 20)), "advocate_offered")
    recorded = start + days(rng.randint(28, 80))
    route = "long_term_fostering" if way.last.startswith("U") else "supported_independence"
    c.plans_for("main", route, recorded, start + days(90), start + days(110))
    c.plans_for("parallel", "family_and_friends", recorded, start + days(90))
    c.plans_for("contingency", "supported_independence", start + days(90), start + days(90))
    if way.last != way.first:
        c.moves(start + days(rng.randint(60, 240)), way.last, way.postcode(way.last, c), why="CARPL")
    if rng.random() < 0.2:
        c.goes_missing(start + days(rng.randint(3, 60)), rng.randint(1, 4))
    comes_of_age(c, way)


def comes_of_age(c: Child, way: Way) -> None:
    """Something is agreed for after 18, and on the birthday care ends."""
    assert c.born
    eighteen = birthday(c.born, 18)
    c.note(eighteen - days(way.rng.randint(120, 330)), "staying_put_agreed")
    staying = bool(c.periods) and c.period.homes[-1].place.startswith("U")
    c.leaves(eighteen, way.reason or ("E17" if staying else "E5"))


def grown_up_in_care(c: Child, start: date, way: Way) -> None:
    """Matched long ago; now 18."""
    fostered_long_term(c, start, way)
    comes_of_age(c, way)
