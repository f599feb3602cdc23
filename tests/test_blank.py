"""Which texts say nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from batchlint.analysis.blank import ASCII_WHITESPACE, blankness


@given(st.text(ASCII_WHITESPACE, min_size=1))
def test_whitespace_of_ascii_is_blank_to_everybody(text: str) -> None:
    assert blankness(text) == "blank"


@given(st.text())
def test_a_text_says_nothing_where_stripping_leaves_nothing(text: str) -> None:
    assert (blankness(text) is None) == bool(text.strip())


def test_other_spaces_are_blank_to_some() -> None:
    assert [blankness(text) for text in ("", "\u00a0", " \u3000 ", "\u200b", "a ")] == [
        "empty",
        "blank to some",
        "blank to some",
        None,
        None,
    ]
