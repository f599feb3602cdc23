"""The custom_ids of a run, and where each was used first."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from batchlint.rule import Related
from batchlint.sources.item import Item
from batchlint.sources.reader import Places

if TYPE_CHECKING:
    from batchlint.engine.packed_ids import PackedIds, Uses

PACKED_FROM: Final = 1 << 17
"""Ids that are kept as texts; a batch has 100,000 at the most. Those before them are packed, which takes a fifth of the
memory (`batchlint.engine.packed_ids`)."""


class CustomIds:
    """Remembers for every custom_id the first request that used it in the file that used it last.

    The latest ids are kept as texts, those before them packed. Each use has a number, in the order of the uses.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self, packed_from: int = PACKED_FROM) -> None:
        """Begins anew; so many ids are kept as texts."""
        self._packed_from = packed_from
        self._packed: PackedIds | None = None
        self._paths: list[str] = []
        self._fields: list[str] = []
        self._first_numbers: list[int] = []
        self._texts = _Texts()

    def begin_file(self, path: str, field: str = "custom_id") -> None:
        """What is added from here on belongs to this file, whose items have their id in this field."""
        self._paths.append(path)
        self._fields.append(field)
        self._first_numbers.append(self._next_number())

    def add(self, custom_id: str, item: Item) -> Related | None:
        """Remembers an id; returns the earlier use of it, in this file or in another one of the run."""
        texts = self._texts
        if len(texts.offsets) >= self._packed_from:
            self.pack()
            texts = self._texts
        number = self._next_number()
        earlier: int | None = texts.numbers.get(custom_id)
        packed = None
        if earlier is None and self._packed is not None:
            packed = earlier = self._packed_number(custom_id)
        related = None if earlier is None else self._related(earlier)
        if related is not None and related.same_file:
            return related
        if packed is None:
            texts.numbers[custom_id] = number
        else:
            self._move(custom_id, packed, number)
        texts.offsets.append(item.offset)
        texts.lengths.append(len(item.raw))
        texts.lines.append(item.line)
        texts.line_offsets.append(item.line_offset)
        texts.indexes.append(item.index)
        return related

    def add_new(self, custom_ids: Sequence[str], places: Places, index: int) -> None:
        """Remembers ids that are new, of items that follow each other from this index on."""
        if len(self._texts.offsets) >= self._packed_from:
            self.pack()
        texts, number = self._texts, self._next_number()
        texts.numbers.update(zip(custom_ids, range(number, number + len(custom_ids)), strict=True))
        columns = (texts.offsets, texts.lengths, texts.lines, texts.line_offsets)
        for kept, added in zip(columns, places, strict=True):
            kept.extend(added)
        texts.indexes.extend(range(index, index + len(custom_ids)))

    def among(self, custom_ids: Sequence[str]) -> set[str]:
        """Those of these ids that were used before; it may be that another id with the same digest was."""
        known = self._texts.numbers.keys()
        found = set() if known.isdisjoint(custom_ids) else known & custom_ids
        if self._packed is not None:
            from batchlint.engine.packed_ids import digest_of

            digests = b"".join(map(digest_of, custom_ids))
            found.update(custom_ids[each] for each in self._packed.known(digests))
        return found

    def uses(self) -> Uses:
        """The ids of one part of a file, where none was packed."""
        from batchlint.engine.packed_ids import Uses, digest_of

        texts = self._texts
        columns = (texts.offsets, texts.lengths, texts.lines, texts.line_offsets, texts.indexes)
        return Uses(b"".join(map(digest_of, texts.numbers)), *columns)

    def known(self, uses: Uses) -> list[int]:
        """The numbers of those uses in a part of which the id, or one with the same digest, was used before it."""
        return self.pack().known(uses.digests)

    def add_uses(self, uses: Uses, line: int = 0, line_offset: int | None = None) -> None:
        """Remembers uses that are new, of a part before which so many lines end, and whose first line begins there."""
        self.pack().add_uses(uses, line, line_offset)

    def pack(self) -> PackedIds:
        """Packs the ids that are kept as texts."""
        from batchlint.engine.packed_ids import PackedIds, digest_of

        packed = self._packed = self._packed or PackedIds()
        texts, self._texts = self._texts, _Texts()
        packed.add_places(texts.offsets, texts.lengths, texts.lines, texts.line_offsets)
        for custom_id, number in texts.numbers.items():
            packed.add(digest_of(custom_id), number)
        return packed

    def _next_number(self) -> int:
        return len(self._packed or ()) + len(self._texts.offsets)

    def _packed_number(self, custom_id: str) -> int | None:
        from batchlint.engine.packed_ids import digest_of

        assert self._packed is not None
        # Of several, as `batchlint.shards.by_file` adds them, the first in the latest file counts.
        numbers = sorted(self._packed.numbers(digest_of(custom_id)), key=lambda each: (-self._file_of(each), each))
        return next((each for each in numbers if self._is(each, custom_id)), None)

    def _move(self, custom_id: str, number: int, other: int) -> None:
        from batchlint.engine.packed_ids import digest_of

        assert self._packed is not None
        self._packed.move(digest_of(custom_id), number, other)

    def _is(self, number: int, custom_id: str) -> bool:
        """Whether a packed use is one of this id, and not of another with the same digest.

        The digest decides where the place cannot be read any more, as that of standard input.
        """
        from batchlint.finding import custom_id_of
        from batchlint.sources import open_source
        from batchlint.sources.decode import decode

        offset, length, _, _ = self._place(number)
        if not length:  # It was too large to be read.
            return True
        file = self._file_of(number)
        try:
            with open_source(self._paths[file]) as source:
                raw = source.read(offset, length)
        except (OSError, ValueError):
            return True
        return custom_id_of(decode(raw).value, self._fields[file]) == custom_id

    def _file_of(self, number: int) -> int:
        return bisect_right(self._first_numbers, number) - 1

    def _place(self, number: int) -> tuple[int, int, int, int]:
        packed = self._packed
        if packed is not None and number < len(packed):
            return packed.place(number)
        return self._texts.place(number - len(packed or ()))

    def _related(self, number: int) -> Related:
        file = self._file_of(number)
        offset, length, line, line_offset = self._place(number)
        return Related(
            path=self._paths[file],
            offset=offset,
            length=length,
            line=line,
            line_offset=line_offset,
            pointer=(self._fields[file],),
            message="first used here",
            same_file=file == len(self._paths) - 1,
        )


class _Texts:
    """Ids by their texts, each with the number of its use, and where those uses are."""

    __slots__ = ("indexes", "lengths", "line_offsets", "lines", "numbers", "offsets")

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.offsets = array("q")
        self.lengths = array("q")
        self.lines = array("q")
        self.line_offsets = array("q")
        self.indexes = array("q")

    def place(self, number: int) -> tuple[int, int, int, int]:
        """The place of a use."""
        return self.offsets[number], self.lengths[number], self.lines[number], self.line_offsets[number]
