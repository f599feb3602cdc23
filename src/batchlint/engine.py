"""Holds every item of a file against the schema and the rules, and yields what they find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from batchlint.batch import Batch
from batchlint.custom_ids import CustomIds
from batchlint.finding import Finding, custom_id_of
from batchlint.judge import Judge, asked
from batchlint.judgement import Found, Recognised
from batchlint.options import Options
from batchlint.rule import Rule, Severity
from batchlint.sources.item import UNREADABLE, Irregularity, Item
from batchlint.sources.reader import Clean, ItemSource


class Counts(NamedTuple):
    """How much there is in a file, or in a part of one."""

    requests: int = 0
    item_bytes: int = 0
    irregularities: int = 0

    def and_more(self, more: Counts) -> Counts:
        """Both together."""
        return Counts(*map(int.__add__, self, more))


class Engine:
    """The checks of one run, over one file or many.

    What it keeps from item to item is little: the custom_ids, what its judge keeps, and the counts of the file.
    """

    def __init__(
        self, options: Options, rules: Collection[Rule], severities: Mapping[str, Severity] | None = None
    ) -> None:
        self._options = options
        self._rules = tuple(rules)
        self._severities = severities or {}
        self.custom_ids = CustomIds()
        self._judge = Judge(options, rules, self.custom_ids)

    def __reduce__(self) -> tuple[Any, ...]:
        return Engine, (self._options, self._rules, self._severities)

    def check(self, source: ItemSource, at_end: Callable[[Batch], object] = id) -> Iterator[Finding]:
        """What is wrong with a file, in the order of the file; what concerns it as a whole comes last.

        `at_end` is given the counts of the file once they are known.
        """
        self.custom_ids.begin_file(source.path)
        counts = yield from self.check_items(source)
        yield from self.check_batch(source, counts, at_end)

    def check_items(self, source: ItemSource) -> Generator[Finding, None, Counts]:
        """What is wrong with the items of a file, or of a part of one; returns how much there is of them."""
        path = source.path
        requests = item_bytes = irregularities = 0
        for item in source.items(self._judge.reader(source.size)):
            if isinstance(item, Clean):
                requests += item.requests
                item_bytes += item.size
                continue
            if isinstance(item, Irregularity):
                irregularities += 1
                yield from self._irregular(item, path, None)
                continue
            requests += 1
            item_bytes += len(item.raw)
            for irregularity in item.irregularities:
                yield from self._irregular(irregularity, path, item)
            value = item.value
            if value.__class__ is Recognised:
                found = self._judge.recognised(item, value)
            else:
                found = self._judge.judged(item) if value is not UNREADABLE else ()
            if found:
                yield from self._findings(found, path, item)
        return Counts(requests, item_bytes, irregularities)

    def check_batch(
        self, source: ItemSource, counts: Counts, at_end: Callable[[Batch], object] = id
    ) -> Iterator[Finding]:
        """What is wrong with a file as a whole."""
        requests, item_bytes, irregularities = counts
        path, size = source.path, source.size
        batch = Batch(path, source.container, requests, size, item_bytes, irregularities > 0, self._options)
        at_end(batch)
        yield from self._findings(asked(self._judge.on("batch"), batch), path, None)

    def _irregular(self, irregularity: Irregularity, path: str, item: Item | None) -> Iterator[Finding]:
        for rule in self._judge.on(f"source:{irregularity.kind}"):
            yield from self._findings(asked((rule,), irregularity), path, item, irregularity)

    def _findings(
        self, found: Iterable[Found], path: str, item: Item | None, irregularity: Irregularity | None = None
    ) -> Iterator[Finding]:
        holder = item if item is not None else irregularity
        index = holder.index if holder is not None else None
        value = item.value if item is not None else None
        custom_id = value.custom_id if value.__class__ is Recognised else custom_id_of(value)
        stretch = item.stretch if item is not None else None
        for rule, problem in found:
            yield Finding(
                rule=rule,
                severity=self._severities.get(rule.name) or problem.severity or rule.severity,
                impact=problem.impact or rule.impact,
                problem=problem,
                path=path,
                index=index,
                custom_id=custom_id,
                item=stretch,
                irregularity=irregularity,
            )
