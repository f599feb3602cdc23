"""The piece of a line that shows where something is wrong."""

from __future__ import annotations

from batchlint.finding import Frame
from batchlint.html.text import escaped
from batchlint.terminal.frame import window
from batchlint.terminal.screen import Screen

WIDTH = 160
"""Columns of the piece; a narrower window scrolls."""


def frame(piece: Frame) -> str:
    """The piece with its place marked."""
    before, place, after = window(piece, Screen(WIDTH))
    return f"<pre><code>{escaped(before)}<mark>{escaped(place)}</mark>{escaped(after)}</code></pre>"
