"""Annotations in a pull request: GitHub's workflow commands, no more of them than GitHub shows of one step.

One stands for all findings of a shape in a file, so that ten of them cover what is different.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding, Shape, shape_of
from batchlint.reports import Look
from batchlint.reports.closing import how_many
from batchlint.reports.place import repository_path, shortened
from batchlint.reports.plain import plain
from batchlint.reports.tally import Tally
from batchlint.rule import Pointer, Severity

LIMIT = 10
"""Annotations of one level that GitHub shows of a step; it drops the others without a word."""

Key = tuple[str, Shape]
"""The file and the shape of a finding: what one annotation stands for."""


@dataclass(slots=True)
class Annotation:
    """The first finding of a shape in a file, and how many others there are."""

    first: LocatedFinding
    others: int = 0


@dataclass(slots=True)
class Level:
    """The annotations of one severity, and how many findings have none."""

    annotations: dict[Key, Annotation] = field(default_factory=dict)
    unshown: int = 0


class GithubReport:
    """Keeps one finding for each file and shape, ten of each level, and writes errors first at the close."""

    shows_frames = False
    shows_fixes = False

    def __init__(self, stream: TextIO, root: str) -> None:
        self._stream = stream
        self._root = root
        self._levels: dict[Severity, Level] = {"error": Level(), "warning": Level()}

    def wants(self, finding: Finding) -> bool:
        annotations = self._levels[finding.severity].annotations
        return len(annotations) < LIMIT and _key(finding, _pointer(finding)) not in annotations

    def finding(self, finding: LocatedFinding) -> None:
        annotations = self._levels[finding.severity].annotations
        annotations[_key(finding, finding.pointer)] = Annotation(finding, finding.more)

    def more(self, finding: Finding) -> None:
        level = self._levels[finding.severity]
        annotation = level.annotations.get(_key(finding, _pointer(finding)))
        if annotation is None:
            level.unshown += finding.number
        else:
            annotation.others += finding.number

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        for severity, level in self._levels.items():
            for number, annotation in enumerate(level.annotations.values(), 1):
                is_last = number == len(level.annotations)
                self._stream.write(self._command(annotation, level.unshown if is_last else 0, severity) + "\n")

    def _command(self, annotation: Annotation, unshown: int, severity: Severity) -> str:
        finding = annotation.first
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
        if annotation.others:
            lines.append(f"... and {annotation.others:,} more like this in the file.")
        if unshown:
            verb = "is" if unshown == 1 else "are"
            lines.append(f"{how_many(unshown, severity)} of other kinds or files {verb} not shown here.")
        return command(severity, properties, *lines)


def command(name: str, properties: Mapping[str, str], *lines: str) -> str:
    """A workflow command, on one line; whatever is in the values is text and nothing else."""
    message = "\n".join(plain(shortened(line, 500)) for line in lines)
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _key(finding: Finding | LocatedFinding, pointer: Pointer | None) -> Key:
    return finding.path, shape_of(finding.rule, finding.severity, pointer)


def _pointer(finding: Finding) -> Pointer | None:
    """The pointer as the located finding will have it."""
    return finding.problem.pointer if finding.index is not None else None


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")


def make(stream: TextIO, look: Look, api_version: str | None) -> GithubReport:
    """The report of this format."""
    return GithubReport(stream, look.root)
