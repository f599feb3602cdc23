"""One finding a line: `path:line:column: error[rule] message`."""

from __future__ import annotations

from typing import TextIO

from batchlint.finding import LocatedFinding
from batchlint.reports import Look
from batchlint.reports.every_finding import EveryFinding
from batchlint.reports.plain import plain
from batchlint.reports.tally import Tally


class ConciseReport(EveryFinding):
    """Writes each finding as it comes: all of them, since programs count them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def finding(self, finding: LocatedFinding) -> None:
        where = f":{finding.range.line}:{finding.range.column}" if finding.range else ""
        line = f"{finding.path}{where}: {finding.severity}[{finding.rule.name}] {finding.message}"
        self._stream.write(plain(line) + "\n")

    def close(self, tally: Tally) -> None:
        pass


def make(stream: TextIO, look: Look, api_version: str | None) -> ConciseReport:
    """The report of this format."""
    return ConciseReport(stream)
