"""One page to look at: which rules found what, where in the file, and how much of the batch is affected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from batchlint.batch import Batch
from batchlint.finding import Finding, LocatedFinding
from batchlint.html.bins import PositionCounts
from batchlint.html.charts import Kind, stacked, strip
from batchlint.html.page import Section, numbers, page, paragraph
from batchlint.html.table import Cell, Column, number_cell, table, text_cell
from batchlint.html.text import escaped
from batchlint.reports import Look
from batchlint.reports.closing import closing_lines, how_many
from batchlint.reports.groups import Groups, gravest_first, place
from batchlint.reports.html_groups import article
from batchlint.reports.tally import Tally
from batchlint.resources import rule_url

RULES = 200
"""Rules of which the places are counted one by one; there are fewer."""
NAMED_FILES = 5


class HtmlReport:
    """Keeps the groups up to the limit and counts the rest by position; writes all at the close."""

    shows_frames = True
    shows_fixes = True

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._groups = Groups(look.max_findings)
        self._firsts: dict[str, LocatedFinding] = {}
        self._severities = PositionCounts()
        self._of_rules: dict[str, PositionCounts] = {}
        self._files: list[Batch] = []
        self._before = 0
        """Requests of the files that have been read."""

    def wants(self, finding: Finding) -> bool:
        return finding.rule.name not in self._firsts or self._groups.wants(finding)

    def finding(self, finding: LocatedFinding) -> None:
        self._firsts.setdefault(finding.rule.name, finding)
        self._groups.add(finding)
        self._count(finding.rule.name, finding.severity, finding.index, 1 + finding.more)

    def more(self, finding: Finding) -> None:
        self._groups.count(finding)
        self._count(finding.rule.name, finding.severity, finding.index, finding.number)

    def _count(self, rule: str, severity: str, index: int | None, count: int) -> None:
        """Counts findings at their request; those about a whole file have no position."""
        if index is None:
            return
        self._severities.add(self._before + index, severity, count)
        if rule not in self._of_rules:
            self._of_rules[rule] = PositionCounts()
        self._of_rules[rule].add(self._before + index, rule, count)

    def file(self, batch: Batch) -> None:
        self._files.append(batch)
        self._before += batch.requests

    def close(self, tally: Tally) -> None:
        paths = [batch.path for batch in self._files]
        unnamed = len(paths) - NAMED_FILES
        named = ", ".join(paths[:NAMED_FILES]) + (f" and {how_many(unnamed, 'more file')}" if unnamed > 0 else "")
        title = f"{how_many(tally.errors + tally.warnings, 'finding')} in {how_many(tally.requests, 'request')}"
        for line in page(title, named, self._sections(tally)):
            self._stream.write(line + "\n")

    def _sections(self, tally: Tally) -> Iterator[Section]:
        yield Section("At a glance", _summary(tally))
        if not tally.rules:
            return
        self._severities.reach(self._before)
        if self._severities.kinds:
            yield Section("Findings, in the order of the file", self._over_the_file())
        yield Section("By rule", self._rules(tally))
        yield Section("What to change", self._articles())

    def _over_the_file(self) -> Iterator[str]:
        kinds = [
            Kind(f"{severity}s", severity, self._severities.total(severity))
            for severity in ("error", "warning")
            if self._severities.total(severity)
        ]
        bins = [
            each._replace(counts={f"{severity}s": count for severity, count in each.counts.items()})
            for each in self._severities
        ]
        description = f"{'; '.join(f'{kind.count:,} {kind.name}' for kind in kinds)}, at the requests that they are in"
        return stacked("findings", "Findings, in the order of the file", description, kinds, bins)

    def _rules(self, tally: Tally) -> Iterator[str]:
        columns = [
            Column("rule"),
            Column("severity"),
            Column("findings", True),
            Column("first at"),
            Column("where in the file"),
        ]
        counts = sorted(tally.rules.items(), key=lambda each: (-each[1], each[0]))
        return table("findings by rule", columns, (self._rule(name, count) for name, count in counts[:RULES]))

    def _rule(self, name: str, count: int) -> list[Cell]:
        first = self._firsts[name]
        url = rule_url(name)
        shown = f'<a href="{escaped(url)}">{escaped(name)}</a>' if url else escaped(name)
        severity = Cell(f'<span class="severity {first.severity}">{first.severity}</span>')
        return [Cell(shown), severity, number_cell(count), text_cell(place(first)), Cell(self._strip(name, first))]

    def _strip(self, name: str, first: LocatedFinding) -> str:
        positions = self._of_rules.get(name)
        if positions is None:
            return "the file as a whole"
        positions.reach(self._before)
        return strip(f"where {name} was found", first.severity, list(positions))

    def _articles(self) -> Iterator[str]:
        for group in gravest_first(self._groups):
            yield from article(group)
        if self._groups.unshown:
            yield paragraph(f"{self._groups.unshown:,} more findings of other kinds (--max-findings 0 shows all)")


def _summary(tally: Tally) -> Iterator[str]:
    share = tally.failing_requests / tally.requests if tally.requests else 0
    yield from numbers(
        [
            ("requests", f"{tally.requests:,}"),
            ("requests with errors", f"{tally.failing_requests:,} ({share:.1%})"),
            ("errors", f"{tally.errors:,}"),
            ("warnings", f"{tally.warnings:,}"),
            ("errors that refuse the whole batch", f"{tally.impacts['batch']:,}"),
        ]
    )
    if not tally.rules:
        yield paragraph("No findings.")
        return
    for line in closing_lines(tally):
        yield paragraph(line)


def make(stream: TextIO, look: Look, api_version: str | None) -> HtmlReport:
    """The report of this format."""
    return HtmlReport(stream, look)
