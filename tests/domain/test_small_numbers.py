"""No number that is hidden can be worked out from what is shown, even by who knows how it was hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from homeward.domain.small_numbers import SHARE_OF, hidden, is_small, share_words

PARTS = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 400)), min_size=1, max_size=6)
Seen = tuple[tuple[int | None, ...], int | None]


def seen(parts: Sequence[int]) -> Seen:
    """What the reader of a table has: the parts that are shown, and the sum where it is."""
    secret = hidden(parts)
    shown = tuple(None if place in secret.parts else number for place, number in enumerate(parts))
    return shown, None if secret.total else sum(parts)


def others(parts: list[int], places: list[int]) -> Iterator[list[int]]:
    """Tables that differ in what is hidden: in another order, or one more here and one less there."""
    for order in permutations([parts[place] for place in places]):
        yield _with(parts, dict(zip(places, order, strict=True)))
    for one in places:
        for change in (-1, 1):
            yield _with(parts, {one: parts[one] + change})
            for other in places:
                if other != one:
                    yield _with(parts, {one: parts[one] + change, other: parts[other] - change})


def _with(parts: list[int], changed: dict[int, int]) -> list[int]:
    return [changed.get(place, number) for place, number in enumerate(parts)]


@given(PARTS)
@example([1] * 6)  # six parts that add up to six could only be ones
@example([4, 6, 6])  # the four beside one of two sixes
@example([5, 5, 0])
def test_every_hidden_part_could_be_another_number(parts: list[int]) -> None:
    places = sorted(hidden(parts).parts)
    could_be = {place: {parts[place]} for place in places}
    for other in others(parts, places):
        if min(other) >= 0 and seen(other) == seen(parts):
            for place in places:
                could_be[place].add(other[place])
    assert all(len(numbers) > 1 for numbers in could_be.values())


@given(PARTS)
def test_no_small_number_is_shown_as_a_part_or_as_a_sum(parts: list[int]) -> None:
    shown, total = seen(parts)
    assert not any(number is not None and is_small(number) for number in shown)
    assert total is None or not is_small(total)


@given(PARTS)
def test_a_hidden_part_never_stands_alone_beside_its_sum(parts: list[int]) -> None:
    shown, total = seen(parts)
    assert total is None or shown.count(None) != 1


@given(st.lists(st.one_of(st.just(0), st.integers(6, 400)), max_size=6))
def test_what_has_no_small_part_is_shown_whole(parts: list[int]) -> None:
    assert seen(parts) == (tuple(parts), sum(parts))


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_share_put_into_words_could_be_five_others_of_the_same_whole(part: int, rest: int) -> None:
    said, whole = share_words(part, rest), part + rest
    if said in ("few", "nearly all"):
        assert sum(share_words(other, whole - other) == said for other in range(whole + 1)) == 5
    elif said:
        assert whole < SHARE_OF
        assert all(share_words(other, whole - other) == said for other in range(whole + 1))
    else:
        assert not is_small(part) and not is_small(rest)
