"""Where invented families and carers live: at town halls and stations, so that no home can be a real one."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from random import Random

# Of children in care about a third live outside their council and a fifth over 20 miles from home.
SHARES = {"home": 62, "near": 20, "far": 18}


@cache
def postcodes(council: str) -> dict[str, tuple[str, ...]]:
    """The postcodes of a council by where they lie: 'home' (inside it), 'near' and 'far' (outside it)."""
    text = resources.files("homeward.demo").joinpath("stations.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["council"] == council]
    return {where: tuple(r["postcode"] for r in rows if r["where"] == where) for where in SHARES}


def a_family_home(rng: Random, council: str) -> str:
    return rng.choice(postcodes(council)["home"])


def a_carers_home(rng: Random, council: str, *, close: bool = False) -> str:
    """A carer's postcode, most of them inside the council; `close` leaves out the distant ones."""
    shares = {**SHARES, "far": 0} if close else SHARES
    where = rng.choices(list(shares), list(shares.values()))[0]
    return rng.choice(postcodes(council)[where])
