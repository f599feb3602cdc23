"""The results report as Markdown, for the summary of a pipeline or a message to a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from batchlint.reports import Look
from batchlint.reports.closing import how_many
from batchlint.reports.plain import plain
from batchlint.results.closing import next_steps, usage_lines
from batchlint.results.formats.full import title
from batchlint.results.groups import ResultGroup
from batchlint.results.report import ResultsReport, rows_line

LONGEST = 300
"""Characters of a message that are shown."""


def write(report: ResultsReport, stream: TextIO, look: Look) -> None:
    """Writes the report; `look.max_findings` groups at most, 0: all."""
    shown = report.groups[: look.max_findings] if look.max_findings else report.groups
    for line in _lines(report, shown):
        stream.write(line + "\n")


def _lines(report: ResultsReport, shown: Sequence[ResultGroup]) -> Iterator[str]:
    account = report.account
    yield f"## Results of {how_many(len(account.requests), 'request')}"
    yield ""
    yield "| class | requests | |"
    yield "| --- | ---: | --- |"
    facts = {outcome.of_class.name: outcome.of_class for outcome in account.outcomes}
    for name, count in account.classes().items():
        yield f"| {name} | {count:,} | {facts[name].meaning} |"
    yield ""
    yield f"{rows_line(account)}."
    yield ""
    yield from grouped(shown)
    if len(report.groups) > len(shown):
        yield f"... {how_many(len(report.groups) - len(shown), 'more group')}"
        yield ""
    for line in (*usage_lines(account.usage), *(f"Note: {note}." for note in report.notes()), *next_steps(account)):
        yield f"- {escaped(line.strip())}"


def grouped(groups: Sequence[ResultGroup]) -> Iterator[str]:
    """The groups as a table: what came back, how often, where it is first, and what to do."""
    if not groups:
        return
    yield "| came back | requests | first at | what to do |"
    yield "| --- | ---: | --- | --- |"
    for group in groups:
        outcome, first = group.outcome, group.examples[0]
        message = f": {escaped(outcome.message[:LONGEST])}" if outcome.message else ""
        caught = first.caught
        advice = escaped(caught.help if caught is not None and caught.help else first.advice)
        rule = (
            f"{escaped(f'{caught.severity}[{caught.rule}]')} {escaped(caught.message)}; " if caught is not None else ""
        )
        places = ", ".join(escaped(f"{each.path}:{each.line}:{each.column}") for each in group.examples)
        yield (
            f"| **{escaped(title(outcome))}**{message} | {group.count:,} | {places} ({escaped(first.custom_id[:80])}) "
            f"| {rule}{advice} |"
        )
    yield ""


def escaped(text: str) -> str:
    """The text as Markdown shows it literally: no markup, no HTML, no mention, no link, one line."""
    text = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_{}\[\]#|~$])", r"\\\1", text)
    return re.sub(r"(@|://|www\.)", lambda found: found[0][0] + "&#8203;" + found[0][1:], text)
