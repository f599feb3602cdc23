"""The custom_ids of a run, and where each was used first."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence

from batchlint.rule import Related
from batchlint.sources.item import Item

Places = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]
"""Of each of several items the offset, the length in bytes, the line, and the offset at which the line begins."""


class CustomIds:
    """Remembers for every custom_id the first request that used it in the file that used it last."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begins anew."""
        self._numbers: dict[str, int] = {}
        self.is_used: Callable[[object], bool] = self._numbers.__contains__
        """Whether an id was used before."""
        # What is known of each use stands in arrays: a batch may hold 100,000.
        self._offsets = array("q")
        self._lengths = array("q")
        self._lines = array("q")
        self._line_offsets = array("q")
        self._paths: list[str] = []
        self._first_numbers: list[int] = []

    def begin_file(self, path: str) -> None:
        """What is added from here on belongs to this file."""
        self._paths.append(path)
        self._first_numbers.append(len(self._offsets))

    def add(self, custom_id: str, item: Item) -> Related | None:
        """Remembers an id; returns the earlier use of it, in this file or in another one of the run."""
        number = len(self._offsets)
        earlier = self._numbers.setdefault(custom_id, number)
        if earlier != number:
            related = self._related(earlier)
            if related.same_file:
                return related
            self._numbers[custom_id] = number
        else:
            related = None
        self._offsets.append(item.offset)
        self._lengths.append(len(item.raw))
        self._lines.append(item.line)
        self._line_offsets.append(item.line_offset)
        return related

    def add_new(self, custom_ids: Sequence[str], places: Places) -> None:
        """Remembers ids that are new, and where their items stand."""
        number = len(self._offsets)
        self._numbers.update(zip(custom_ids, range(number, number + len(custom_ids)), strict=True))
        for kept, added in zip((self._offsets, self._lengths, self._lines, self._line_offsets), places, strict=True):
            kept.extend(added)

    def among(self, custom_ids: Sequence[str]) -> set[str]:
        """Those of these ids that were used before."""
        known = self._numbers.keys()
        return set() if known.isdisjoint(custom_ids) else known & custom_ids

    def first_uses(self) -> tuple[list[str], Places]:
        """The ids, and where each was used first; for one file alone."""
        return list(self._numbers), (self._offsets, self._lengths, self._lines, self._line_offsets)

    def _related(self, number: int) -> Related:
        file = bisect_right(self._first_numbers, number) - 1
        return Related(
            path=self._paths[file],
            offset=self._offsets[number],
            length=self._lengths[number],
            line=self._lines[number],
            line_offset=self._line_offsets[number],
            pointer=("custom_id",),
            message="first used here",
            same_file=file == len(self._paths) - 1,
        )
