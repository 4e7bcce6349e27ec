"""What invented children like to be called, by sex and background; surnames are not needed."""

from __future__ import annotations

from functools import cache
from importlib import resources
from random import Random

# Children in care by ethnicity, England (SSDA903 statistics, rounded): white 71, mixed 11, black 7, Asian 6, other 5.
ETHNICITIES = {
    "W": (("WBRI", 64), ("WOTH", 5), ("WIRI", 1), ("WROM", 1)),
    "M": (("MWBC", 4), ("MWBA", 2), ("MWAS", 2), ("MOTH", 3)),
    "B": (("BAFR", 4), ("BCRB", 2), ("BOTH", 1)),
    "A": (("APKN", 2), ("AIND", 1), ("ABAN", 1), ("AOTH", 2)),
    "O": (("OOTH", 4), ("CHNE", 1)),
}
_BACKGROUND = {code: letter for letter, codes in ETHNICITIES.items() for code, _ in codes}


@cache
def called(sex: str, background: str) -> tuple[str, ...]:
    """The names of names.txt for a sex and a background."""
    lines = resources.files("homeward.demo").joinpath("names.txt").read_text("utf-8").splitlines()
    return tuple(
        name for line in lines if line.startswith(f"{sex} {background} ") for name in line.split()[2:]
    )


def an_ethnicity(rng: Random) -> str:
    codes = [pair for group in ETHNICITIES.values() for pair in group]
    return rng.choices([code for code, _ in codes], [weight for _, weight in codes])[0]


class Names:
    """Gives each child a name that the fewest others of the council have, never one twice in a family."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.used: dict[str, int] = {}

    def give(self, sex: str, ethnicity: str, avoid: tuple[str, ...] = ()) -> str:
        pool = called(sex, _BACKGROUND[ethnicity])
        free = [name for name in pool if name not in avoid]
        fewest = min(self.used.get(name, 0) for name in free)
        name = self.rng.choice([name for name in free if self.used.get(name, 0) == fewest])
        return self.take(name)

    def take(self, name: str) -> str:
        self.used[name] = self.used.get(name, 0) + 1
        return name
