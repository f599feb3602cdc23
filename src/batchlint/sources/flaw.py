"""One thing that is wrong with a text, and how it becomes an irregularity of a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from batchlint.sources.item import Irregularity

Step = str | int
TEXT_AFTER: Final = "text after the end of the value"
"""The detail of a flaw that is none of the value's."""
TOO_DEEP: Final = "unjudged-depth"
"""The kind of a flaw: something is nested so deep that it is not judged."""


class Flaw(NamedTuple):
    """One thing that is wrong with a text: an irregularity whose offsets count from the text's first byte.

    `fatal` where the text cannot be decoded for it.
    """

    kind: str
    start: int
    end: int
    detail: str
    pointer: tuple[Step, ...] | None = None
    fatal: bool = False
    more: int = 0
    """How many others of its kind in the text it stands for."""


def placed(
    found: Iterable[Flaw], text: bytes, index: int | None, offset: int, line: int, line_offset: int
) -> tuple[Irregularity, ...]:
    """The flaws of a text, in its order, as irregularities of the file; `offset`, `line` and `line_offset` are
    those of the text.
    """
    told = []
    counted = 0
    for flaw in found:
        last = text.rfind(b"\n", counted, flaw.start)
        if last >= 0:
            line += text.count(b"\n", counted, flaw.start)
            line_offset = offset + last + 1
        counted = max(counted, flaw.start)
        told.append(
            Irregularity(
                flaw.kind,
                offset + flaw.start,
                offset + flaw.end,
                line,
                line_offset,
                index,
                flaw.detail,
                flaw.pointer,
                flaw.more,
            )
        )
    return tuple(told)
