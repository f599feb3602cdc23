"""The report for people: each finding with its piece of the line, identical ones as a group, the cost at the end."""

from __future__ import annotations

from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding
from batchlint.reports import Look
from batchlint.reports.groups import Groups
from batchlint.reports.tally import Tally


class FullReport:
    """Keeps the groups up to the limit, counts the rest, and writes all at the close."""

    shows_frames = True
    shows_fixes = True

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._screen = look.screen
        self._groups = Groups(look.max_findings)
        self._requests: dict[str, int] = {}
        """Of each file."""

    def wants(self, finding: Finding) -> bool:
        return self._groups.wants(finding)

    def finding(self, finding: LocatedFinding) -> None:
        self._groups.add(finding)

    def more(self, finding: Finding) -> None:
        self._groups.count(finding)

    def file(self, batch: Batch) -> None:
        self._requests[batch.path] = batch.requests

    def close(self, tally: Tally) -> None:
        if not len(self._groups):
            return
        from batchlint.reports.full_text import report_lines

        for line in report_lines(self._groups, self._requests, tally, self._screen):
            self._stream.write(line + "\n")


def make(stream: TextIO, look: Look, api_version: str | None) -> FullReport:
    """The report of this format."""
    return FullReport(stream, look)
