"""Findings as an editor shows them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from batchlint.finding import LocatedFinding, Range
from batchlint.lsp.checking import Checked
from batchlint.resources import rule_url

MOST = 2_000
"""Findings of a document that are shown; editors grow slow with more."""
SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}
START = types.Range(types.Position(0, 0), types.Position(0, 0))


class Shown(NamedTuple):
    """A finding, and what the editor shows of it."""

    finding: LocatedFinding
    diagnostic: types.Diagnostic


class EditorText:
    """The lines of a document, whose columns editors count in UTF-16."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def range_of(self, place: Range | None) -> types.Range:
        """A place as the protocol has it: lines and columns from 0; what concerns the whole file is at its start."""
        if place is None:
            return START
        return types.Range(self._position(place.line, place.column), self._position(place.end_line, place.end_column))

    def _position(self, line: int, column: int) -> types.Position:
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        before = text[: column - 1]
        wide = 0 if before.isascii() else sum(character > "\uffff" for character in before)
        return types.Position(line - 1, column - 1 + wide)


def shown(checked: Checked, text: str) -> list[Shown]:
    """The findings of a document as diagnostics; the last one says how many more there are."""
    lines = EditorText(text)
    result = [Shown(finding, diagnostic_of(finding, lines)) for finding in checked.findings]
    if checked.more:
        result[-1].diagnostic.message += f"\n{checked.more:,} more findings are not shown"
    return result


def diagnostic_of(finding: LocatedFinding, lines: EditorText) -> types.Diagnostic:
    """A finding as the protocol has it."""
    url = rule_url(finding.rule.name)
    return types.Diagnostic(
        range=lines.range_of(finding.range),
        severity=SEVERITIES[finding.severity],
        code=finding.rule.name,
        code_description=types.CodeDescription(href=url) if url else None,
        source="batchlint",
        message=message_of(finding),
        related_information=[_related(place.path, place.line, place.column, place.message) for place in finding.related]
        or None,
    )


def message_of(finding: LocatedFinding) -> str:
    """What is wrong, what the API answers, and what to change, a line each."""
    lines = [finding.message]
    if finding.more:
        lines[0] += f" (and {finding.more:,} more of this kind in this request)"
    if finding.api_error is not None:
        lines.append(f"the API answers: {finding.api_error}")
    if finding.help:
        lines.append(f"help: {finding.help}")
    return "\n".join(lines)


def _related(path: str, line: int, column: int, message: str) -> types.DiagnosticRelatedInformation:
    position = types.Position(line - 1, column - 1)
    return types.DiagnosticRelatedInformation(
        types.Location(Path(path).resolve().as_uri(), types.Range(position, position)), message
    )
