"""The report of `--statistics`: how often each rule found something, in place of the findings."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding
from batchlint.reports import Look
from batchlint.reports.tally import Tally
from batchlint.rule import Rule, Severity


class StatisticsReport:
    """Counts findings by rule and severity, and writes a table at the close."""

    shows_frames = False
    shows_fixes = False

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._screen = look.screen
        self._counts: Counter[tuple[str, Severity]] = Counter()
        self._rules: dict[str, Rule] = {}

    def wants(self, finding: Finding) -> bool:
        return False

    def finding(self, finding: LocatedFinding) -> None:
        pass

    def more(self, finding: Finding) -> None:
        self._counts[finding.rule.name, finding.severity] += 1 + finding.problem.more
        self._rules[finding.rule.name] = finding.rule

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        if not self._counts:
            return
        from batchlint.reports.full_text import closing_text
        from batchlint.terminal.paint import Paint
        from batchlint.terminal.table import TextColumn, laid_out

        paint = Paint(self._screen)
        columns = (
            TextColumn("findings", right=True),
            TextColumn("rule"),
            TextColumn("severity", rank=1),
            TextColumn("what it finds", prose=True, rank=2),
        )
        ordered = sorted(self._counts.items(), key=lambda each: (-each[1], each[0]))
        rows = [[f"{count:,}", name, severity, self._rules[name].summary] for (name, severity), count in ordered]
        for line in (*laid_out(columns, rows, paint).lines, "", *closing_text(tally, paint)):
            self._stream.write(line + "\n")


def make(stream: TextIO, look: Look, api_version: str | None) -> StatisticsReport:
    """The report of this format."""
    return StatisticsReport(stream, look)
