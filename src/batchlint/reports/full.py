"""The report for people: each finding with its piece of the line, identical ones as a group, the cost at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding, Shape, pointer_text, shape_of
from batchlint.plain import plain
from batchlint.reports import Look
from batchlint.reports.closing import closing_lines
from batchlint.reports.paint import Paint
from batchlint.tally import Tally

PLACES = 3
"""Places named for a group beside its first."""


@dataclass(slots=True)
class Group:
    """Findings of one shape in one file."""

    first: LocatedFinding
    findings: int = 0
    requests: int = 0
    others: list[str] = field(default_factory=list)
    last_index: int | None = None

    def count(self, index: int | None) -> None:
        """Counts one more finding of the group."""
        self.findings += 1
        if index is None or index != self.last_index:
            self.requests += 1
        self.last_index = index


class FullReport:
    """Keeps the groups up to the limit, counts the rest, and writes all at the close."""

    shows_frames = True

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._paint = Paint(look.color)
        self._limit = look.max_findings
        self._groups: dict[tuple[str, Shape], Group] = {}
        self._unshown = 0

    def wants(self, finding: Finding) -> bool:
        group = self._groups.get((finding.path, shape_of(finding.rule, finding.severity, finding.problem.pointer)))
        if group is None:
            return not self._limit or len(self._groups) < self._limit
        return len(group.others) < PLACES

    def finding(self, finding: LocatedFinding) -> None:
        key = (finding.path, shape_of(finding.rule, finding.severity, finding.pointer))
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(finding)
        else:
            group.others.append(_place(finding))
        group.count(finding.index)

    def more(self, finding: Finding) -> None:
        group = self._groups.get((finding.path, shape_of(finding.rule, finding.severity, finding.problem.pointer)))
        if group is None:
            self._unshown += 1
        else:
            group.count(finding.index)

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        for group in self._groups.values():
            for line in self._lines(group):
                self._stream.write(line + "\n")
            self._stream.write("\n")
        if self._unshown:
            self._stream.write(f"... {self._unshown:,} more findings of other kinds (--max-findings 0 shows all)\n\n")
        if self._groups:
            for line in closing_lines(tally):
                self._stream.write(line + "\n")

    def _lines(self, group: Group) -> Iterator[str]:
        finding = group.first
        title = self._paint.painted(f"{finding.severity}[{finding.rule.name}]", finding.severity)
        yield f"{title}: {self._paint.painted(plain(finding.message), 'bold')}"
        yield f" {self._paint.painted('-->', 'note')} {_place(finding)}{_whereabouts(finding)}"
        if finding.frame is not None:
            yield from self._paint.framed(finding.frame, finding.severity)
        if group.findings > 1:
            yield self._paint.noted(_extent(group))
        for related in finding.related:
            yield self._paint.noted(plain(f"{related.message}: {related.path}:{related.line}:{related.column}"))
        if finding.api_error is not None:
            yield self._paint.noted(f"the API answers: {plain(finding.api_error)}")
        if finding.help:
            yield self._paint.noted(f"help: {plain(finding.help)}")


def _place(finding: LocatedFinding) -> str:
    where = f":{finding.range.line}:{finding.range.column}" if finding.range else ""
    return plain(finding.path) + where


def _whereabouts(finding: LocatedFinding) -> str:
    parts = []
    if finding.index is not None:
        parts.append(f"request {finding.index}")
    if finding.custom_id is not None:
        parts.append(f'custom_id "{plain(finding.custom_id[:80])}"')
    if finding.pointer:
        parts.append(plain(pointer_text(finding.pointer)))
    return f"  ({', '.join(parts)})" if parts else ""


def _extent(group: Group) -> str:
    count = f"x {group.requests:,} requests" if group.requests > 1 else "in this request"
    if group.findings != group.requests:
        count += f" ({group.findings:,} places)"
    unnamed = group.findings - 1 - len(group.others)
    others = ", ".join(group.others) + (f" and {unnamed:,} more" if unnamed else "")
    return f"{count}, first at {_place(group.first)}; also at {others}"


def make(stream: TextIO, look: Look, api_version: str | None) -> FullReport:  # noqa: ARG001
    """The report of this format."""
    return FullReport(stream, look)
