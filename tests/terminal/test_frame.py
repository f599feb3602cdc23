"""The window of a frame: it fits, and the marks are under what they mean, whatever the script and the encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.finding import Frame
from batchlint.terminal.frame import MARGIN, Fitted, fitted
from batchlint.terminal.screen import Screen
from batchlint.terminal.width import head, width
from tests.terminal.test_width import TEXT, TEXTS

LONG = " ".join(TEXTS) * 3


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_long_lines_of_all_scripts(columns: int, encoding: str) -> None:
    screen = Screen(columns, encoding=encoding)
    fit = fitted(Frame(LONG + "<here>" + LONG, len(LONG), 6), screen)
    assert width(fit.text) <= columns - MARGIN
    assert marked(fit) == "<here>"
    fit.text.encode(encoding)


@given(
    TEXT,
    TEXT.filter(lambda text: width(text[0]) > 0),
    TEXT,
    st.integers(40, 120),
    st.sampled_from(["utf-8", "cp1252", "ascii"]),
)
def test_any_frame_fits_with_the_marks_under_its_place(
    before: str, inside: str, after: str, columns: int, encoding: str
) -> None:
    screen = Screen(columns, encoding=encoding)
    fit = fitted(Frame(before + " " + inside + " " + after, len(before) + 1, len(inside)), screen)
    assert width(fit.text) <= columns - MARGIN
    assert fit.start + fit.length <= columns - MARGIN + (not inside)
    meant, shown, elision = screen.shown(inside), marked(fit), screen.shown("…")
    assert shown == meant or (shown.endswith(elision) and meant.startswith(shown.removesuffix(elision)))


def test_a_long_place_is_cut_and_nothing_comes_after() -> None:
    fit = fitted(Frame("a" * 50 + "b" * 500 + "c" * 50, 50, 500), Screen(80))
    assert marked(fit).startswith("bbb")
    assert fit.text.endswith("b…")
    assert width(fit.text) <= 76


def test_what_one_side_does_not_need_the_other_takes() -> None:
    at_start = fitted(Frame("ab" + "x" * 300, 0, 1), Screen(80))
    at_end = fitted(Frame("x" * 300 + "a", 300, 1), Screen(80))
    assert width(at_start.text) == width(at_end.text) == 76


def marked(fit: Fitted) -> str:
    """What the marks are under."""
    return head(fit.text[len(head(fit.text, fit.start)) :], fit.length)
