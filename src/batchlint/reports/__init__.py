"""The formats in which a run's findings are written, one module each.

A report is given each finding as it comes, each file as it ends, and the counts at the close. What a report keeps in
between is its own matter.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol, TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding
from batchlint.reports.tally import Tally
from batchlint.terminal.screen import Screen

FORMATS: Mapping[str, tuple[str, ...]] = {
    "full": (".txt",),
    "concise": (".txt",),
    "json": (".json",),
    "jsonl": (".jsonl",),
    "sarif": (".sarif", ".json"),
    "rdjson": (".json",),
    "github": (".txt",),
    "markdown": (".md",),
    "gitlab": (".json",),
    "junit": (".xml",),
    "html": (".html",),
}
"""The formats, each in the module of its name, and the endings of its files; of several formats the first is meant."""


ENOUGH = {"full": 1_000, "github": 1_000, "markdown": 1_000, "sarif": 25_000, "junit": 25_000}
"""Broken lines of a kind after which a format names no further one; of those it needs only how many there are."""


class OutputError(Exception):
    """A report cannot be written; the message is one line that says why."""


class Look(NamedTuple):
    """How a report for people looks."""

    screen: Screen = Screen()
    max_findings: int = 50
    """Findings, or groups of identical ones, that are shown; 0: all."""
    root: str = "."
    """The folder to which the services' paths are relative: the top of the repository."""


def enough_for(formats: Iterable[str]) -> int | None:
    """Broken lines of a kind that have to be reported one by one; None: all of them."""
    wanted = [ENOUGH.get(name) for name in formats]
    return None if None in wanted else max(filter(None, wanted), default=0)


class Report(Protocol):
    """One format, writing to one stream."""

    shows_frames: bool
    """Whether the report wants the piece of the line; reading it costs."""
    shows_fixes: bool
    """Whether the report wants to know what would mend a finding; finding it out costs."""

    def wants(self, finding: Finding) -> bool:
        """Whether this finding has to be located for the report; if not, it is counted with `more`."""
        ...

    def finding(self, finding: LocatedFinding) -> None:
        """Takes a finding that the report wants."""
        ...

    def more(self, finding: Finding) -> None:
        """Takes note of a finding that it does not want to see whole."""
        ...

    def file(self, batch: Batch) -> None:
        """Takes the counts of a file that has been read to its end."""
        ...

    def close(self, tally: Tally) -> str | None:
        """Writes what is left; returns a line about what the format had no place for, if there is something."""
        ...


def make_report(name: str, stream: TextIO, look: Look, api_version: str | None) -> Report:
    """A report of that format, one of `FORMATS` or "statistics", that writes to the stream."""
    module = importlib.import_module(f"{__name__}.{name}")
    report: Report = module.make(stream, look, api_version)
    return report
