"""Holds every item of a file against the schema and the rules, and yields what they find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from batchlint.batch import Batch
from batchlint.engine.arrangement import with_more
from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.judge import Judge, run_rules
from batchlint.finding import Finding, custom_id_of
from batchlint.options import Options
from batchlint.rule import Found, Rule, Severity
from batchlint.sources.item import UNREADABLE, Irregularity, Item
from batchlint.sources.reader import ItemSource, SkippedRun

if TYPE_CHECKING:
    from batchlint.engine.usual import UsualJudge

USUAL_FROM: Final = 200_000
"""Bytes of a file from which on it is worth while to tell usual requests from others."""


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

    What it keeps from item to item is little: the custom_ids, the counts of the file, and in large files which values
    were clean.
    """

    def __init__(
        self, options: Options, rules: Collection[Rule], severities: Mapping[str, Severity] | None = None
    ) -> None:
        self._options = options
        self._rules = tuple(rules)
        self._severities = severities or {}
        self.custom_ids = CustomIds()
        self._judge = Judge(options, rules, self.custom_ids)

    @property
    def max_item_bytes(self) -> int | None:
        """Bytes of the largest item that is to be decoded."""
        return self._options.max_item_bytes

    def __reduce__(self) -> tuple[Any, ...]:
        return Engine, (self._options, self._rules, self._severities)

    @cached_property
    def _usual_judge(self) -> UsualJudge:
        from batchlint.engine.scanning import fastest_judge

        return fastest_judge(self._options, self._rules, self.custom_ids)

    def _judge_for(self, source: ItemSource) -> Judge:
        """The plain judge; in a large file the one that judges usual requests once, which finds the same."""
        return self._judge if source.size < USUAL_FROM else self._usual_judge

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
        judge = self._judge_for(source)
        requests = item_bytes = irregularities = 0
        for item in source.items(judge.reader):
            if isinstance(item, SkippedRun):
                self.custom_ids.add_new(item.custom_ids, item.places, requests)
                requests += item.requests
                item_bytes += item.size
                continue
            if isinstance(item, Irregularity):
                irregularities += 1
                yield from self.irregular(item, path, None)
                continue
            requests += 1
            item_bytes += len(item.raw)
            for irregularity in item.irregularities:
                yield from self.irregular(irregularity, path, item)
            if item.value is not UNREADABLE and (found := judge.problems(item)):
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
        yield from self.findings_of(batch)

    def findings_of(self, batch: Batch) -> Iterator[Finding]:
        """What is wrong with a file as a whole, by its counts."""
        return self._findings(run_rules(self._judge.on("batch"), batch), batch.path, None)

    def check_again(self, path: str, item: Item) -> Iterator[Finding]:
        """What the schema and the rules find in a readable item, without what is to be told of its form."""
        return self._findings(self._judge.problems(item), path, item)

    def irregular(self, irregularity: Irregularity, path: str, item: Item | None) -> Iterator[Finding]:
        for rule in self._judge.on(f"source:{irregularity.kind}"):
            found = run_rules((rule,), irregularity)
            if irregularity.more:
                found = [(each, with_more(problem, irregularity.more)) for each, problem in found]
            yield from self._findings(found, path, item, irregularity)

    def _findings(
        self, found: Iterable[Found], path: str, item: Item | None, irregularity: Irregularity | None = None
    ) -> Iterator[Finding]:
        holder = item if item is not None else irregularity
        index = holder.index if holder is not None else None
        custom_id = custom_id_of(item.value) if item is not None else None
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
