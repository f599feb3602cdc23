"""The report for people: each finding with its piece of the line, identical ones as a group, the cost at the end."""

from __future__ import annotations

from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding
from batchlint.reports import Look
from batchlint.reports.closing import closing_lines
from batchlint.reports.groups import Groups, group_lines
from batchlint.reports.paint import Paint
from batchlint.tally import Tally


class FullReport:
    """Keeps the groups up to the limit, counts the rest, and writes all at the close."""

    shows_frames = True
    shows_fixes = True

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._paint = Paint(look.color)
        self._groups = Groups(look.max_findings)

    def wants(self, finding: Finding) -> bool:
        return self._groups.wants(finding)

    def finding(self, finding: LocatedFinding) -> None:
        self._groups.add(finding)

    def more(self, finding: Finding) -> None:
        self._groups.count(finding)

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        for group in self._groups:
            for line in group_lines(group, self._paint):
                self._stream.write(line + "\n")
            self._stream.write("\n")
        if self._groups.unshown:
            self._stream.write(
                f"... {self._groups.unshown:,} more findings of other kinds (--max-findings 0 shows all)\n\n"
            )
        if len(self._groups):
            for line in closing_lines(tally):
                self._stream.write(line + "\n")


def make(stream: TextIO, look: Look, api_version: str | None) -> FullReport:  # noqa: ARG001
    """The report of this format."""
    return FullReport(stream, look)
