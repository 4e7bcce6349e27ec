"""About thirty children and families whose lives a practitioner would recognise, told the same way in both councils."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from homeward.demo import places
from homeward.demo.child import Child, days
from homeward.demo.pathways import Way
from homeward.demo.population import Nursery

# Who they are in each council: name, sex, ethnicity.
CAST = {
    "northmere": {
        "four_who_belong_together": "Kayden M WBRI, Tia F WBRI, Rocco M WBRI, Bluebell F WBRI",
        "drift_and_recovery": "Jaydon M MWBC",
        "early_permanence": "Ellis M WBRI",
        "early_permanence_adopted": "Ottilie F WBRI",
        "home_and_it_held": "Sienna F WBRI, Mason M WBRI",
        "home_and_it_did_not": "Declan M WIRI",
        "aunt_becomes_guardian": "Amirah F APKN",
        "aunt_in_week_fourteen": "Maya F MWBA",
        "matched_for_good": "Ruby-Mae F WBRI",
        "step_down_from_residential": "Kian M WBRI",
        "turning_eighteen_alone": "Yonatan M BAFR",
        "order_without_a_match": "Teo M MWBC",
        "book_is_late": "Florence F WBRI",
        "baby_expected": "Baby Ava F WBRI",
        "baby_due_any_day": "Baby Jude M MWAS",
        "stepped_down": "Nadim M ABAN, Samira F ABAN",
        "court_extended": "Harley M WBRI",
        "two_moves": "Shanelle F BCRB",
        "home_with_dad": "Kacper M WOTH",
        "section_20_drift": "Destiny F WBRI",
        "adoption_came_apart": "Noah-James M WBRI",
        "staying_put": "Leah F MWBC",
        "after_remand": "Tyrell M BCRB",
        "placed_together": "Mabel F WBRI, Albie M WBRI",
        "goes_missing": "Kelsey F WBRI",
        "residential_school": "Zak M AIND",
        "grandmother_lives_with": "Summer-Rose F WBRI",
        "mother_and_baby": "Idris M MOTH",
        "uncle_ruled_out": "Hamzah M APKN",
        "three_last_week": "Lexi F WROM, Danny M WROM, Romany F WROM",
    },
    "easterby": {
        "four_who_belong_together": "Marley M MWBC, Nyla F MWBC, Roman M MWBC, Iris F MWBC",
        "drift_and_recovery": "Cole M WBRI",
        "early_permanence": "Aria F AOTH",
        "early_permanence_adopted": "Rafe M WBRI",
        "home_and_it_held": "Tilda F WOTH, Emil M WOTH",
        "home_and_it_did_not": "Jamie M WBRI",
        "aunt_becomes_guardian": "Adjoa F BAFR",
        "aunt_in_week_fourteen": "Harpreet F AIND",
        "matched_for_good": "Bradley M WBRI",
        "step_down_from_residential": "Courtney F WBRI",
        "turning_eighteen_alone": "Zmarai M AOTH",
        "order_without_a_match": "Ezekiel M BOTH",
        "book_is_late": "Betsy F WBRI",
        "baby_expected": "Baby Rowan M WBRI",
        "baby_due_any_day": "Baby Sefa F MWBA",
        "stepped_down": "Antoni M WOTH, Lena F WOTH",
        "court_extended": "Marlon M MWBC",
        "two_moves": "Kerry-Ann F WBRI",
        "home_with_dad": "Sunny M AIND",
        "section_20_drift": "Jaden-Lee M WBRI",
        "adoption_came_apart": "Elodie F WBRI",
        "staying_put": "Rhys M WBRI",
        "after_remand": "Kadeem M BAFR",
        "placed_together": "Arthur M WBRI, Dotty F WBRI",
        "goes_missing": "Chantelle F MWBC",
        "residential_school": "Oliver M WBRI",
        "grandmother_lives_with": "Poppy-Jo F WBRI",
        "mother_and_baby": "Mila F WOTH",
        "uncle_ruled_out": "Yasin M ABAN",
        "three_last_week": "Ronan M WIRT, Shaunagh F WIRT, Martin M WIRT",
    },
}


class Teller:
    """What the stories share: days before today, the children of a cast, and their way."""

    def __init__(self, nursery: Nursery, name: str) -> None:
        self.nursery = nursery
        self.name = name
        self.today = nursery.today
        self.rng = Random(f"{nursery.council} {name}")
        self.home = places.a_family_home(self.rng, nursery.council)
        self.family = nursery.a_family()

    def ago(self, months: float = 0, weeks: float = 0, days_: float = 0) -> date:
        return self.today - days(months * 30.44 + weeks * 7 + days_)

    def cast(self, text: str, *ages: float) -> list[Child]:
        """The children of the story, `ages` in years today (below 0: not yet born)."""
        found = []
        for person, years in zip(CAST[self.nursery.council][self.name].split(", "), ages, strict=True):
            *called, sex, ethnicity = person.split()
            c = self.nursery.child(sex, ethnicity, self.home, self.family, " ".join(called))
            born = self.today - days(years * 365.25)
            c.born, c.expected = (None, born) if years < 0 else (born, None)
            c.story, c.story_text = self.name, text
            found.append(c)
        return found

    def way(self, **more: object) -> Way:
        """Each child of a family gets the same chances, so that brothers and sisters share dates."""
        rng = Random(f"{self.nursery.council} {self.name} way")
        return replace(Way(rng, self.nursery.council, weeks=26), **more)  # type: ignore[arg-type]

    def carers(self, besides: str = "") -> str:
        """A carer's postcode, the same each time it is asked for beside another."""
        if not besides:
            return places.a_carers_home(self.rng, self.nursery.council, close=True)
        near = places.postcodes(self.nursery.council)
        return next(postcode for postcode in near["near"] + near["home"] if postcode != besides)


Story = Callable[[Teller], list[Child]]


def storylines(nursery: Nursery) -> list[Child]:
    """Every story of the council, as children."""
    from homeward.demo import stories_of_care, stories_of_families, stories_of_permanence

    modules = (stories_of_families, stories_of_permanence, stories_of_care)
    tell = {name: story for module in modules for name, story in module.STORIES.items()}
    return [c for name in CAST[nursery.council] for c in tell[name](Teller(nursery, name))]


def told(everyone: list[Child], council: str, today: date) -> str:
    """The stories in words, for whoever shows the demonstration."""
    lines = [
        f"# Storylines of {council}, {today:%-d %B %Y}",
        "",
        "Invented children. Codes as in the returns.",
        "",
    ]
    by_story: dict[str, list[Child]] = {}
    for c in everyone:
        if c.story:
            by_story.setdefault(c.story, []).append(c)
    for name, family in by_story.items():
        who = ", ".join(f"{c.called} ({c.code})" for c in family)
        lines += [f"## {name.replace('_', ' ').capitalize()}", "", f"{who}. {family[0].story_text}", ""]
    lines += ["## Brothers and sisters", "", *_groups(everyone)]
    return "\n".join(lines) + "\n"


def _groups(everyone: list[Child]) -> list[str]:
    families: dict[str, list[str]] = {}
    for c in everyone:
        families.setdefault(c.family, []).append(f"{c.called} ({c.code})")
    return [f"- {', '.join(names)}" for names in families.values() if len(names) > 1]
