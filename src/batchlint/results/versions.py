"""Requests of which the sources hold several versions: a fixed one under the same id, or that of another batch."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from batchlint.reports.closing import how_many
from batchlint.results.classify import Outcome
from batchlint.results.errors import Collision

NAMED = 5
"""Ids that a message names."""


class RequestPlace(NamedTuple):
    """Where a request is: `source` counts the sources, the rest is as in `Item`."""

    source: int
    offset: int
    length: int
    line: int
    line_offset: int
    index: int  # type: ignore[assignment]  # the name hides tuple.index, which nobody asks for


class Versions:
    """The versions of a request that the sources hold: different requests under one id, in the order of the sources.

    There may be as many of them as there are requests, so they are kept in few bytes.
    """

    __slots__ = ("_places", "_repeated")

    def __init__(self, first: RequestPlace) -> None:
        self._places = array("q", first)
        self._repeated: dict[int, int] | None = None
        """By source: a version that was there before, though another came in between."""

    def __len__(self) -> int:
        return len(self._places) // len(RequestPlace._fields)

    def __iter__(self) -> Iterator[RequestPlace]:
        """Where each version is first."""
        return (RequestPlace._make(self._places[at : at + len(RequestPlace._fields)]) for at in self._begins())

    def add(self, place: RequestPlace) -> None:
        """A further version."""
        self._places.extend(place)

    def repeat(self, version: int, source: int) -> None:
        """A source that holds a version which was there before."""
        if version != self.of_source(source):
            self._repeated = (self._repeated or {}) | {source: version}

    def of_source(self, source: int) -> int:
        """The version that a source holds."""
        if self._repeated is not None and source in self._repeated:
            return self._repeated[source]
        return sum(self._places[at] <= source for at in self._begins()) - 1

    def _begins(self) -> range:
        return range(0, len(self._places), len(RequestPlace._fields))


def is_whole(outcome: Outcome) -> bool:
    """Whether a row answers its request, so that there is nothing to fix: also where it ends as nobody knows yet."""
    return outcome.of_class.name == "ok" or (outcome.of_class.name == "unknown" and outcome.result_type == "succeeded")


def senders(rows: Sequence[bytearray], sources: Sequence[array[int]]) -> list[int | None]:
    """The source that each results file belongs to; None where that is not known.

    `rows` are flags of the requests that a file has rows of, `sources` the requests of each source. The results of a
    batch are of its requests and no others, so it is the smallest source that has all of them; among several of one
    size the order of the files is that of the sources.
    """
    found: list[int | None] = []
    before: Counter[tuple[int, ...]] = Counter()
    for flags in rows:
        wanted = sum(flags)
        fitting = [n for n, numbers in enumerate(sources) if sum(map(flags.__getitem__, numbers)) == wanted]
        smallest = min((len(sources[n]) for n in fitting), default=0)
        alike = tuple(n for n in fitting if len(sources[n]) == smallest)
        found.append(alike[min(before[alike], len(alike) - 1)] if alike else None)
        before[alike] += 1
    return found


def versions_of(files: Sequence[int], sent_by: Sequence[int | None], versions: Versions) -> list[int]:
    """For each row of a request the version that it belongs to; `files` are the results files of the rows, in order.

    A row that nothing is known of belongs to the first version that has none; a further row of the same file to the
    next version, since a file of several attempts holds them one after the other.
    """
    last = len(versions) - 1
    found: list[int] = []
    for position, file in enumerate(files):
        source = sent_by[file]
        if position and files[position - 1] == file:
            version = found[-1] + 1
        elif source is not None:
            version = versions.of_source(source)
        else:
            version = next((each for each in range(last) if each not in found), last)
        found.append(min(version, last))
    return found


def collision(ids: Sequence[str], earlier: str, later: str) -> Collision:
    """What to raise where requests of one source were answered, and a later one has others under their ids."""
    return Collision(
        f"{later} has the same id for another request than {earlier}, where it was answered: {named(ids)}\n"
        "if these are two batches: handle each batch by a call of its own, with its own results, --source and -o\n"
        "if requests were fixed: name the results of the first attempt too, in the order in which the sources were sent"
        "\n"
        "ids that differ from batch to batch (a prefix will do) keep them apart the next time"
    )


def repetition(path: str, ids: Mapping[str, object]) -> Collision:
    """What to raise where one source holds ids more than once."""
    return Collision(
        f"{path} holds {named(list(ids), ' twice')}: the API refuses such a batch, so these are several batches in one "
        "file, or the same id for another request\n"
        "keep a file for each batch, and handle each by a call of its own; batchlint ids lists the repeated ids"
    )


def named(ids: Sequence[str], after: str = "") -> str:
    """How many ids, and the first of them."""
    some = ", ".join(repr(each[:64]) for each in ids[:NAMED]) + (", ..." if len(ids) > NAMED else "")
    return f"{how_many(len(ids), 'id')}{after} ({some})"
