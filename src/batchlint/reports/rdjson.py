"""Reviewdog's Diagnostic Format: findings in a pull request, with safe fixes as suggestions that a click commits."""

from __future__ import annotations

from typing import Any, TextIO

from batchlint import resources
from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding, Range
from batchlint.reports import Look
from batchlint.reports.dumped import dumped
from batchlint.reports.place import repository_path, shortened
from batchlint.reports.tally import Tally


class RdjsonReport:
    """Writes each finding as it comes, one a line inside the document."""

    shows_frames = False
    shows_fixes = True

    def __init__(self, stream: TextIO, root: str) -> None:
        self._stream = stream
        self._root = root
        self._separator = "\n "
        source = {"name": "batchlint"} | ({"url": resources.HOME} if resources.HOME else {})
        stream.write(f'{{"source": {dumped(source)},\n"diagnostics": [')

    def wants(self, finding: Finding) -> bool:
        return True

    def finding(self, finding: LocatedFinding) -> None:
        self._stream.write(self._separator + dumped(self._diagnostic(finding)))
        self._separator = ",\n "

    def more(self, finding: Finding) -> None:
        pass

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        self._stream.write("]}\n")

    def _diagnostic(self, finding: LocatedFinding) -> dict[str, Any]:
        code = {"value": finding.rule.name}
        url = resources.rule_url(finding.rule.name)
        location: dict[str, Any] = {"path": repository_path(finding.path, self._root)}
        if finding.range is not None:
            location["range"] = _range(finding.range)
        diagnostic: dict[str, Any] = {
            "message": _message(finding),
            "location": location,
            "severity": finding.severity.upper(),
            "code": code | ({"url": url} if url else {}),
        }
        return diagnostic | {"suggestions": suggestions} if (suggestions := _suggestions(finding)) else diagnostic


def _suggestions(finding: LocatedFinding) -> list[dict[str, Any]]:
    """The fix, if it is safe and of one place: two suggestions would be taken for two ways to mend it."""
    fix = finding.fix
    if fix is None or fix.safety == "unsafe" or fix.edits is None or len(fix.edits) > 1:
        return []
    return [{"range": _range(edit.range), "text": edit.text} for edit in fix.edits]


def _range(where: Range) -> dict[str, Any]:
    """A range as this format has it: columns count bytes of UTF-8, from 1."""
    return {
        "start": {"line": where.line, "column": where.byte_column},
        "end": {"line": where.end_line, "column": where.end_byte_column},
    }


def _message(finding: LocatedFinding) -> str:
    parts = [finding.message]
    if finding.api_error is not None:
        parts.append(f"The API answers: {finding.api_error}")
    if finding.help:
        parts.append(f"Help: {finding.help}")
    return shortened("\n".join(parts), 4000)


def make(stream: TextIO, look: Look, api_version: str | None) -> RdjsonReport:
    """The report of this format."""
    return RdjsonReport(stream, look.root)
