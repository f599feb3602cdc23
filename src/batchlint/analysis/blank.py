"""Tells texts that say nothing: empty, or whitespace alone."""

from __future__ import annotations

from typing import Literal

from batchlint.rule import Severity

ASCII_WHITESPACE = " \t\n\r\v\f"

Blankness = Literal["empty", "blank", "blank to some"]
"""`blank` is whitespace of ASCII alone; `blank to some` holds spaces that not every reader takes for whitespace."""


def blankness(text: str) -> Blankness | None:
    """How a text says nothing; None where it says something."""
    if not text:
        return "empty"
    if not text.isspace():
        return None
    return "blank to some" if text.strip(ASCII_WHITESPACE) else "blank"


def severity_of(kind: Blankness) -> Severity:
    """An error, but where whitespace is a matter of definition: the API's own is not documented."""
    return "warning" if kind == "blank to some" else "error"
