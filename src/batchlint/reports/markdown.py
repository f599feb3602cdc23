"""A summary in Markdown, for the page of a pipeline's run: counts by rule, the largest groups, what it would cost."""

from __future__ import annotations

from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding
from batchlint.reports import Look
from batchlint.reports.closing import closing_lines, how_many
from batchlint.reports.group_text import group_lines
from batchlint.reports.groups import FindingGroup, Groups, gravest_first, place
from batchlint.reports.place import shortened
from batchlint.reports.plain import plain
from batchlint.reports.tally import Tally
from batchlint.resources import rule_url
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import Screen

KEPT, SHOWN = 200, 20
"""Groups that are kept to find the largest among them, and those that are shown."""
BYTES = 900_000
"""GitHub takes a summary of 1 MiB for each step, and none of a larger one."""
WIDTH = 120
"""Columns of what is in a fence, which does not wrap."""
LINE = 400
"""Characters of a line that are shown."""


class MarkdownReport:
    """Keeps groups and the first place of each rule; writes all at the close."""

    shows_frames = True
    shows_fixes = True

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._left = BYTES
        self._groups = Groups(KEPT)
        self._firsts: dict[str, LocatedFinding] = {}

    def wants(self, finding: Finding) -> bool:
        return finding.rule.name not in self._firsts or self._groups.wants(finding)

    def finding(self, finding: LocatedFinding) -> None:
        self._firsts.setdefault(finding.rule.name, finding)
        self._groups.add(finding)

    def more(self, finding: Finding) -> None:
        self._groups.count(finding)

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> str | None:
        if not tally.rules:
            self._write(f"## batchlint: no findings in {how_many(tally.requests, 'request')}\n")
            return None
        headline, *cost = closing_lines(tally)
        paragraphs = [f"## batchlint: {headline.rstrip('.')}", *cost, "\n".join(self._table(tally))]
        self._write("\n\n".join(paragraphs) + "\n\n")
        groups = gravest_first(self._groups)
        shown = [group for group in groups[:SHOWN] if self._write(_section(group))]
        unshown = tally.errors + tally.warnings - sum(group.findings for group in shown)
        if not unshown:
            return None
        note = f"{how_many(unshown, 'finding')} of other kinds left out of the summary"
        self._stream.write(f"{note}.\n")
        return note

    def _table(self, tally: Tally) -> list[str]:
        lines = ["| rule | severity | findings | first at |", "| --- | --- | ---: | --- |"]
        for name, count in sorted(tally.rules.items(), key=lambda each: (-each[1], each[0])):
            first = self._firsts[name]
            url = rule_url(name)
            rule = f"[{name}]({url})" if url else f"`{name}`"
            lines.append(f"| {rule} | {first.severity} | {count:,} | {cell(place(first))} |")
        return lines

    def _write(self, text: str) -> bool:
        """Writes a piece of the summary, where it still has place."""
        size = len(text.encode("utf-8"))
        if size > self._left:
            return False
        self._left -= size
        self._stream.write(text)
        return True


def _section(group: FindingGroup) -> str:
    """The group as a terminal shows it, in a fence that nothing of it can close."""
    lines = [shortened(line, LINE) for line in group_lines(group, Paint(Screen(WIDTH)))]
    fence = "`" * max(3, longest_run("\n".join(lines), "`") + 1)
    return "\n".join([fence + "text", *lines, fence, "", ""])


def cell(text: str) -> str:
    """A text for a cell of a table, in which Markdown and GitHub see nothing: no markup, no HTML, no link, no name."""
    text = shortened(plain(text), LINE)
    fence = "`" * (longest_run(text, "`") + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def longest_run(text: str, character: str) -> int:
    """How many of these characters are side by side at the most."""
    longest = run = 0
    for each in text:
        run = run + 1 if each == character else 0
        longest = max(longest, run)
    return longest


def make(stream: TextIO, look: Look, api_version: str | None) -> MarkdownReport:
    """The report of this format."""
    return MarkdownReport(stream)
