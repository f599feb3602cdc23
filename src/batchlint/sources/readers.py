"""Chooses the reader for a file's container."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from batchlint.sources.item import Irregularity, Item

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable
    from batchlint.sources.reader import Reader, SkippedRun
    from batchlint.sources.sniff import Head


def read_items(source: Readable, head: Head, reader: Reader) -> Iterator[Item | Irregularity | SkippedRun]:
    """The items of a file, and what is to be told of its form."""
    yield from head.irregularities
    if not head.readable:
        return
    if head.container == "jsonl":
        from batchlint.sources.lines import read_lines

        yield from read_lines(source, head.start, reader)
    elif head.container == "array":
        from batchlint.sources.lists import read_array

        yield from read_array(source, head.start, reader)
    else:
        from batchlint.sources.lists import read_envelope

        yield from read_envelope(source, head.start, reader)
