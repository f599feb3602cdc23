"""Chooses the reader for a file's container."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Protocol

from batchlint.sources.readable import Readable
from batchlint.sources.reader import Mark, Read, Reader

if TYPE_CHECKING:
    from batchlint.sources.sniff import Head

Reading = Generator[Read, None, Mark | None]


class HeadedFile(Readable, Protocol):
    """A file of which the beginning is known."""

    @property
    def head(self) -> Head: ...

    @property
    def container(self) -> str: ...

    @property
    def is_plain(self) -> bool: ...


def read_part(source: HeadedFile, mark: Mark, reader: Reader, stop: int | None = None) -> Reading:
    """The items from a mark on, and what is to be told of the form of the file.

    `Mark()` is the beginning of the file. Of what begins at `stop` or after it nothing is read; without it, all is.
    Returns where the next item begins; None at the end of the file. Raises `NotApart` where there is a `stop` and
    something is no line of JSONL.
    """
    head = source.head
    if not mark.offset:
        yield from head.irregularities
        if not head.readable:
            return None
        mark = Mark(head.start, line_offset=head.start)
        if not source.is_plain:
            stop = None
    if source.container == "jsonl":
        return (yield from _lines(source, mark, reader, stop))
    from batchlint.sources.lists import read_array, read_envelope

    read = read_array if source.container == "array" else read_envelope
    return (yield from read(source, mark, reader, stop, mark.offset > head.start))


def _lines(source: HeadedFile, mark: Mark, reader: Reader, stop: int | None) -> Reading:
    from batchlint.sources.lines import line_at, read_lines

    following = line_at(source, stop) if stop is not None else None
    is_part = stop is not None and (mark.offset > source.head.start or following is not None)
    end = (following or source.size) if is_part else None
    after = yield from read_lines(source, mark, reader, end)
    return after if following is not None else None


def first_at(source: HeadedFile, start: int, end: int) -> int | None:
    """Where the first item seems to begin that begins between two offsets; of JSONL, where it does."""
    if not start:
        return 0
    if not source.is_plain:
        return None
    if source.container == "jsonl":
        from batchlint.sources.lines import line_at as found_at
    else:
        from batchlint.sources.boundaries import listed_at as found_at
    first = found_at(source, start, end)
    return first if first is not None and first < end else None
