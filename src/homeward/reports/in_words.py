"""A child's plan in plain words: written to the child, and for the parents, from the same facts.

Only what is safe to print is told: what kind of home and never where, nobody's name but of those who work
with the child, and of people's own words only what was written for the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from homeward.domain.routes import GUIDES
from homeward.reports import going_home
from homeward.reports.going_home import NOT_WRITTEN, HomeTold
from homeward.reports.paper import Bullets, Heading, Paragraph, Said
from homeward.reports.words import day

Part = Heading | Paragraph | Bullets | Said
YOUNG = 11  # years: younger children get shorter sentences

# Where the child lives, by the first letters of the code of the home: to the child, and of the child.
_HOMES = (
    ("P1", "at home with your family", "at home with family"),
    (("U1", "U2", "U3"), "with somebody you know, who is your foster carer", "with a relative or friend"),
    ("U", "with your foster carers", "with foster carers"),
    ("A", "with a new family", "with a new family"),
    (("K2", "K1", "R1"), "in a children’s home", "in a children’s home"),
    ("S1", "at a school where you also sleep", "at a residential school"),
    (("K3", "P2", "H5"), "in a place of your own, with people who help you", "in supported accommodation"),
)
# What a route comes to for the child, in short and in longer sentences, and what it is called of the child.
_TO_YOU: dict[str, tuple[str, str]] = {
    "return_home": (
        "you live at home with your family",
        "you live at home with your family, as soon as everyone is sure that it is safe and will stay safe",
    ),
    "family_and_friends": (
        "somebody in your family, or a friend of your family, looks after you",
        "somebody in your family, or a friend of your family, looks after you until you are grown up",
    ),
    "child_arrangements": (
        "you live with somebody you know, and a judge says so",
        "the court says who you live with. This is called a child arrangements order, and you would no "
        "longer be in care",
    ),
    "special_guardianship": (
        "somebody you know well looks after you until you are grown up. The name for that is special "
        "guardian",
        "somebody you know well becomes your special guardian: they look after you and decide things for "
        "you until you are 18, and you would no longer be in care",
    ),
    "adoption": (
        "you become part of a new family for ever. This is called adoption, and a judge decides about it",
        "you become part of a new family for life. This is called adoption, and the court decides about it",
    ),
    "long_term_fostering": (
        "you live with the same foster carers until you are grown up",
        "you live with the same foster carers until you are grown up, and see that family as home",
    ),
    "residential": (
        "you live in a children’s home with people who look after you",
        "you live in a children’s home, with people who look after you and know what you need",
    ),
    "supported_independence": (
        "you learn to live in a home of your own, with people who help you",
        "you move towards a home of your own, step by step, with people who help you",
    ),
    "other": (
        "something else, which your social worker will tell you about",
        "something else, which your social worker will go through with you",
    ),
}
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)


@dataclass(frozen=True)
class PlanTold:
    """One plan. `state` is proposed, agreed or confirmed; `on` is its day, where one is known."""

    route: str
    state: str
    on: date | None = None
    waits_for: tuple[str, ...] = ()
    stands_if: str = ""
    switch_rule: str = ""
    switch_on: date | None = None
    target_on: date | None = None


@dataclass(frozen=True)
class Told:
    """What may be told of a child's plan; `home` is the kind of home, and empty when it is not known."""

    name: str
    years: int | None
    home: str
    main: PlanTold | None
    beside: tuple[PlanTold, ...] = ()
    fallback: PlanTold | None = None
    says: str = ""
    says_on: date | None = None
    worker: str = ""
    officer: str = ""
    review_by: date | None = None
    responsibility: str = ""  # who holds it now, for a reader who is shown the law
    routes: tuple[tuple[str, str], ...] = ()  # every route with what is said of it
    home_open: bool = True
    left_care: bool = False
    going_home: HomeTold | None = None

    @property
    def young(self) -> bool:
        return self.years is None or self.years < YOUNG


