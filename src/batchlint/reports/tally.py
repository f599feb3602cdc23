"""Counts what a run found."""

from __future__ import annotations

import datetime
from collections import Counter

from batchlint.finding import Finding


class Tally:
    """The counts of a run, with which the reports close, and on which the exit code depends."""

    def __init__(self) -> None:
        self.errors = 0
        self.warnings = 0
        self.failing = 0
        """Findings that make the run fail: errors, and warnings where they were asked to."""
        self.accepted = 0
        """Findings that a baseline accepts; nothing else counts them."""
        self.requests = 0
        self.failing_requests = 0
        """Requests with at least one error."""
        self.rules: Counter[str] = Counter()
        self.impacts: Counter[str] = Counter()
        """Errors by impact."""
        self.judged_for: datetime.date | None = None
        """The latest day of submission for which something was found that depends on facts that go out of date."""
        self._last_failing: tuple[str, int] | None = None

    def depends_on_day(self, day: datetime.date) -> None:
        """Notes that a finding depends on facts that go out of date, and for which day."""
        self.judged_for = day if self.judged_for is None else max(day, self.judged_for)

    def add(self, finding: Finding, *, strict: bool = False) -> None:
        """Counts a finding; the findings of one request come one after the other."""
        count = finding.number
        self.rules[finding.rule.name] += count
        if finding.severity == "warning":
            self.warnings += count
            self.failing += count * strict
            return
        self.errors += count
        self.failing += count
        self.impacts[finding.impact] += count
        if finding.index is not None and self._last_failing != (finding.path, finding.index):
            self._last_failing = (finding.path, finding.index)
            self.failing_requests += finding.lines

    def add_all(self, other: Tally) -> None:
        """Adds what was found in other files."""
        for name in ("errors", "warnings", "failing", "accepted", "requests", "failing_requests"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rules.update(other.rules)
        self.impacts.update(other.impacts)
        if other.judged_for is not None:
            self.depends_on_day(other.judged_for)
