"""Text as it was before it was wrapped for a screen."""

from __future__ import annotations


def unwrapped(text: str) -> str:
    """The text with every run of blanks and line feeds as one blank, so that a sentence is found wherever it breaks."""
    return " ".join(text.split())