def made_safe(told: Told) -> tuple[Told, int]:
    """Without any words that hold a postcode, and how many were left out."""
    left = 0

    def words(text: str) -> str:
        nonlocal left
        if _POSTCODE.search(text):
            left += 1
            return ""
        return text

    def plan(one: PlanTold) -> PlanTold:
        return replace(
            one,
            waits_for=tuple(filter(None, map(words, one.waits_for))),
            stands_if=words(one.stands_if),
            switch_rule=words(one.switch_rule),
        )

    safe = replace(
        told,
        going_home=told.going_home.said(words) if told.going_home else None,
        main=plan(told.main) if told.main else None,
        beside=tuple(map(plan, told.beside)),
        fallback=plan(told.fallback) if told.fallback else None,
        says=words(told.says),
    )
    return safe, left


# To the child


def for_child(told: Told) -> tuple[Part, ...]:
    return tuple(_to_child(told))


def _to_child(told: Told) -> Iterator[Part]:
    if told.years is None or told.years < 7:
        yield Paragraph("This is for somebody you trust to read with you.")
    yield Heading("Where you live now")
    home = next((to for codes, to, _ in _HOMES if told.home.startswith(codes)), "")
    if told.left_care:
        yield Paragraph("You are not in our care any more.")
    else:
        yield Paragraph(f"You live {home}." if home else "Ask your social worker about where you live now.")
    yield Heading("The main plan")
    yield from _main_to_child(told)
    if told.going_home:
        yield from going_home.to_child(told.going_home)
    yield Heading("If that cannot happen")
    yield from _others_to_child(told)
    yield Heading("What you told us")
    yield from _voice(told)
    yield Heading("What happens next")
    yield Bullets(tuple(_next_to_child(told)))
    yield Heading("Who you can ask")
    yield from _who_to_ask(told)


def _main_to_child(told: Told) -> Iterator[Part]:
    plan = told.main
    if plan is None:
        yield Paragraph("There is no plan yet for where you grow up. Your social worker is working on it.")
        return
    yield Paragraph(f"The main plan is that {_to_you(told, plan.route)}.")
    on = f" on {day(plan.on)}" if plan.on else ""
    yield Paragraph(
        {
            "proposed": "Somebody who works with you thinks that this is best. It is not agreed yet.",
            "agreed": f"The people who plan with you agreed this{on}.",
            "confirmed": f"This was agreed, and the person who has the last word said yes{on}.",
        }[plan.state]
    )
    if not plan.waits_for:
        return
    if told.young:
        yield Paragraph("We are still finding some things out, so that everyone can be sure.")
    else:
        yield Paragraph("Before everyone can be sure, we are waiting for:")
        yield Bullets(plan.waits_for)


def _others_to_child(told: Told) -> Iterator[Part]:
    if not told.beside and not told.fallback:
        yield Paragraph("There is no other plan yet. You can ask your social worker why.")
        return
    yield Paragraph("We make another plan at the same time, so that you do not have to wait.")
    for plan in told.beside:
        yield Paragraph(f"The other plan is that {_to_you(told, plan.route)}.")
    if told.fallback:
        begin = "If none of this works" if told.beside else "If the main plan does not work"
        yield Paragraph(f"{begin}, the plan is that {_to_you(told, told.fallback.route)}.")


def _voice(told: Told) -> Iterator[Part]:
    if told.says:
        when = f" on {day(told.says_on)}" if told.says_on else ""
        yield Said(f"You said{when}", told.says)
    else:
        yield Paragraph(
            f"{NOT_WRITTEN} yet what you think about this plan. You can say it, draw it or write it, at any "
            "time, and it will be kept."
        )


def _next_to_child(told: Told) -> Iterator[str]:
    if told.review_by:
        yield (
            f"People meet to talk about how you are and about your plan by {day(told.review_by)}. "
            "You can come, or say what you want somebody to tell them."
        )
    else:
        yield "We do not know yet when people meet next to talk about your plan."
    plan = told.main
    if plan and plan.switch_on:
        yield f"On {day(plan.switch_on)} we should know more."
    if plan and plan.target_on:
        yield f"We hope that the main plan has come true by {day(plan.target_on)}."
    elif plan:
        yield "We do not know yet how long it takes."


def _who_to_ask(told: Told) -> Iterator[Part]:
    yield Paragraph(
        f"Your social worker is {told.worker}." if told.worker else "Ask who your social worker is."
    )
    if told.officer:
        yield Paragraph(
            f"{told.officer} is your independent reviewing officer, who checks that your plan is right "
            "for you."
        )
    yield Paragraph(
        "If something worries you, or you do not agree, tell one of them or somebody you trust. You can also "
        "ask for an advocate: somebody who is on your side and helps you to be heard."
    )


