"""One JSON document, described by `schemas/findings.schema.json`; written as the findings come, in flat memory."""

from __future__ import annotations

from typing import Any, TextIO

from batchlint import __version__
from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding, LocatedFix, pointer_text
from batchlint.reports import Look
from batchlint.reports.dumped import dumped
from batchlint.reports.tally import Tally
from batchlint.resources import rule_url
from batchlint.schema import sdk_version


class JsonReport:
    """Writes the findings one a line inside the document, then the files and the summary."""

    shows_frames = False
    shows_fixes = True

    def __init__(self, stream: TextIO, api_version: str | None) -> None:
        self._stream = stream
        self._files: list[dict[str, Any]] = []
        self._separator = "\n  "
        head = {"api_version": api_version, "sdk": sdk_version()}
        stream.write(f'{{"batchlint": {dumped(__version__)}, "schema": {dumped(head)},\n "findings": [')

    def wants(self, finding: Finding) -> bool:
        return True

    def finding(self, finding: LocatedFinding) -> None:
        self._stream.write(self._separator + dumped(finding_object(finding)))
        self._separator = ",\n  "

    def more(self, finding: Finding) -> None:
        pass

    def file(self, batch: Batch) -> None:
        self._files.append(
            {
                "path": batch.path,
                "container": batch.container,
                "requests": batch.requests,
                "bytes": batch.file_bytes,
                "tokens": None,
            }
        )

    def close(self, tally: Tally) -> None:
        summary = {
            "errors": tally.errors,
            "warnings": tally.warnings,
            "requests": tally.requests,
            "failing_requests": tally.failing_requests,
            "rules": dict(sorted(tally.rules.items())),
        }
        self._stream.write(f'],\n "files": {dumped(self._files)},\n "summary": {dumped(summary)}}}\n')


def finding_object(finding: LocatedFinding) -> dict[str, Any]:
    """A finding as the JSON document holds it."""
    where = finding.range
    return {
        "rule": finding.rule.name,
        "severity": finding.severity,
        "impact": finding.impact,
        "message": finding.message,
        "help": finding.help,
        "url": rule_url(finding.rule.name),
        "path": finding.path,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "end_line": where.end_line if where else None,
        "end_column": where.end_column if where else None,
        "offset": where.offset if where else None,
        "end_offset": where.end_offset if where else None,
        "index": finding.index,
        "custom_id": finding.custom_id,
        "pointer": None if finding.pointer is None else pointer_text(finding.pointer),
        "api_error": finding.api_error,
        "related": [place._asdict() for place in finding.related],
        "more": finding.more,
        "fix": fix_object(finding.fix),
    }


def fix_object(fix: LocatedFix | None) -> dict[str, Any] | None:
    """The fix for a finding, as the JSON document holds it; null where there is nothing, or it is too long to show."""
    if fix is None or fix.edits is None:
        return None
    edits = [
        {"offset": edit.range.offset, "end_offset": edit.range.end_offset, "text": edit.text} for edit in fix.edits
    ]
    return {"safety": fix.safety, "edits": edits}


def make(stream: TextIO, look: Look, api_version: str | None) -> JsonReport:
    """The report of this format."""
    return JsonReport(stream, api_version)
