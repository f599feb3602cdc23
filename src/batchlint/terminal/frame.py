"""Cuts the piece of a line that shows a finding to the width of a screen."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.finding import Frame
from batchlint.terminal.screen import Screen
from batchlint.terminal.width import head, shortened, tail, width

MARGIN = 4
"""Columns of the bar on the left."""
ELISION = "…"


class Fitted(NamedTuple):
    """What is written: the piece, and the columns where the marks are below it."""

    text: str
    start: int
    length: int


class LineWindow(NamedTuple):
    """The part of a frame that fits, in three pieces."""

    before: str
    inside: str
    after: str


def fitted(frame: Frame, screen: Screen) -> Fitted:
    """The window of a frame, with the columns of its place."""
    before, inside, after = window(frame, screen)
    return Fitted(before + inside + after, width(before), max(width(inside), 1))


def window(frame: Frame, screen: Screen) -> LineWindow:
    """What fits of a frame: of the place three fifths of the line at most, more after it than before."""
    end = frame.start + frame.length
    pieces = frame.text[: frame.start], frame.text[frame.start : end], frame.text[end:]
    before, inside, after = map(screen.shown, pieces)
    elision, room = screen.shown(ELISION), screen.width - MARGIN
    if width(inside) > room * 3 // 5:
        inside, after = shortened(inside, room * 3 // 5, elision), ""
    left = room - width(inside)
    if width(before) + width(after) > left:
        for_before = max(left * 2 // 5, left - width(after))
        if width(before) > for_before:
            before = elision + tail(before, for_before - width(elision))
        after = _cut(after, left - width(before), elision)
    return LineWindow(before, inside, after)


def _cut(text: str, columns: int, elision: str) -> str:
    return text if width(text) <= columns else head(text, columns - width(elision)) + elision
