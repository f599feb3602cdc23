"""Bars on a logarithmic scale: every request in one of them, and the limit between two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.stats.histogram import MOST_BARS, bars

TOKENS = st.lists(st.one_of(st.integers(1, 50), st.integers(1, 3_000_000)), min_size=1)


@given(TOKENS, st.one_of(st.just(0), st.integers(1, 3_000_000)))
def test_every_request_is_in_one_bar_and_none_on_both_sides_of_the_limit(tokens: list[int], limit: int) -> None:
    shown = bars(tokens, limit)
    assert 0 < len(shown) <= MOST_BARS + 1
    assert [bar.requests for bar in shown] == [sum(bar.above < each <= bar.end for each in tokens) for bar in shown]
    assert sum(bar.requests for bar in shown) == len(tokens)
    assert all(before.end == after.above < after.end for before, after in pairwise(shown))
    assert sum(bar.requests for bar in shown if bar.over_limit) == (
        sum(each > limit for each in tokens) if limit else 0
    )


def test_a_narrow_distribution_has_narrow_bars() -> None:
    shown = bars([*range(900, 1100)])
    assert len(shown) >= 3
    assert max(bar.requests for bar in shown) < 150


@pytest.mark.parametrize("most", [10_000, 1_000_000])
def test_steps_have_about_the_same_ratio(most: int) -> None:
    ratios = [bar.end / bar.above for bar in bars([100, most]) if bar.above]
    assert max(ratios) < 2.6
