"""The requests that were sent: for every custom_id where it stands in the sources, in a few numbers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from batchlint.results.errors import WrongFile
from batchlint.results.kinds import what_it_is
from batchlint.sources import Irregularity, Item, Source


class Place(NamedTuple):
    """Where a request stands: `source` counts the sources, the rest is as in `Item`."""

    source: int
    offset: int
    length: int
    line: int
    line_offset: int
    index: int  # type: ignore[assignment]  # the name hides tuple.index, which nobody asks for


class Requests:
    """The requests of all sources, numbered in the order in which their ids first came.

    Where an id comes again in a later source with other bytes, the later request counts: that is how a request is
    fixed. In one and the same source the first counts; the API would have refused the second.
    """

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.numbers: dict[str, int] = {}
        self._places = array("q")
        self.counts: list[int] = []
        """Requests of each source."""
        self.repeated: Counter[int] = Counter()
        """By source: ids that come a second time in it."""
        self.replaced: Counter[int] = Counter()
        """By source: requests that stand in place of those of an earlier source."""
        self.without_id = 0
        """Items that have no custom_id, so that no result can belong to them."""
        self.first_without_id: tuple[str, int] | None = None
        """Path and line of the first of them."""

    def add(self, source: Source) -> None:
        """Reads a source to its end; raises WrongFile for what holds no requests."""
        self.sources.append(source)
        self.counts.append(0)
        odd: Item | Irregularity | None = None
        requests = 0
        for item in source:
            if isinstance(item, Irregularity):
                odd = odd or item
                continue
            value = item.value
            custom_id = value.get("custom_id") if isinstance(value, dict) else None
            if not isinstance(custom_id, str):
                odd = item
                self.without_id += 1
                self.first_without_id = self.first_without_id or (source.path, item.line)
                continue
            if "params" in value:
                requests += 1
            else:
                odd = item
            self._add(custom_id, item)
        if not requests:
            raise WrongFile(f"{source.path}: this is {what_it_is(odd)}, not the requests that were sent")

    def __len__(self) -> int:
        return len(self.numbers)

    def place(self, number: int) -> Place:
        """Where a request stands."""
        at = number * len(Place._fields)
        return Place._make(self._places[at : at + len(Place._fields)])

    def raw(self, number: int) -> bytes:
        """The exact bytes of a request."""
        place = self.place(number)
        return self.sources[place.source].read(place.offset, place.length)

    def item(self, number: int) -> Item:
        """The request as its source gave it."""
        from batchlint.sources.decode import decode

        place = self.place(number)
        raw = self.sources[place.source].read(place.offset, place.length)
        return Item(place.index, place.offset, place.line, place.line_offset, raw, decode(raw).value)

    def params(self, number: int) -> Any:
        """The params of a request, whatever they are; None where there are none."""
        value = self.item(number).value
        return value.get("params") if isinstance(value, dict) else None

    def places(self) -> Iterator[Place]:
        """Where the requests stand, in the order of their numbers."""
        return map(Place, *(self._places[at :: len(Place._fields)] for at in range(len(Place._fields))))

    def ids(self) -> Iterator[str]:
        """The ids, in the order of their numbers."""
        return iter(self.numbers)

    def _add(self, custom_id: str, item: Item) -> None:
        source = len(self.sources) - 1
        self.counts[source] += 1
        fresh = len(self.numbers)
        number = self.numbers.setdefault(custom_id, fresh)
        place = (source, item.offset, len(item.raw), item.line, item.line_offset, item.index)
        if number == fresh:
            self._places.extend(place)
        elif self.place(number).source == source:
            self.repeated[source] += 1
        elif self.raw(number) != item.raw:
            self.replaced[source] += 1
            at = number * len(place)
            self._places[at : at + len(place)] = array("q", place)
