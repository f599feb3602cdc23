"""Ids without their texts: 8 bytes of digest and a place each.

Two ids may have one digest, though hardly ever by chance; whoever asks makes sure by the text at the place.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from operator import sub
from typing import Final, NamedTuple

DIGEST: Final = 8
"""Bytes of a digest."""
ENTRY: Final = DIGEST + 4
"""Bytes of a digest and the number of a place."""
BUCKETS: Final = 1 << 16
LARGEST: Final = (1 << 32) - 1


def digest_of(custom_id: str) -> bytes:
    """The digest of an id."""
    return blake2b(custom_id.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


class ItemPlace(NamedTuple):
    """Where the item of an id is: its offset, length in bytes, line, and the offset at which the line begins."""

    offset: int
    length: int
    line: int
    line_offset: int


class Uses(NamedTuple):
    """The first uses of ids in a part of a file, as columns: each use is one digest, and one number in each array.

    Lines and indexes count from the part's own beginning.
    """

    digests: bytes
    offsets: array[int]
    lengths: array[int]
    lines: array[int]
    line_offsets: array[int]
    indexes: array[int]

    def __len__(self) -> int:
        return len(self.offsets)

    def digest(self, number: int) -> bytes:
        """The digest of one use."""
        return self.digests[number * DIGEST : (number + 1) * DIGEST]

    def without(self, numbers: Iterable[int]) -> Uses:
        """All but some of them."""
        left_out = set(numbers)
        kept = [number for number in range(len(self)) if number not in left_out]
        columns = (array("q", [column[number] for number in kept]) for column in self[1:])
        return Uses(b"".join(map(self.digest, kept)), *columns)


class _Stretch(NamedTuple):
    """What holds for places from one number on."""

    line: int
    """What is to be added to their lines."""
    line_offset: int | None
    """Where the line begins that is their first, where that is before all of them."""


class PackedIds:
    """Ids by their digests, and by number where they are: 33 bytes each.

    A length, or a distance from the beginning of a line, over 4 GB is kept as 4 GB.
    """

    def __init__(self) -> None:
        self._buckets = [bytearray() for _ in range(BUCKETS)]
        self._stretches: list[_Stretch] = []
        self._begins: list[int] = []
        self._offsets = array("q")
        self._lengths = array("I")
        self._lines = array("I")
        self._columns = array("I")

    def __len__(self) -> int:
        """How many places there are, which is the number of the next one."""
        return len(self._offsets)

    def numbers(self, digest: bytes) -> Iterator[int]:
        """The numbers of the ids with this digest, mostly none or one."""
        bucket = self._buckets[digest[0] | digest[1] << 8]
        at = bucket.find(digest)
        while at >= 0:
            if at % ENTRY == 0:
                yield int.from_bytes(bucket[at + DIGEST : at + ENTRY], "little")
            at = bucket.find(digest, at + 1)

    def known(self, digests: bytes) -> list[int]:
        """Which of these digests, by their order, an id has that is known."""
        buckets = self._buckets
        found = []
        at = 0
        for low, high in zip(digests[::DIGEST], digests[1::DIGEST], strict=True):
            digest = digests[at : at + DIGEST]
            if buckets[low | high << 8].find(digest) >= 0 and any(True for _ in self.numbers(digest)):
                found.append(at // DIGEST)
            at += DIGEST
        return found

    def add(self, digest: bytes, number: int) -> None:
        """An id with this digest has the place of this number."""
        self._buckets[digest[0] | digest[1] << 8] += digest + number.to_bytes(4, "little")

    def move(self, digest: bytes, number: int, other: int) -> None:
        """The id of that number has another place now."""
        bucket = self._buckets[digest[0] | digest[1] << 8]
        at = bucket.index(digest + number.to_bytes(4, "little"))
        bucket[at + DIGEST : at + ENTRY] = other.to_bytes(4, "little")

    def add_uses(self, uses: Uses, line: int, line_offset: int | None) -> None:
        """Adds uses that are new, of a part before which so many lines end, and whose first line begins there."""
        number = len(self)
        self.add_places(uses.offsets, uses.lengths, uses.lines, uses.line_offsets, line, line_offset)
        for at in range(0, len(uses.digests), DIGEST):
            self.add(uses.digests[at : at + DIGEST], number)
            number += 1

    def add_places(
        self,
        offsets: Sequence[int],
        lengths: Sequence[int],
        lines: Sequence[int],
        line_offsets: Sequence[int],
        line: int = 0,
        line_offset: int | None = None,
    ) -> None:
        """Adds places; `line` is added to all lines, `line_offset` is where the line begins that is their first."""
        if not offsets:
            return
        self._begins.append(len(self))
        self._stretches.append(_Stretch(line, line_offset))
        self._offsets.extend(offsets)
        for kept, column in (
            (self._lengths, lengths),
            (self._lines, lines),
            (self._columns, array("q", map(sub, offsets, line_offsets))),
        ):
            kept.extend(iter(column) if max(column) <= LARGEST else (min(each, LARGEST) for each in column))

    def place(self, number: int) -> ItemPlace:
        """The place of a number."""
        added = self._stretches[bisect_right(self._begins, number) - 1]
        offset, line = self._offsets[number], self._lines[number]
        first = added.line_offset
        line_offset = first if first is not None and line == 1 else offset - self._columns[number]
        return ItemPlace(offset, self._lengths[number], line + added.line, line_offset)
