"""The routes to permanence in plain words: what each is, who decides for the child, until when, what it asks.

What an order gives is taken from domain.orders. Law quoted for reference, never advice; `certainty` as there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from homeward.domain.events import ROUTES
from homeward.domain.orders import BY_KEY
from homeward.domain.packs import Pack
from homeward.domain.standing import ROUTE_WORDS

CERTAINTY_WORDS = {
    "K-H": "",
    "K-M": "Not read in the published text: check it before relying on it.",
}


class Guide(NamedTuple):
    """One route. `legal`, `physical` and `emotional` say what kind of permanence it gives."""

    route: str
    what: str
    responsibility: str
    until: str
    legal: str
    physical: str
    emotional: str
    asks: str
    law: str
    note: str = ""
    certainty: str = "K-H"

    @property
    def title(self) -> str:
        return ROUTE_WORDS[self.route]

    @property
    def certainty_words(self) -> str:
        return CERTAINTY_WORDS[self.certainty]


def _of_order(route: str, key: str, **words: str) -> Guide:
    """A route that rests on an order, which says who holds responsibility, until when and by which law."""
    order = BY_KEY[key]
    held = {"responsibility": order.responsibility, "until": order.lasts, "law": order.law}
    return Guide(route=route, certainty=order.certainty, **(held | words))


_IN_CARE = (
    "Under a care order the authority and the parents; under section 20 the parents alone. "
    "The carers hold none."
)

GUIDES: dict[str, Guide] = {
    guide.route: guide
    for guide in (
        Guide(
            "return_home",
            what="The child stays with or goes home to a parent, with the help the family needs.",
            responsibility="The parents.",
            until="To adulthood, as for any child.",
            legal="Full: nobody stands between the child and the parents.",
            physical="Yes, when what made home unsafe has changed for good.",
            emotional="Yes: the child grows up with the people they were born to.",
            asks="That parents and family make home safe and keep it so, with support that lasts.",
            law="Children Act 1989 s.1(5): no order unless that is better for the child",
            note="Under a care order the authority shares responsibility while the child lives at home.",
        ),
        Guide(
            "family_and_friends",
            what="A relative or friend, or another person connected with the child, brings the child up: "
            "as the family agrees, or as a foster carer while the child is in care.",
            responsibility="The parents and, under a care order, the authority. The carer has none without "
            "an order.",
            until="As long as the family agrees; as a foster carer to the 18th birthday.",
            legal="None for the carer without an order.",
            physical="Yes.",
            emotional="Yes: the child stays in the family they know.",
            asks="A carer who can be assessed and, while the child is in care, approved as a foster carer.",
            law="Care Planning Regulations 2010 reg 24 (temporary approval)",
            note="Often a step towards going home, a child arrangements order or special guardianship.",
        ),
        _of_order(
            "child_arrangements",
            "child_arrangements_order",
            what="The court says that the child lives with a named person, often a relative or the other "
            "parent.",
            legal="A degree: responsibility is shared, and the order may be changed.",
            physical="Yes.",
            emotional="Yes.",
            asks="Somebody who asks the court, and who decides the main matters together with the parents.",
            note="It ends care. The part about time spent with other people usually ends at 16.",
        ),
        _of_order(
            "special_guardianship",
            "special_guardianship_order",
            what="The court makes a relative, friend or foster carer the child’s special guardian.",
            legal="A high degree: the guardian decides, and the tie in law with the parents stays.",
            physical="Yes.",
            emotional="Yes: a family for childhood that keeps the family of birth.",
            asks="Guardians who are assessed for the court and are ready to bring the child up.",
            note="It ends care. Support for guardians can be asked for.",
        ),
        _of_order(
            "adoption",
            "adoption_order",
            what="The child becomes, in law and for life, the child of a new family.",
            legal="Full and permanent.",
            physical="Yes.",
            emotional="Yes: a family for life; the story of the family of birth is kept for the child.",
            asks="The parents’ consent, or a court that finds that nothing else will do.",
            law="Adoption and Children Act 2002 ss.21 and 46; Re B [2013] UKSC 33; "
            "Re B-S [2013] EWCA Civ 1146",
            note="Early permanence (fostering for adoption, concurrent planning) is a way towards it, and "
            "not certain to end there.",
        ),
        Guide(
            "long_term_fostering",
            what="One foster family, matched with the child, is home until adulthood. The child stays in "
            "care.",
            responsibility=_IN_CARE,
            until="The 18th birthday; then Staying Put, to 21, where both want it.",
            legal="None: parents may ask the court to end a care order.",
            physical="Yes.",
            emotional="Yes, with carers who commit themselves until adulthood.",
            asks="Foster carers who are matched with the child, and reviews and visits that go on.",
            law="Care Planning Regulations 2010 reg 22B (the match); Children Act 1989 s.23CZA (Staying Put)",
        ),
        Guide(
            "residential",
            what="The child lives in a children’s home or residential school. The child stays in care.",
            responsibility=_IN_CARE,
            until="The 18th birthday.",
            legal="None.",
            physical="For a few children, a settled home.",
            emotional="Limited: staff work in turns.",
            asks="A reason why no family can meet the child’s needs now, and a way back to a family.",
            law="Children Act 1989 s.22C(6)",
        ),
        Guide(
            "supported_independence",
            what="A young person of 16 or over lives in supported lodgings or supported accommodation, and "
            "is helped towards a home of their own.",
            responsibility=_IN_CARE,
            until="The 18th birthday; help with leaving care goes on.",
            legal="None.",
            physical="Yes, for a time.",
            emotional="It depends on who stays in the young person’s life.",
            asks="A provider that is registered, a pathway plan, and people who stay in touch.",
            law="Children Act 1989 s.22C(6)",
            note="None of the five strategies describes it in full.",
            certainty="K-M",
        ),
        Guide(
            "other",
            what="The family’s own plan with no order, or another plan in the words of its reason.",
            responsibility="The parents, where there is no order.",
            until="As the plan says.",
            legal="As the plan says; with no order the parents keep all responsibility.",
            physical="As the plan says.",
            emotional="As the plan says.",
            asks="A family plan that holds without the authority, and somebody to turn to if it does not.",
            law="Children Act 1989 s.1(5)",
        ),
    )
}

# Settings of a policy that say something of their own about a route.
_LOCAL = {
    "child_arrangements": (
        "child_arrangements_until_age",
        "child_arrangements_contact_until_age",
        "child_arrangements_end_age",
    ),
    "special_guardianship": ("special_guardianship_until_age",),
    "long_term_fostering": ("long_term_fostering_until_age", "staying_put_until_age"),
}

# Routes that keep the child in care or ask a court for an order: why would less not do?
MORE_THAN_NO_ORDER = frozenset(ROUTES) - {"return_home", "other"}


class Option(NamedTuple):
    """A route of a policy's catalogue, under the policy's own name and with the promises that list it."""

    route: str
    title: str
    promises: tuple[str, ...]
    guide: Guide
    local: tuple[str, ...] = ()  # what the policy's own settings say of it
    asks: tuple[str, ...] = ()  # reasons that the policy wants when it is chosen, by names of steps.GIVEN


def options(own: Pack) -> list[Option]:
    """The routes of a policy in its order; a policy that lists none (England) has every route."""
    rows: Sequence[dict[str, Any]] = own.options or [{"route": route} for route in ROUTES]
    return [
        Option(
            row["route"],
            row.get("name") or ROUTE_WORDS[row["route"]],
            tuple(row.get("promises", ())),
            GUIDES[row["route"]],
            _local(own, row["route"]),
            tuple(row.get("asks", ())),
        )
        for row in rows
    ]


def every(own: Pack) -> list[Option]:
    """The routes of a policy in its order, then those that it does not list."""
    listed = options(own)
    return [*listed, *(option(own, route) for route in ROUTES if route not in {one.route for one in listed})]


def option(own: Pack, route: str) -> Option:
    """A route under the policy's name for it, also where its catalogue leaves the route out."""
    found = next((one for one in options(own) if one.route == route), None)
    return found or Option(route, ROUTE_WORDS[route], (), GUIDES[route], _local(own, route))


def _local(own: Pack, route: str) -> tuple[str, ...]:
    told = (own.settings[key] for key in _LOCAL.get(route, ()) if key in own.settings)
    return tuple(f"{setting['says']}: {setting['value']}" for setting in told)
