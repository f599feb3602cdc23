"""One finding a line: `path:line:column: error[rule] message`."""

from __future__ import annotations

from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding
from batchlint.reports import Look
from batchlint.reports.plain import plain
from batchlint.reports.tally import Tally


class ConciseReport:
    """Writes each finding as it comes: all of them, since programs count them."""

    shows_frames = False
    shows_fixes = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def wants(self, finding: Finding) -> bool:
        return True

    def finding(self, finding: LocatedFinding) -> None:
        where = f":{finding.range.line}:{finding.range.column}" if finding.range else ""
        line = f"{finding.path}{where}: {finding.severity}[{finding.rule.name}] {finding.message}"
        self._stream.write(plain(line) + "\n")

    def more(self, finding: Finding) -> None:
        pass

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        pass


def make(stream: TextIO, look: Look, api_version: str | None) -> ConciseReport:
    """The report of this format."""
    return ConciseReport(stream)
