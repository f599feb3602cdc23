"""Describes what is at the cursor of a window."""

from __future__ import annotations

from typing import Final

from batchlint.sources.broken import NotJsonError
from batchlint.sources.item import Irregularity
from batchlint.sources.window import NEAR_END, Window

BEGINS_VALUE: Final = b'{["-0123456789tfnNI'
NAMES: Final = {
    b"{": "an object",
    b"[": "a list",
    b'"': "a string",
    b"n": "null",
    b"t": "true",
    b"f": "false",
    b",": "a comma",
    b"]": "a closing bracket",
    b"}": "a closing brace",
}
"""What begins with a byte."""


def irregularity_at(window: Window, kind: str, detail: str, length: int, index: int | None = None) -> Irregularity:
    """Something about so many bytes at the cursor; it concerns the file as a whole unless an item is named."""
    line, line_offset = window.line()
    return Irregularity(kind, window.here, window.here + length, line, line_offset, index, detail)


def syntax_error_at(window: Window, opened: bytes, due: str, index: int | None = None) -> Irregularity:
    """The problems of the byte at the cursor; `opened` and `due` as for `fault`."""
    from batchlint.sources.faults import fault

    if len(window.data) - window.at < NEAR_END:
        window.more()
    problem = fault(window.data, window.at, opened, due)
    end = problem.end if isinstance(problem, NotJsonError) else window.at + 1
    return irregularity_at(window, "invalid-json", str(problem), end - window.at, index)
