"""The custom_ids of a run, and where each was used first."""

from __future__ import annotations

from array import array

from batchlint.rule import Related
from batchlint.sources.item import Item

FIELDS = 5
"""Numbers kept for an id: file, offset, length, line, line offset; in an array, since a batch may hold 100,000."""


class CustomIds:
    """Remembers for every custom_id the first request that used it in the file that used it last."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._places = array("q")
        self._paths: list[str] = []

    def begin_file(self, path: str) -> None:
        """What is added from here on belongs to this file."""
        self._paths.append(path)

    def add(self, custom_id: str, item: Item) -> Related | None:
        """Remembers an id; returns the earlier use of it, in this file or in another one of the run."""
        number = len(self._places)
        earlier = self._numbers.setdefault(custom_id, number)
        self._places.extend((len(self._paths) - 1, item.offset, len(item.raw), item.line, item.line_offset))
        if earlier == number:
            return None
        related = self._related(earlier)
        if related.same_file:
            del self._places[number:]
        else:
            self._numbers[custom_id] = number
        return related

    def _related(self, number: int) -> Related:
        file, offset, length, line, line_offset = self._places[number : number + FIELDS]
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
