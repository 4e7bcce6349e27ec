"""What is hidden of figures that leave the service, so that no child can be made out behind one.

A number of 1 to 5 children is hidden. So is as much beside it as keeps the number from being worked out
from a total. Our own rule, stricter than the usual “fewer than five”: the council may publish less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LARGEST = 5
# Of so few children a share is not shown: with both parts of ten hidden they could only be five and five.
SHARE_OF = 2 * LARGEST + 1

FEW, NEARLY_ALL = "few", "nearly all"
RULE = (
    "A number of 1 to 5 children is not shown, and neither is another number from which it could be worked "
    f"out. A share of fewer than {SHARE_OF} children is not shown; of more, “{FEW}” means 1 to 5 of them and "
    f"“{NEARLY_ALL}” all but 1 to 5. Usual times are given in whole months, and of 6 children or more."
)


class Hidden(NamedTuple):
    """Which parts of a sum are hidden, by their place, and whether the sum is."""

    parts: frozenset[int]
    total: bool


def is_small(children: int) -> bool:
    return 0 < children <= LARGEST


def hidden(children: Sequence[int]) -> Hidden:
    """Of parts that are shown with their sum, by the number of children behind each.

    The small parts are hidden with the smallest of the others (all of them, where several are alike): then
    what is hidden could stand in any order. Where there is no other part the sum is hidden as well, unless
    the parts can add up to it in several ways. That nobody is behind a part is no secret.
    """
    small = {place for place, number in enumerate(children) if is_small(number)}
    if not small:
        return Hidden(frozenset(), total=False)
    least = min((number for number in children if number > LARGEST), default=0)
    if least:
        beside = {place for place, number in enumerate(children) if number == least}
        return Hidden(frozenset(small | beside), total=False)
    return Hidden(frozenset(small), total=sum(children) < max(LARGEST + 1, 2 * len(small)))


def share_words(part: int, rest: int) -> str:
    """What may be said of a share where its percentage may not; "" where it may. In numbers of children."""
    if part + rest < SHARE_OF:
        return "not shown"
    if is_small(part):
        return FEW
    return NEARLY_ALL if is_small(rest) else ""
