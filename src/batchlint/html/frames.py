"""The piece of a line that shows where something is wrong."""

from __future__ import annotations

from batchlint.finding import Frame
from batchlint.html.text import escaped


def frame(piece: Frame) -> str:
    """The piece with its place marked."""
    end = piece.start + piece.length
    before, place, after = piece.text[: piece.start], piece.text[piece.start : end], piece.text[end:]
    return f"<pre><code>{escaped(before)}<mark>{escaped(place)}</mark>{escaped(after)}</code></pre>"
