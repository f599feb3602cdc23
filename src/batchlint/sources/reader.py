"""Readers: they decode the bytes of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from batchlint.sources.decode import read_json
from batchlint.sources.item import Irregularity, Item

Separator = Literal["line feed", "comma"]
"""What is between two items; a comma with blanks around it."""


class Begin(NamedTuple):
    """Where an item begins: its absolute offset, its line from 1 on, and the offset at which that line begins."""

    offset: int
    line: int
    line_offset: int


class Mark(NamedTuple):
    """Where reading goes on: an item begins there, and all that comes before it was read."""

    offset: int = 0
    index: int = 0  # type: ignore[assignment]  # the name hides tuple.index, which nobody asks for
    """Items before it."""
    line: int = 1
    line_offset: int = 0


class NotApart(Exception):
    """A part of a file holds something that cannot be read apart from the rest of the file."""


def lines_of(data: bytes, begins: Sequence[int], first: Begin) -> tuple[list[int], list[int]]:
    """The lines on which items begin at these places in `data`, and the absolute offsets at which those lines do."""
    lines, line_offsets = [], []
    base, line, line_offset = first.offset - begins[0], first.line, first.line_offset
    last = begins[0]
    for begin in begins:
        feeds = data.count(b"\n", last, begin)
        if feeds:
            line += feeds
            line_offset = base + data.rindex(b"\n", last, begin) + 1
        lines.append(line)
        line_offsets.append(line_offset)
        last = begin
    return lines, line_offsets


Places = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]
"""Of each of several items the offset, the length in bytes, the line, and the offset at which the line begins."""


class SkippedRun(NamedTuple):
    """Requests that are one after the other, and of which there is nothing to be said."""

    requests: int
    size: int
    """Bytes of the requests themselves."""
    length: int
    """Bytes from where the first one begins to where the next item may begin."""
    custom_ids: Sequence[str] = ()
    """Theirs; none was used before."""
    places: Places = ((), (), (), ())
    """Theirs."""


class BrokenLines(NamedTuple):
    """Lines one after the other that are no JSON, and of which no report names each."""

    lines: int
    line: int
    """The number of the first of them."""
    offset: int
    """Where that begins."""
    size: int
    """Bytes of the lines without blanks around them."""
    length: int
    """Bytes with all that is around them."""
    kinds: tuple[tuple[str, int], ...]
    """The kinds of irregularities, each with the number of lines that have one; the first kind is one of every line."""
    first: bytes
    """The first of the lines."""

    def irregularities(self, index: int) -> Iterator[Irregularity]:
        """One for each kind, at the first line, which is the item of that index."""
        from batchlint.sources.decode import decode_slowly

        details = {flaw.kind: flaw.detail for flaw in decode_slowly(self.first).flaws}
        for kind, lines in self.kinds:
            end = self.offset + len(self.first)
            detail = details.get(kind, "a byte belongs to no character")
            yield Irregularity(kind, self.offset, end, self.line, self.offset, index, detail, lines=lines)


Read = Item | Irregularity | SkippedRun | BrokenLines
"""What comes of reading a file, piece by piece."""


class Reader:
    """Decodes whatever it is given; others may know requests that need no decoding."""

    passes_over = False
    """Whether `pass_over` may find anything."""

    def read(self, raw: bytes) -> Any:
        """The value of an item's bytes. Raises ValueError where something about them is questionable."""
        return read_json(raw)

    def pass_over(self, data: bytes, at: int, end: int, begin: Begin, separator: Separator) -> SkippedRun | None:
        """The clean requests that begin at `data[at:end]`, each with a separator after it, which a line feed need not
        be at the end; None if there are none, or if that is not known.
        """
        return None


DECODER = Reader()


class ItemSource(Protocol):
    """A file, or what stands for one."""

    @property
    def path(self) -> str: ...

    @property
    def container(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def first_object(self) -> dict[str, Any] | None: ...

    def items(self, reader: Reader) -> Iterator[Read]:
        """What the file is made of, in its order."""
        ...
