"""One finding a line, each an object as in the document of `--format json`; for pipes and for logs."""

from __future__ import annotations

from typing import TextIO

from batchlint.finding import LocatedFinding
from batchlint.reports import Look
from batchlint.reports.dumped import dumped
from batchlint.reports.every_finding import EveryFinding
from batchlint.reports.json import finding_object
from batchlint.reports.tally import Tally


class JsonLinesReport(EveryFinding):
    """Writes each finding as it comes; keeps nothing."""

    shows_fixes = True

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def finding(self, finding: LocatedFinding) -> None:
        self._stream.write(dumped(finding_object(finding)) + "\n")

    def close(self, tally: Tally) -> None:
        pass


def make(stream: TextIO, look: Look, api_version: str | None) -> JsonLinesReport:
    """The report of this format."""
    return JsonLinesReport(stream)
