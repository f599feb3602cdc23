"""One run over one file or many: engine, places and reports put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from batchlint.batch import Batch
from batchlint.engine import Engine
from batchlint.locate import Locator
from batchlint.reports import Report
from batchlint.sources import Source, open_source
from batchlint.tally import Tally


class Run:
    """Lints files one after the other and gives what is found to the reports."""

    def __init__(self, engine: Engine, reports: Sequence[Report], stdin_filename: str | None = None) -> None:
        self._engine = engine
        self._reports = reports
        self._stdin_filename = stdin_filename
        self.tally = Tally()
        self.unreadable: list[tuple[str, OSError]] = []
        """Paths that could not be read, and why."""

    def check(self, paths: Iterable[str]) -> None:
        """Lints the files; what cannot be read is kept for the end, the others are still linted."""
        for path in paths:
            try:
                source = open_source(path, stdin_filename=self._stdin_filename)
            except OSError as error:
                self.unreadable.append((path, error))
                continue
            with source:
                self.check_source(source)

    def check_source(self, source: Source) -> None:
        """Lints one open file."""
        locator = Locator(source)
        for finding in self._engine.check(source, self._at_end):
            self.tally.add(finding)
            wanting = [report for report in self._reports if report.wants(finding)]
            if wanting:
                located = locator.locate(finding, with_frame=any(report.shows_frames for report in wanting))
                for report in wanting:
                    report.finding(located)
            for report in self._reports:
                if report not in wanting:
                    report.more(finding)

    def close(self) -> list[str]:
        """Writes what the reports still hold; returns what they had no place for, a line each."""
        notes = [report.close(self.tally) for report in self._reports]
        return [note for note in notes if note is not None]

    def _at_end(self, batch: Batch) -> None:
        self.tally.requests += batch.requests
        for report in self._reports:
            report.file(batch)
