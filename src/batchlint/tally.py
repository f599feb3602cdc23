"""Counts what a run found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from batchlint.finding import Finding


@dataclass(slots=True)
class Tally:
    """The counts of a run, which the reports close with and the exit code hangs on."""

    errors: int = 0
    warnings: int = 0
    failing: int = 0
    """Findings that make the run fail: errors, and warnings where they were asked to."""
    accepted: int = 0
    """Findings that a baseline accepts; nothing else counts them."""
    requests: int = 0
    failing_requests: int = 0
    """Requests with at least one error."""
    rules: Counter[str] = field(default_factory=Counter)
    impacts: Counter[str] = field(default_factory=Counter)
    """Errors by impact."""
    _last_failing: tuple[str, int] | None = None

    def add(self, finding: Finding, *, strict: bool = False) -> None:
        """Counts a finding; the findings of one request come one after the other."""
        self.rules[finding.rule.name] += 1
        if finding.severity == "warning":
            self.warnings += 1
            self.failing += strict
            return
        self.errors += 1
        self.failing += 1
        self.impacts[finding.impact] += 1
        if finding.index is not None and self._last_failing != (finding.path, finding.index):
            self._last_failing = (finding.path, finding.index)
            self.failing_requests += 1
