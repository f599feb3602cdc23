"""GitLab's Code Quality report: one JSON array, written as the findings come."""

from __future__ import annotations

from typing import Any, TextIO

from batchlint.finding import LocatedFinding
from batchlint.reports import Look
from batchlint.reports.dumped import dumped
from batchlint.reports.every_finding import EveryFinding
from batchlint.reports.fingerprint import Fingerprints
from batchlint.reports.place import repository_path, shortened
from batchlint.reports.tally import Tally


class GitlabReport(EveryFinding):
    """Writes every finding; GitLab wants a fingerprint of its own for each, so the fingerprints are kept."""

    def __init__(self, stream: TextIO, root: str) -> None:
        self._stream = stream
        self._root = root
        self._fingerprints = Fingerprints()
        self._separator = "\n "
        stream.write("[")

    def finding(self, finding: LocatedFinding) -> None:
        self._stream.write(self._separator + dumped(self._issue(finding)))
        self._separator = ",\n "

    def close(self, tally: Tally) -> None:
        self._stream.write("\n]\n" if self._separator == ",\n " else "]\n")

    def _issue(self, finding: LocatedFinding) -> dict[str, Any]:
        help_ = f" ({finding.help})" if finding.help else ""
        where = finding.range
        lines = {"begin": where.line, "end": where.end_line} if where else {"begin": 1}
        return {
            "type": "issue",
            "check_name": finding.rule.name,
            "description": shortened(finding.message + help_, 500),
            "categories": ["Bug Risk"],
            "severity": severity(finding),
            "fingerprint": self._fingerprints.of(finding),
            "location": {"path": repository_path(finding.path, self._root), "lines": lines},
        }


def severity(finding: LocatedFinding) -> str:
    """In GitLab's words: a batch that is refused blocks, a request that fails is critical."""
    if finding.severity == "warning":
        return "minor"
    return "blocker" if finding.impact == "batch" else "critical"


def make(stream: TextIO, look: Look, api_version: str | None) -> GitlabReport:
    """The report of this format."""
    return GitlabReport(stream, look.root)
