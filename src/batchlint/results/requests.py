"""The requests that were sent: for every custom_id where it is in the sources, in a few numbers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from batchlint.reports.closing import how_many
from batchlint.results.errors import WrongFile
from batchlint.results.file_kinds import what_it_is
from batchlint.results.framing import on_one_line
from batchlint.results.versions import RequestPlace, Versions, repetition
from batchlint.sources import Irregularity, Item, Source
from batchlint.sources.progress import NOT_SHOWN, Progress


class Requests:
    """The requests of all sources, numbered in the order in which their ids first came.

    Where an id comes again in a later source with other bytes, the later request counts: that is how a request is
    fixed. Line breaks make no difference, which a change of the container takes away.
    """

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.numbers: dict[str, int] = {}
        self._places = array("q")
        self.members: list[array[int]] = []
        """The numbers of the requests of each source."""
        self.contested: dict[int, Versions] = {}
        """By number: ids under which the sources hold several requests."""
        self._last_source = array("i")
        """By number: the last source that the request is in."""
        self.replaced: Counter[int] = Counter()
        """By source: requests that stand in place of those of an earlier source."""
        self.without_id = 0
        """Items that have no custom_id, so that no result can belong to them."""
        self.first_without_id: tuple[str, int] | None = None
        """Path and line of the first of them."""

    def add(self, source: Source, progress: Progress = NOT_SHOWN) -> None:
        """Reads a source to its end; raises WrongFile for what holds no requests, Collision for an id twice."""
        self.sources.append(source)
        self.members.append(array("i"))
        twice: dict[str, None] = {}
        odd: Item | Irregularity | None = None
        requests = nameless = 0
        for item in source:
            if isinstance(item, Irregularity):
                odd = odd or item
                continue
            progress.advance(len(item.raw))
            value = item.value
            custom_id = value.get("custom_id") if isinstance(value, dict) else None
            if not isinstance(custom_id, str):
                odd = item
                nameless += isinstance(value, dict) and "params" in value
                self.without_id += 1
                self.first_without_id = self.first_without_id or (source.path, item.line)
                continue
            if "params" in value:
                requests += 1
            else:
                odd = item
            if not self._add(custom_id, item):
                twice[custom_id] = None
        if nameless and not requests:
            raise WrongFile(
                f"{source.path}: none of its {how_many(nameless, 'request')} has a custom_id that is a string"
            )
        if not requests:
            raise WrongFile(f"{source.path}: this is {what_it_is(odd)}, not the requests that were sent")
        if twice:
            raise repetition(source.path, twice)

    @property
    def counts(self) -> list[int]:
        """How many requests each source has."""
        return list(map(len, self.members))

    def __len__(self) -> int:
        return len(self.numbers)

    def place(self, number: int) -> RequestPlace:
        """Where a request is."""
        at = number * len(RequestPlace._fields)
        return RequestPlace._make(self._places[at : at + len(RequestPlace._fields)])

    def raw(self, number: int) -> bytes:
        """The exact bytes of a request."""
        return self._bytes_at(self.place(number))

    def item(self, number: int) -> Item:
        """The request as its source gave it."""
        from batchlint.sources.decode import decode

        place = self.place(number)
        raw = self._bytes_at(place)
        return Item(place.index, place.offset, place.line, place.line_offset, raw, decode(raw).value)

    def params(self, number: int) -> Any:
        """The params of a request, whatever they are; None where there are none."""
        value = self.item(number).value
        return value.get("params") if isinstance(value, dict) else None

    def places(self) -> Iterator[RequestPlace]:
        """Where the requests are, in the order of their numbers."""
        return map(
            RequestPlace, *(self._places[at :: len(RequestPlace._fields)] for at in range(len(RequestPlace._fields)))
        )

    def ids(self) -> Iterator[str]:
        """The ids, in the order of their numbers."""
        return iter(self.numbers)

    def ids_of(self, numbers: Collection[int]) -> dict[int, str]:
        """The ids of a few requests, by their numbers."""
        return {number: custom_id for number, custom_id in enumerate(self.numbers) if number in numbers}

    def _add(self, custom_id: str, item: Item) -> bool:
        """Takes a request; False where its source has had the id before."""
        source = len(self.sources) - 1
        fresh = len(self.numbers)
        number = self.numbers.setdefault(custom_id, fresh)
        place = RequestPlace(source, item.offset, len(item.raw), item.line, item.line_offset, item.index)
        if number == fresh:
            self._places.extend(place)
        elif self._last_source[number] == source:
            return False
        else:
            self._add_again(number, place, item.raw)
        self._last_source[number : number + 1] = array("i", [source])
        self.members[source].append(number)
        return True

    def _add_again(self, number: int, place: RequestPlace, raw: bytes) -> None:
        """Takes a request whose id an earlier source has: the same once more, or another in its place."""
        text = on_one_line(raw)
        versions = self.contested.get(number)
        if versions is None:
            if on_one_line(self.raw(number)) == text:
                return
            versions = self.contested[number] = Versions(self.place(number))
        alike = (nth for nth, each in enumerate(versions) if on_one_line(self._bytes_at(each)) == text)
        version = next(alike, None)
        if version is not None:
            versions.repeat(version, place.source)
            return
        versions.add(place)
        self.replaced[place.source] += 1
        at = number * len(place)
        self._places[at : at + len(place)] = array("q", place)

    def _bytes_at(self, place: RequestPlace) -> bytes:
        return self.sources[place.source].read(place.offset, place.length)
