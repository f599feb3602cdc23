"""JUnit XML: a test suite for each file, a failure for each error; a file without errors is a test that passed."""

from __future__ import annotations

import shutil
import tempfile
from typing import TextIO
from xml.sax.saxutils import escape

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding, pointer_text
from batchlint.reports import Look
from batchlint.reports.fingerprint import Fingerprints
from batchlint.reports.place import repository_path, shortened
from batchlint.reports.plain import plain
from batchlint.reports.quota import Quota
from batchlint.reports.tally import Tally

CHARACTERS = 25_000_000
"""GitLab reads 30 MB, and no more elements than `Quota` lets pass."""
LONGEST_NAME = 300
NO_CHARACTERS = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
"""What XML cannot hold, next to what `plain` writes out."""
QUOTED = {'"': "&quot;", "##": "&#35;#"}


class JunitReport:
    """Collects the tests of one file in a temporary file, since their number is before them."""

    shows_frames = False
    shows_fixes = False

    def __init__(self, stream: TextIO, root: str) -> None:
        self._stream = stream
        self._root = root
        self._quota = Quota(CHARACTERS)
        self._fingerprints = Fingerprints()
        self._cases = _spool()
        self._failures = self._warnings = 0
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="batchlint">\n')

    def wants(self, finding: Finding) -> bool:
        return self._quota.has_place(finding.severity)

    def finding(self, finding: LocatedFinding) -> None:
        text = self._case(finding)
        self._quota.take(finding.severity, len(text))
        self._cases.write(text)
        if finding.severity == "error":
            self._failures += 1
        else:
            self._warnings += 1

    def more(self, finding: Finding) -> None:
        self._quota.refuse(finding.lines)

    def file(self, batch: Batch) -> None:
        path = _quoted(repository_path(batch.path, self._root))
        if not self._failures:
            self._cases.write(f'  <testcase classname="{path}" name="{batch.requests} requests" file="{path}"/>\n')
        tests = max(self._failures, 1) + self._warnings
        self._stream.write(
            f' <testsuite name="{path}" tests="{tests}" failures="{self._failures}" errors="0" skipped="0">\n'
        )
        self._cases.seek(0)
        shutil.copyfileobj(self._cases, self._stream)
        self._stream.write(" </testsuite>\n")
        self._cases.close()
        self._cases = _spool()
        self._failures = self._warnings = 0

    def close(self, tally: Tally) -> str | None:
        note = None
        if self._quota.left_out:
            note = f"{self._quota.left_out:,} left out: readers of JUnit reports take no more findings"
            self._stream.write(
                ' <testsuite name="left out" tests="1" failures="0" errors="0" skipped="1">\n'
                f'  <testcase classname="batchlint" name="left out"><skipped message="{note}"/></testcase>\n'
                " </testsuite>\n"
            )
        self._stream.write("</testsuites>\n")
        self._cases.close()
        return note

    def _case(self, finding: LocatedFinding) -> str:
        path = _quoted(repository_path(finding.path, self._root))
        line = f' line="{finding.range.line}"' if finding.range else ""
        name = _quoted(_name(finding, self._fingerprints.of(finding)))
        message = _quoted(shortened(finding.message, 500))
        head = f'  <testcase classname="{path}" name="{name}" file="{path}"{line}>\n'
        text = _text(finding)
        if finding.severity == "warning":
            return f"{head}   <system-out>warning: {message}\n{text}</system-out>\n  </testcase>\n"
        return f'{head}   <failure message="{message}" type="{finding.rule.name}">{text}</failure>\n  </testcase>\n'


def _name(finding: LocatedFinding, fingerprint: str) -> str:
    """The same for the same mistake after lines have moved, and no name twice: GitLab drops the second."""
    who = "file" if finding.index is None else "request" if finding.custom_id is None else f'"{finding.custom_id}"'
    pointer = f" {pointer_text(finding.pointer)}" if finding.pointer else ""
    name = f"{finding.rule.name} {who}{pointer}"
    number = fingerprint.partition(":")[2]
    if len(name) > LONGEST_NAME:
        return f"{shortened(name, LONGEST_NAME)} {fingerprint}"
    return name if number == "1" else f"{name} ({number})"


def _text(finding: LocatedFinding) -> str:
    where = f":{finding.range.line}:{finding.range.column}" if finding.range else ""
    lines = [finding.path + where]
    if finding.api_error is not None:
        lines.append(f"The API answers: {finding.api_error}")
    if finding.help:
        lines.append(f"Help: {finding.help}")
    return "".join(_quoted(shortened(line, 500)) + "\n" for line in lines)


def _quoted(text: str) -> str:
    return escape(plain(text).translate(NO_CHARACTERS), QUOTED)


def _spool() -> tempfile.SpooledTemporaryFile[str]:
    return tempfile.SpooledTemporaryFile(1 << 20, "w+", encoding="utf-8", newline="")


def make(stream: TextIO, look: Look, api_version: str | None) -> JunitReport:
    """The report of this format."""
    return JunitReport(stream, look.root)
