"""Parts of files that are checked apart from each other, cut by bytes alone.

A part holds the items that begin in it. Whoever checks one finds out by itself where its first item begins, and says
where the one after its last begins: where parts do not follow each other exactly, one of them was wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from batchlint.engine import Counts, Engine
from batchlint.engine.packed_ids import Uses
from batchlint.finding import Finding
from batchlint.sources import Source
from batchlint.sources.item import Stretch
from batchlint.sources.reader import Mark, NotApart, Read, Reader
from batchlint.sources.readers import first_at, read_part

PART: Final = 8_000_000
"""Bytes of a part, at most: what a process checks in the twentieth part of a second."""


class FilePart(NamedTuple):
    """A part of a file: what begins between two offsets."""

    path: str
    start: int
    end: int


class Again(NamedTuple):
    """An item that is to be checked once more."""

    index: int  # type: ignore[assignment]  # the name hides tuple.index, which nobody asks for
    stretch: Stretch


class CheckedPart(NamedTuple):
    """The result of a part. Lines and indexes count from its own beginning."""

    first: int
    """Where its first item begins; 0 for the beginning of the file."""
    after: Mark | None
    """Where the item after its last begins; None: the file ends."""
    counts: Counts
    findings: Sequence[Finding]
    """In the order of the file."""
    uses: Uses
    """Of the custom_ids that it has."""
    again: Sequence[Again] = ()
    """Items that are to be checked once more, in place of findings about them."""


class PartSource:
    """The items of a file from a mark on up to the first that begins at `stop` or after it; without one, all of them.

    Raises `NotApart` where there is a `stop`, and something is no line of JSONL.
    """

    def __init__(self, source: Source, mark: Mark, stop: int | None) -> None:
        self._source = source
        self._mark = mark
        self._stop = stop
        self.path = source.path
        self.container = source.container
        self.size = (source.size if stop is None else stop) - mark.offset
        self.after: Mark | None = None
        """Where the item after the last one begins, once all were read; None: the file ends."""

    @property
    def first_object(self) -> dict[str, Any] | None:
        """The value of the first item of the whole file that is an object."""
        return self._source.first_object

    def items(self, reader: Reader) -> Iterator[Read]:
        """The items."""
        self.after = yield from read_part(self._source, self._mark, reader, self._stop)


def parts_of(path: str, size: int) -> list[FilePart]:
    """A file of that size in parts."""
    count = max(-(-size // PART), 1)
    cuts = [size * number // count for number in range(count + 1)]
    return [FilePart(path, start, end) for start, end in pairwise(cuts)]


def check_part(source: Source, part: FilePart, engine: Engine) -> CheckedPart | None:
    """Checks a part by an engine that then knows nothing else.

    None: no item begins in it, or it holds something that depends on what comes before it.
    """
    first = first_at(source, part.start, part.end)
    if first is None:
        return None
    source.most_item_bytes = engine.max_item_bytes
    source.enough = engine.enough
    engine.custom_ids.forget(packed_from=sys.maxsize)
    engine.begin_file(source)
    items = PartSource(source, Mark(first, line_offset=first), part.end)
    checks = engine.check_items(items)
    findings: list[Finding] = []
    try:
        while True:
            findings.append(next(checks))
            if (first and speaks_of_lines(findings[-1])) or is_unread(findings[-1]):
                return None
    except StopIteration as end:
        counts = end.value
    except NotApart:
        return None
    uses = engine.custom_ids.uses()
    return None if 0 in uses.lengths else CheckedPart(first, items.after, counts, findings, uses)


def is_unread(finding: Finding) -> bool:
    """Whether a finding is about an item that was too large to be read, so that it cannot be checked again."""
    return finding.item is not None and not finding.item.length


def speaks_of_lines(finding: Finding) -> bool:
    """Whether the message of a finding may name a line of the file: what is broken in a list does."""
    form = finding.irregularity
    return form is not None and re.search(r"line \d", form.detail) is not None
