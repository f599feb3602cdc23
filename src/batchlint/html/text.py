"""Text as HTML shows it literally."""

from __future__ import annotations

from batchlint.reports.plain import plain

CHARACTERS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
ELLIPSIS = "…"


def escaped(text: str, longest: int = 600) -> str:
    """The text for an element or a quoted attribute: no markup, one line, at most so many characters."""
    text = plain(text)
    if len(text) > longest:
        text = text[:longest] + ELLIPSIS
    return text.translate(_TABLE)


_TABLE = str.maketrans(CHARACTERS)