def _to_you(told: Told, route: str) -> str:
    short, longer = _TO_YOU[route]
    return short if told.young else longer


# For the parents


def for_parents(told: Told) -> tuple[Part, ...]:
    return tuple(_to_parents(told))


def _to_parents(told: Told) -> Iterator[Part]:
    yield Heading(f"Where {told.name} lives now")
    home = next((of for codes, _, of in _HOMES if told.home.startswith(codes)), "")
    where = f"{told.name} lives {home}." if home else f"Ask the social worker about where {told.name} lives."
    yield Paragraph(f"{told.name} is not in our care any more." if told.left_care else where)
    if told.responsibility:
        yield Paragraph(f"Parental responsibility now: {told.responsibility}")
    yield Heading("The main plan")
    yield from _main_to_parents(told)
    if told.going_home:
        yield from going_home.to_parents(told.name, told.going_home)
    yield Heading("Other plans, worked on at the same time")
    yield from _others_to_parents(told)
    if told.routes:
        yield Heading("Every way that was looked at")
        yield Bullets(tuple(f"{route}: {said}" for route, said in told.routes))
    if told.home_open:
        yield Paragraph("Going home stays part of the planning until there is a lasting home.")
    yield Heading("What happens next")
    yield Bullets(tuple(_next_to_parents(told)))
    yield Heading("Who you can ask")
    yield from _parents_ask(told)


def _main_to_parents(told: Told) -> Iterator[Part]:
    plan = told.main
    if plan is None:
        yield Paragraph(f"No main plan has been recorded for {told.name} yet.")
        return
    guide = GUIDES[plan.route]
    on = f" on {day(plan.on)}" if plan.on else ""
    yield Paragraph(f"{guide.title}. {guide.what}")
    yield Paragraph(
        {
            "proposed": f"It was suggested{on} and is not agreed yet.",
            "agreed": f"It was agreed{on}.",
            "confirmed": f"It was agreed, and confirmed{on}.",
        }[plan.state]
    )
    yield Paragraph(f"Who would hold parental responsibility: {guide.responsibility}")
    yield Paragraph(f"Until when: {guide.until}")
    if plan.stands_if:
        yield Paragraph(f"What must be true for this plan to stand: {plan.stands_if}")
    if plan.waits_for:
        yield Paragraph("What it waits for:")
        yield Bullets(plan.waits_for)
    yield Paragraph(
        f"What would change the plan: {plan.switch_rule}"
        if plan.switch_rule
        else f"{NOT_WRITTEN} yet what would change the plan."
    )


def _others_to_parents(told: Told) -> Iterator[Part]:
    lines = [f"Alongside: {_of(plan)}" for plan in told.beside]
    if told.fallback:
        lines.append(f"If these fail: {_of(told.fallback)}")
    if lines:
        yield Bullets(tuple(lines))
    else:
        yield Paragraph("No other plan has been recorded yet.")
    yield Paragraph(
        f"All ways are looked at from the start and at the same time, so that {told.name} does not have "
        "to wait."
    )


def _of(plan: PlanTold) -> str:
    guide = GUIDES[plan.route]
    return f"{guide.title}. {guide.what}"


def _next_to_parents(told: Told) -> Iterator[str]:
    yield (
        f"The next review is due by {day(told.review_by)}. You can come and say what you think."
        if told.review_by
        else "The day of the next review is not known yet."
    )
    plan = told.main
    if plan and plan.switch_on:
        yield f"On {day(plan.switch_on)} it should be known whether the plan stands."
    if plan:
        yield (
            f"The plan should be reached by {day(plan.target_on)}."
            if plan.target_on
            else "No day has been set by which the plan should be reached."
        )


def _parents_ask(told: Told) -> Iterator[Part]:
    worker = told.worker or "the social worker, whose name is not recorded"
    yield Paragraph(f"{told.name}’s social worker: {worker}.")
    if told.officer:
        yield Paragraph(f"The independent reviewing officer, who checks the plan: {told.officer}.")
    yield Paragraph(
        "If you do not agree with the plan, say so to either of them. You may take legal advice, and bring "
        "somebody with you to a meeting."
    )
