"""How much a consumer takes of a report; errors have their place whatever number of warnings comes before them."""

from __future__ import annotations

from batchlint.rule import Severity

ERRORS, WARNINGS = 20_000, 5_000
"""Together the 25,000 results that GitHub takes in an upload, and within what GitLab parses of a JUnit report."""


class Quota:
    """Counts what is written, and what had to be left out; four fifths of all are for errors."""

    def __init__(self, size: int, errors: int = ERRORS, warnings: int = WARNINGS) -> None:
        self._findings = {"error": errors, "warning": warnings}
        self._size = {"error": size * 4 // 5, "warning": size // 5}
        self.left_out = 0

    def has_place(self, severity: Severity) -> bool:
        """Whether one more finding of that severity may come."""
        return self._findings[severity] > 0 and self._size[severity] > 0

    def take(self, severity: Severity, size: int) -> None:
        """Counts a finding that is written, and its size."""
        self._findings[severity] -= 1
        self._size[severity] -= size

    def refuse(self, findings: int = 1) -> None:
        """Counts findings that had no place."""
        self.left_out += findings
