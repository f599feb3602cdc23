"""The custom_ids of a run, and where each was used first."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from batchlint.rule import Related
from batchlint.sources.item import Item

PLACE = 4
"""Numbers by which the place of an item is remembered."""


class CustomIds:
    """Remembers for every custom_id the first request that used it in the file that used it last."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._places = array("q")
        """Of each use the offset, length, line and offset of the line of its item: a batch may hold 100,000."""
        self._paths: list[str] = []
        self._first_numbers: list[int] = []

    def begin_file(self, path: str) -> None:
        """What is added from here on belongs to this file."""
        self._paths.append(path)
        self._first_numbers.append(len(self._places) // PLACE)

    def add(self, custom_id: str, item: Item) -> Related | None:
        """Remembers an id; returns the earlier use of it, in this file or in another one of the run."""
        number = len(self._places) // PLACE
        earlier = self._numbers.setdefault(custom_id, number)
        if earlier != number:
            related = self._related(earlier)
            if related.same_file:
                return related
            self._numbers[custom_id] = number
        else:
            related = None
        self._places.extend((item.offset, len(item.raw), item.line, item.line_offset))
        return related

    def _related(self, number: int) -> Related:
        file = bisect_right(self._first_numbers, number) - 1
        offset, length, line, line_offset = self._places[number * PLACE : (number + 1) * PLACE]
        return Related(
            path=self._paths[file],
            offset=offset,
            length=length,
            line=line,
            line_offset=line_offset,
            pointer=("custom_id",),
            message="first used here",
            same_file=file == len(self._paths) - 1,
        )
