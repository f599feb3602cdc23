"""One run over one file or many: engine, places and reports put together."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from batchlint.batch import Batch
from batchlint.engine import Engine
from batchlint.finding import Finding
from batchlint.reports import Report
from batchlint.reports.locate import Locator
from batchlint.reports.tally import Tally
from batchlint.rulebook import Rulebook
from batchlint.sources import ReadingFailed, Source, open_source, steady
from batchlint.sources.progress import Progress

Checks = Callable[[Source, Engine, Callable[[Batch], object]], Iterator[Finding]]
"""Finds what is wrong with a file by an engine, and tells of the batch at its end."""


class Run:
    """Lints files one after the other and gives what is found to the reports."""

    def __init__(
        self,
        rulebook_of: Callable[[str], Rulebook],
        reports: Sequence[Report],
        stdin_filename: str | None = None,
        progress: Progress | None = None,
        checks: Checks | None = None,
    ) -> None:
        """`checks` does the work of `Engine.check`, where the engine is not to do it by itself."""
        self._rulebook_of = rulebook_of
        self._reports = reports
        self._stdin_filename = stdin_filename
        self._progress = progress or Progress(wanted=False)
        self._checks = checks or self._check_here
        self.tally = Tally()
        self.unreadable: list[tuple[str, OSError]] = []
        """Paths that could not be read, and why."""

    def check(self, paths: Iterable[str]) -> None:
        """Lints the files; what cannot be read is kept for the end, the others are still linted."""
        files = list(paths)
        for number, path in enumerate(files, 1):
            try:
                source = open_source(path, stdin_filename=self._stdin_filename)
            except OSError as error:
                self.unreadable.append((path, error))
                continue
            try:
                with source, steady(source):
                    rulebook = self._rulebook_of(path)
                    rulebook.engine.ends_job = number == len(files)
                    self.check_source(source, rulebook)
            except ReadingFailed as error:
                self.unreadable.append((path, error))

    def check_source(self, source: Source, rulebook: Rulebook) -> None:
        """Lints one open file."""
        locator = Locator(source)
        source.most_item_bytes = rulebook.engine.max_item_bytes
        source.enough = rulebook.engine.enough
        for finding in self._checks(source, rulebook.engine, self._at_end):
            if rulebook.settings.silences(finding):
                continue
            if rulebook.baseline is not None and rulebook.baseline.accepts(finding):
                self.tally.accepted += finding.number
                continue
            self.tally.add(finding, strict=rulebook.strict)
            if finding.rule.ages:
                self.tally.depends_on_day(rulebook.settings.values["as-of"] or datetime.date.today())
            self._report(finding, locator)

    def _check_here(self, source: Source, engine: Engine, at_end: Callable[[Batch], object]) -> Iterator[Finding]:
        return engine.check(self._progress.watched(source), at_end)

    def close(self) -> list[str | None]:
        """Writes what the reports still hold; returns for each a line about what it had no place for, or None."""
        return [report.close(self.tally) for report in self._reports]

    def _report(self, finding: Finding, locator: Locator) -> None:
        wanting = [report for report in self._reports if report.wants(finding)]
        if wanting:
            located = locator.locate(
                finding,
                with_frame=any(report.shows_frames for report in wanting),
                with_fix=any(report.shows_fixes for report in wanting),
            )
            for report in wanting:
                report.finding(located)
        for report in self._reports:
            if report not in wanting:
                report.more(finding)

    def _at_end(self, batch: Batch) -> None:
        self.tally.requests += batch.requests
        for report in self._reports:
            report.file(batch)
