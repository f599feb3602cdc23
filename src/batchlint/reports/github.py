"""Annotations in a pull request: GitHub's workflow commands, no more of them than GitHub shows of one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding, Shape, shape_of
from batchlint.reports import Look
from batchlint.reports.place import repository_path, shortened
from batchlint.reports.plain import plain
from batchlint.reports.tally import Tally
from batchlint.rule import Severity

LIMIT = 10
"""Annotations of one level that GitHub shows of a step; it drops the others without a word."""


@dataclass(slots=True)
class Level:
    """The findings of one severity that may be shown: the first of each shape, and others to fill up with."""

    firsts: list[tuple[int, LocatedFinding]] = field(default_factory=list)
    others: list[tuple[int, LocatedFinding]] = field(default_factory=list)
    shapes: set[Shape] = field(default_factory=set)
    count: int = 0

    def chosen(self) -> list[LocatedFinding]:
        """As many as GitHub shows, in the order in which they came."""
        kept = sorted((self.firsts + self.others)[:LIMIT], key=lambda each: each[0])
        return [finding for _, finding in kept]


class GithubReport:
    """Keeps ten findings of each level, of different kinds where there are, and writes errors first at the close."""

    shows_frames = False
    shows_fixes = False

    def __init__(self, stream: TextIO, root: str) -> None:
        self._stream = stream
        self._root = root
        self._levels: dict[Severity, Level] = {"error": Level(), "warning": Level()}

    def wants(self, finding: Finding) -> bool:
        level = self._levels[finding.severity]
        if len(level.firsts) >= LIMIT:
            return False
        return (
            len(level.others) < LIMIT or shape_of(finding.rule, finding.severity, _pointer(finding)) not in level.shapes
        )

    def finding(self, finding: LocatedFinding) -> None:
        level = self._levels[finding.severity]
        shape = shape_of(finding.rule, finding.severity, finding.pointer)
        kept = level.others if shape in level.shapes else level.firsts
        kept.append((level.count, finding))
        level.shapes.add(shape)
        level.count += 1 + finding.more

    def more(self, finding: Finding) -> None:
        self._levels[finding.severity].count += 1 + finding.problem.more

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        for severity, level in self._levels.items():
            chosen = level.chosen()
            for number, finding in enumerate(chosen, 1):
                unshown = level.count - len(chosen) if number == len(chosen) else 0
                self._stream.write(self._command(finding, unshown, severity) + "\n")

    def _command(self, finding: LocatedFinding, unshown: int, severity: Severity) -> str:
        path = repository_path(finding.path, self._root)
        properties = {"file": path}
        place = path
        if finding.range is not None:
            where = finding.range
            properties |= {"line": str(where.line), "endLine": str(where.end_line), "col": str(where.column)}
            place = f"{path}:{where.line}:{where.column}"
            if where.end_line == where.line:
                properties["endColumn"] = str(where.end_column)
        properties["title"] = f"batchlint {finding.rule.name}"
        # The log shows the message alone, so it says the place as well.
        lines = [f"{place}: {finding.message}"]
        if finding.api_error is not None:
            lines.append(f"The API answers: {finding.api_error}")
        if finding.help:
            lines.append(f"Help: {finding.help}")
        if unshown:
            lines.append(f"{unshown:,} more {severity}s are not shown here.")
        return command(severity, properties, *lines)


def command(name: str, properties: Mapping[str, str], *lines: str) -> str:
    """A workflow command, on one line; whatever stands in the values is text and nothing else."""
    message = "\n".join(plain(shortened(line, 500)) for line in lines)
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _pointer(finding: Finding) -> tuple[str | int, ...] | None:
    """The pointer as the located finding will have it."""
    return finding.problem.pointer if finding.index is not None else None


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")


def make(stream: TextIO, look: Look, api_version: str | None) -> GithubReport:  # noqa: ARG001
    """The report of this format."""
    return GithubReport(stream, look.root)
