"""The distance between names: counted as its definition says, and cut off where it cannot matter."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from batchlint.facts.nearness import edits, nearest_name

words = st.text(alphabet="ab-", max_size=7)


def by_definition(left: str, right: str) -> int:
    """The distance with swaps of neighbours, each place edited once, written down without any cleverness."""

    @cache
    def distance(row: int, column: int) -> int:
        if not row or not column:
            return row + column
        ways = [distance(row - 1, column) + 1, distance(row, column - 1) + 1]
        ways.append(distance(row - 1, column - 1) + (left[row - 1] != right[column - 1]))
        if row > 1 and column > 1 and left[row - 2 : row] == right[column - 1] + right[column - 2]:
            ways.append(distance(row - 2, column - 2) + 1)
        return min(ways)

    return distance(len(left), len(right))


@given(words, words, st.integers(0, 4))
def test_edits_are_counted_as_defined(left: str, right: str, maximum: int) -> None:
    expected = by_definition(left, right)
    assert edits(left, right, maximum) == (expected if expected <= maximum else None)


@given(words, st.lists(words, max_size=5))
def test_the_nearest_is_the_first_of_the_nearest(name: str, known: list[str]) -> None:
    near = [each for each in known if by_definition(name, each) <= 2]
    assert nearest_name(name, known) == min(near, key=lambda each: by_definition(name, each), default=None)


def test_an_endless_name_is_near_to_nothing() -> None:
    assert nearest_name("a" * 1_000_000, ["a" * 1_000_000]) is None
