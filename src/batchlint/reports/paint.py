"""Colours, and the piece of a line with its marks, for reports that people read."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.finding import Frame

CODES = {"error": "1;31", "warning": "1;33", "note": "1;34", "bold": "1", "removed": "31", "added": "32"}


class Paint:
    """Paints, or leaves all as it is where no colour is wanted."""

    def __init__(self, color: bool) -> None:
        self._color = color

    def painted(self, text: str, what: str) -> str:
        """The text in the colour of `what`, one of `CODES`."""
        return f"\x1b[{CODES[what]}m{text}\x1b[0m" if self._color else text

    def noted(self, text: str) -> str:
        """A line that adds something to what was said."""
        return f"  {self.painted('=', 'note')} {text}"

    def framed(self, frame: Frame, what: str) -> Iterator[str]:
        """The piece of a line with marks below the place."""
        bar = self.painted("  |", "note")
        pad = " " * _width(frame.text[: frame.start])
        marks = "^" * max(_width(frame.text[frame.start : frame.start + frame.length]), 1)
        yield bar
        yield f"{bar} {frame.text}"
        yield f"{bar} {pad}{self.painted(marks, what)}"


def _width(text: str) -> int:
    """Columns that a text takes in a terminal: East Asian wide characters take two, combining ones none."""
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
