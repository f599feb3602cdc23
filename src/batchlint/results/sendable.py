"""A batch file whose every request can be sent: each can be read, and has an id that is legal and its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from batchlint.facts import limits
from batchlint.results.errors import Refusal, WrongFile
from batchlint.results.file_kinds import what_it_is
from batchlint.sources import UNREADABLE, Irregularity, Item, Source

NAMED = 10
"""Problems that a refusal names."""
LOSING = frozenset(("invalid-json", "truncated-json", "invalid-utf-8", "requests-not-a-list", "text-after-list"))
"""Irregularities of a file because of which something in it is not among its items."""


class Sendable:
    """Where the items of a file are: a part of a broken file, or one id in two parts, is refused when it is sent,
    and then the parts before it are on their way already.

    Raises Refusal for what could not be sent, and WrongFile for what is no batch.
    """

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.offsets = array("q")
        self.lengths = array("q")
        self.lines = array("q")
        self.cuts = array("q")
        """Where the bytes of each item begin if the file is cut before it: at its line, if it begins that."""
        self._indexes: dict[str, int] = {}
        self._problems: list[str] = []
        self._further = 0
        odd: Item | Irregularity | None = None
        requests = end = 0
        for item in source:
            if isinstance(item, Irregularity):
                odd = odd or item
                if item.kind in LOSING:
                    self._refuse(item.line, f"{item.kind}: {item.detail}")
                continue
            self.offsets.append(item.offset)
            self.lengths.append(len(item.raw))
            self.lines.append(item.line)
            self.cuts.append(item.line_offset if item.line_offset >= end else item.offset)
            end = item.offset + len(item.raw)
            is_request = isinstance(item.value, dict) and "params" in item.value
            requests += is_request
            odd = odd if is_request else item
            for problem in self._problems_of(item):
                self._refuse(item.line, problem)
        if not requests:
            raise WrongFile(f"{source.path}: this is {what_it_is(odd)}, not a batch of requests")
        if self._problems:
            more = [f"and {self._further:,} more"] if self._further else []
            raise Refusal("\n".join([*self._problems, *more, "nothing was split: lint the file first"]))
        self.ids = list(self._indexes)
        """In the order of the items, each its own."""

    def __len__(self) -> int:
        return len(self.lengths)

    def _problems_of(self, item: Item) -> Iterator[str]:
        if item.value is UNREADABLE:
            yield "this is not JSON"
            return
        custom_id = item.value.get("custom_id") if isinstance(item.value, dict) else None
        if not isinstance(custom_id, str):
            yield "a request without a custom_id"
            return
        if not limits().custom_id.accepts(custom_id):
            yield f"the API does not take the custom_id {custom_id[:80]!r}"
        first = self._indexes.setdefault(custom_id, item.index)
        if first != item.index:
            yield f"the custom_id {custom_id[:80]!r} was used before, at line {self.lines[first]:,}"

    def _refuse(self, line: int, problem: str) -> None:
        if len(self._problems) < NAMED:
            self._problems.append(f"{self.path}:{line}: {problem}")
        else:
            self._further += 1
