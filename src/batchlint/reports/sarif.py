"""SARIF 2.1.0, as code scanning and editors read it: errors first, and no more than GitHub takes in an upload."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from typing import Any, TextIO

from batchlint import __version__, resources
from batchlint.batch import Batch
from batchlint.edits import Safety
from batchlint.finding import Finding, LocatedEdit, LocatedFinding, Range, pointer_text
from batchlint.reports import Look
from batchlint.reports.dumped import dumped
from batchlint.reports.fingerprint import Fingerprints
from batchlint.reports.message import whole_message
from batchlint.reports.place import shortened, uri
from batchlint.reports.quota import Quota
from batchlint.reports.tally import Tally
from batchlint.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
COMPRESSED_BYTES = 9_000_000
"""GitHub takes 10 MB, compressed with gzip."""


class SarifReport:
    """Writes errors as they come; warnings wait in a temporary file until the last error is known."""

    shows_frames = False
    shows_fixes = True

    def __init__(self, stream: TextIO, root: str) -> None:
        self._stream = stream
        self._root = root
        self._quota = Quota(COMPRESSED_BYTES)
        self._compressor = zlib.compressobj(1)
        self._fingerprints = Fingerprints()
        self._rules: dict[str, tuple[int, Rule]] = {}
        self._warnings = tempfile.SpooledTemporaryFile(1 << 20, "w+", encoding="ascii")  # noqa: SIM115
        self._separators = {"error": "\n  ", "warning": ""}
        head = dumped({"$schema": SCHEMA, "version": "2.1.0"})
        stream.write(f'{head[:-1]}, "runs": [{{\n "results": [')

    def wants(self, finding: Finding) -> bool:
        return self._quota.has_place(finding.severity)

    def finding(self, finding: LocatedFinding) -> None:
        text = dumped(self._result(finding))
        self._quota.take(finding.severity, len(self._compressor.compress(text.encode("ascii"))))
        to = self._stream if finding.severity == "error" else self._warnings
        to.write(self._separators[finding.severity] + text)
        self._separators[finding.severity] = ",\n  "

    def more(self, finding: Finding) -> None:
        self._quota.refuse(finding.lines)

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> str | None:
        if self._separators["warning"]:
            self._stream.write(self._separators["error"])
        self._warnings.seek(0)
        shutil.copyfileobj(self._warnings, self._stream)
        self._warnings.close()
        note = None
        if self._quota.left_out:
            note = f"{self._quota.left_out:,} left out: GitHub takes no more findings in an upload"
        rest = {
            "tool": {"driver": self._driver()},
            "columnKind": "unicodeCodePoints",
            "invocations": [_invocation(note)],
        }
        self._stream.write(f"],\n {dumped(rest)[1:]}]}}\n")
        return note

    def _result(self, finding: LocatedFinding) -> dict[str, Any]:
        fingerprint = self._fingerprints.of(finding)
        rule_index, _ = self._rules.setdefault(finding.rule.name, (len(self._rules), finding.rule))
        result = {
            "ruleId": finding.rule.name,
            "ruleIndex": rule_index,
            "level": finding.severity,
            "message": {"text": _unlinked(whole_message(finding))},
            "locations": [_location(finding, self._root)],
            # GitHub follows a finding from commit to commit by the first; the second is named as what it is.
            "partialFingerprints": {"primaryLocationLineHash": fingerprint, "batchlintFinding/v1": fingerprint},
            "properties": {
                "impact": finding.impact,
                "pointer": None if finding.pointer is None else shortened(pointer_text(finding.pointer)),
                "index": finding.index,
                "custom_id": None if finding.custom_id is None else shortened(finding.custom_id),
                "api_error": finding.api_error,
            },
        }
        if finding.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": _unlinked(related.message)},
                    "physicalLocation": {
                        "artifactLocation": {"uri": uri(related.path, self._root)},
                        "region": {"startLine": related.line, "startColumn": related.column},
                    },
                }
                for number, related in enumerate(finding.related[:100])
            ]
        if finding.fix is not None and finding.fix.edits:
            result["fixes"] = [_fix(finding, finding.fix.safety, finding.fix.edits, self._root)]
        return result

    def _driver(self) -> dict[str, Any]:
        driver: dict[str, Any] = {"name": "batchlint", "version": __version__, "semanticVersion": __version__}
        if resources.HOME:
            driver["informationUri"] = resources.HOME
        return driver | {"rules": [_descriptor(rule) for _, rule in self._rules.values()]}


def _unlinked(text: str) -> str:
    """A message in which a viewer sees no link: SARIF has them in plain text, as `[text](target)`."""
    return shortened(text, 4000).replace("](", "] (")


def _fix(finding: LocatedFinding, safety: Safety, edits: tuple[LocatedEdit, ...], root: str) -> dict[str, Any]:
    text = finding.help if safety == "safe" else f"{finding.help} (the request comes to mean or cost something else)"
    replacements = [
        {"deletedRegion": _region(edit.range), "insertedContent": {"text": edit.text}}
        if edit.text
        else {"deletedRegion": _region(edit.range)}
        for edit in edits
    ]
    changes = {"artifactLocation": {"uri": uri(finding.path, root)}, "replacements": replacements}
    return {"description": {"text": _unlinked(text)}, "artifactChanges": [changes]}


def _region(where: Range) -> dict[str, int]:
    return {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }


def _location(finding: LocatedFinding, root: str) -> dict[str, Any]:
    where = finding.range
    region = {"startLine": 1}  # GitHub shows no finding without one
    if where is not None:
        region = _region(where)
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": uri(finding.path, root)}, "region": region}
    }
    if finding.pointer is not None and finding.index is not None:
        location["logicalLocations"] = [
            {"fullyQualifiedName": shortened(f"/{finding.index}{pointer_text(finding.pointer)}"), "kind": "member"}
        ]
    return location


def _descriptor(rule: Rule) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {
            "impact": rule.impact,
            "since": rule.since,
            "source": rule.source,
            "tags": ["correctness" if rule.severity == "error" else "maintainability"],
            "precision": "very-high" if rule.severity == "error" else "high",
            "problem.severity": rule.severity,
        },
    }
    url = resources.rule_url(rule.name)
    return descriptor | ({"helpUri": url} if url else {})


def _invocation(note: str | None) -> dict[str, Any]:
    if note is None:
        return {"executionSuccessful": True}
    notification = {"level": "warning", "message": {"text": note}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notification]}


def make(stream: TextIO, look: Look, api_version: str | None) -> SarifReport:
    """The report of this format."""
    return SarifReport(stream, look.root)
