"""Checks every item of a file by the schema and the rules, and yields what they find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from batchlint.batch import Batch, Job
from batchlint.dialects.adapter import OWN_ADAPTER, Adapter, adapter_of
from batchlint.dialects.detecting import irregularities_of, platform_of
from batchlint.engine.arrangement import with_more
from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.judge import Judge, run_rules
from batchlint.finding import Finding, custom_id_of
from batchlint.options import Options
from batchlint.rule import Found, Rule, Severity
from batchlint.sources.item import UNREADABLE, Irregularity, Item
from batchlint.sources.reader import BrokenLines, ItemSource, SkippedRun

if TYPE_CHECKING:
    from batchlint.engine.usual import UsualJudge
    from batchlint.facts.platform import Platform

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


class Judges:
    """The judges of files of one dialect, each made when a file needs it."""

    def __init__(self, options: Options, rules: Collection[Rule], custom_ids: CustomIds) -> None:
        self._made_of = options, rules, custom_ids

    @cached_property
    def plain(self) -> Judge:
        """Judges one request after the other."""
        return Judge(*self._made_of)

    @cached_property
    def fastest(self) -> UsualJudge:
        """Finds the same in a large file."""
        from batchlint.engine.scanning import fastest_judge

        return fastest_judge(*self._made_of)


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
        self._judges: dict[str | None, Judges] = {}
        self._adapter: Adapter = OWN_ADAPTER
        self._platform: Platform | None = None
        self._source: ItemSource | None = None
        self._judge = self._judges_for(None).plain
        self._said: set[tuple[str, str]] = set()
        self._job = Job()
        self.ends_job = True
        """Whether the file that is being checked is the last one of the run."""

        self.enough: int | None = None
        """Broken lines of a kind that are reported one by one; further ones are counted. None: all are reported."""

    @property
    def max_item_bytes(self) -> int | None:
        """Bytes of the largest item that is to be decoded."""
        return self._options.max_item_bytes

    def __reduce__(self) -> tuple[Any, ...]:
        return Engine, (self._options, self._rules, self._severities), {"enough": self.enough}

    def _judges_for(self, platform: Platform | None) -> Judges:
        """The judges of files that are for a platform; None: for the Claude API."""
        key = platform and platform.key
        if key not in self._judges:
            silent = platform.silent if platform is not None else ()
            rules = [rule for rule in self._rules if rule.name not in silent]
            self._judges[key] = Judges(self._options.on(platform), rules, self.custom_ids)
        return self._judges[key]

    def begin_file(self, source: ItemSource) -> None:
        """What is checked from here on belongs to this file."""
        platform = platform_of(source, self._options.dialect)
        self._adapter = adapter_of(platform and platform.key)
        self._judge = self._judges_for(platform).plain
        self._platform = platform
        self._source = source
        self._said.clear()
        self.custom_ids.begin_file(source.path, self._adapter.id)

    def _judge_for(self, source: ItemSource) -> Judge:
        """The plain judge; in a large file the one that judges usual requests once, which finds the same."""
        return self._judge if source.size < USUAL_FROM else self._judges_for(self._platform).fastest

    def check(self, source: ItemSource, at_end: Callable[[Batch], object] = id) -> Iterator[Finding]:
        """The problems of a file, in the order of the file; what concerns it as a whole comes last.

        `at_end` is given the counts of the file once they are known.
        """
        self.begin_file(source)
        counts = yield from self.check_items(source)
        yield from self.check_batch(source, counts, at_end)

    def check_items(self, source: ItemSource) -> Generator[Finding, None, Counts]:
        """The problems of the items of a file, or of a part of one; returns how much there is of them."""
        path = source.path
        judge = self._judge_for(source)
        adapter = self._adapter
        requests = item_bytes = irregularities = 0
        for item in source.items(judge.reader):
            if isinstance(item, SkippedRun):
                self.custom_ids.add_new(item.custom_ids, item.places, requests)
                requests += item.requests
                item_bytes += item.size
                continue
            if isinstance(item, BrokenLines):
                for irregularity in item.irregularities(requests):
                    yield from self.irregular(irregularity, path, None)
                requests += item.lines
                item_bytes += item.size
                continue
            if isinstance(item, Irregularity):
                irregularities += 1
                yield from self.irregular(item, path, None)
                continue
            if adapter.changes:
                item = adapter.adapted(item)
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
        """The problems of a file as a whole."""
        requests, item_bytes, irregularities = counts
        path, size = source.path, source.size
        if self._platform is not None:
            self._job = self._job.with_file(requests, size)
        job = self._job if self._options.whole_job and self.ends_job else None
        batch = Batch(path, source.container, requests, size, item_bytes, irregularities > 0, self._judge.options, job)
        at_end(batch)
        yield from self.findings_of(batch)

    def findings_of(self, batch: Batch) -> Iterator[Finding]:
        """The problems of a file as a whole, by its counts."""
        return self._findings(run_rules(self._judge.on("batch"), batch), batch.path, None)

    def check_again(self, path: str, item: Item) -> Iterator[Finding]:
        """What the schema and the rules find in a readable item, without what is to be told of its form."""
        item = self._adapter.adapted(item)
        return self._findings(self._judge.problems(item), path, item)

    def irregular(self, irregularity: Irregularity, path: str, item: Item | None) -> Iterator[Finding]:
        if item is None and irregularity.kind in irregularities_of(self._source):
            return
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
            if self._adapter.changes:
                problem = self._adapter.translated(rule, problem, of_form=irregularity is not None)
            finding = Finding(
                rule=rule,
                severity=self._severities.get(rule.name) or problem.severity or rule.severity,
                impact=problem.impact or rule.impact,
                problem=problem,
                path=path,
                index=index,
                custom_id=custom_id,
                item=stretch,
                irregularity=irregularity,
                lines=1 if irregularity is None else irregularity.lines,
            )
            if not problem.once or self.is_new(finding):
                yield finding

    def is_new(self, finding: Finding) -> bool:
        """Whether a finding is to be shown: what is said once a file was not said in it before."""
        problem = finding.problem
        if not problem.once:
            return True
        words = (finding.rule.name, problem.message)
        is_new = words not in self._said
        self._said.add(words)
        return is_new
