"""A file of items, from opening to the last byte."""

from __future__ import annotations

import contextlib
import errno
import functools
import itertools
import os
from collections.abc import Iterator
from typing import IO, Any

from batchlint.sources.item import Irregularity, Item
from batchlint.sources.reach import ReadingFailed
from batchlint.sources.reader import DECODER, BrokenLines, Mark, Read, Reader, SkippedRun
from batchlint.sources.sniff import head_of

LOOKED_AT = 100
"""Items among which the first object is looked for."""


class FileChanged(ReadingFailed):
    """A file was written to while it was read, so that nobody knows of which content what was said is true."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "it was changed while it was read; run the command again", errno.EAGAIN)


class Source:
    """A file of items: a context manager that gives its items, or any of its bytes.

    `path` is the path as given, with "/"; `size` counts bytes; `container` is "jsonl", "array" or "envelope", told
    from the content. Iterating yields `Item`s, and an `Irregularity` for what belongs to none, in the order of the
    file (what can only be counted comes at the end), and can be done again from the start. Two iterations at a time
    do not disturb each other."""

    def __init__(self, file: IO[bytes], path: str) -> None:
        self._file = file
        self.most_item_bytes: int | None = None
        """Bytes of the largest item that is decoded; None: no limit. Of a larger one only the id is known."""
        self.enough: int | None = None
        """Broken lines of a kind that are reported one by one; further ones are counted. None: all are."""
        self.path = path
        self.size = file.seek(0, os.SEEK_END)  # what is still to be written of a copy is written
        self._state = state_of(file)
        self.head = head_of(self)
        self.container = self.head.container

    @property
    def is_plain(self) -> bool:
        """Whether the file begins as its container does, with nothing to be told of."""
        return self.head.readable and not self.head.irregularities

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; a temporary one is gone then."""
        self._file.close()

    @functools.cached_property
    def first_object(self) -> dict[str, Any] | None:
        """The value of the first item that is an object; None where none of the first items is."""
        values = (item.value for item in itertools.islice(self, LOOKED_AT) if isinstance(item, Item))
        return next((value for value in values if value.__class__ is dict), None)

    def make_sure_it_is_unchanged(self) -> None:
        """Raises FileChanged where the file is not as it was when it was opened: shorter, longer, or written to."""
        if state_of(self._file, now=True) != self._state:
            raise FileChanged(self.path)

    def __iter__(self) -> Iterator[Item | Irregularity]:
        return (item for item in self.items(DECODER) if not isinstance(item, (SkippedRun, BrokenLines)))

    def items(self, reader: Reader) -> Iterator[Read]:
        """The same as iterating, where `reader` makes the values; it may know requests that need not become items."""
        from batchlint.sources.readers import read_part

        return read_part(self, Mark(), reader)

    def read(self, offset: int, length: int) -> bytes:
        """The bytes at an offset; fewer at the end of the file."""
        self._file.seek(offset)
        data = self._file.read(length)
        while 0 < len(data) < length:  # a single read gives 2 GB at the most
            rest = self._file.read(length - len(data))
            if not rest:
                break
            data += rest
        return data


@contextlib.contextmanager
def steady(*sources: Source) -> Iterator[None]:
    """Raises FileChanged where one of the files is changed meanwhile, in place of whatever else that leads to."""
    try:
        yield
    except BrokenPipeError:
        raise
    except Exception:
        for source in sources:
            source.make_sure_it_is_unchanged()
        raise
    for source in sources:
        source.make_sure_it_is_unchanged()


def state_of(file: IO[bytes], *, now: bool = False) -> tuple[object, ...] | None:
    """A value that changes when somebody writes to a file; None for bytes in memory."""
    of_object = getattr(file, "state_now" if now else "state", None)  # what is after a URL has them
    if of_object is not None:
        state: tuple[object, ...] = of_object()
        return state
    try:
        status = os.fstat(file.fileno())
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns
