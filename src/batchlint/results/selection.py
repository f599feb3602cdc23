"""Requests that were chosen out of the sources: written as a batch of their own, and linted as that."""

from __future__ import annotations

from array import array

from batchlint.config.settings import Settings
from batchlint.engine import Engine
from batchlint.finding import Finding
from batchlint.reports import Report
from batchlint.reports.locate import Locator
from batchlint.reports.tally import Tally
from batchlint.results.framing import FRAMINGS
from batchlint.results.output_files import Draft
from batchlint.results.requests import Requests
from batchlint.sources import open_source


class Selection:
    """Requests by number, in the order of the sources."""

    def __init__(self, requests: Requests, numbers: array[int]) -> None:
        self._requests = requests
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def write(self, draft: Draft, container: str) -> None:
        """Writes the requests, byte for byte, into a container."""
        FRAMINGS[container].write(map(self._requests.raw, self.numbers), draft.write)
        draft.finish()

    def lint(self, draft: Draft, settings: Settings, report: Report) -> Tally:
        """Gives the report what the API would refuse of the batch that was written, at its places in the sources."""
        tally = Tally()
        engine = Engine(settings.options, settings.rules, settings.severities)
        locators = [Locator(source) for source in self._requests.sources]
        with open_source(str(draft.path)) as written:
            for finding in engine.check(written):
                if finding.severity != "error" or settings.silences(finding):
                    continue
                tally.add(finding)
                if not report.wants(finding):
                    report.more(finding)
                elif finding.index is None:
                    located = Locator(written).locate(finding, with_frame=False)
                    report.finding(located._replace(path=str(draft.final), range=None))
                else:
                    number = self.numbers[finding.index]
                    locator = locators[self._requests.place(number).source]
                    report.finding(locator.locate(self._in_source(finding, number), with_frame=True))
        tally.requests = len(self)
        return tally

    def _in_source(self, finding: Finding, number: int) -> Finding:
        item = self._requests.item(number)
        path = self._requests.sources[self._requests.place(number).source].path
        problem = finding.problem._replace(pointer=finding.problem.pointer or (), related=())
        return finding._replace(path=path, index=item.index, item=item.stretch, irregularity=None, problem=problem)
