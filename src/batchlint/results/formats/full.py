"""The results report for people: the classes, what came back alike with its first place, what it cost, what is odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from batchlint.finding import pointer_text
from batchlint.reports import Look
from batchlint.reports.closing import how_many
from batchlint.reports.group_text import request_number
from batchlint.reports.plain import plain
from batchlint.results.classify import Outcome
from batchlint.results.closing import next_steps, usage_lines
from batchlint.results.examples import Example
from batchlint.results.groups import ResultGroup
from batchlint.results.report import ResultsReport, rows_line
from batchlint.terminal.paint import Paint
from batchlint.terminal.wrap import wrapped

LONGEST = 600
"""Characters of a message that are shown."""


def write(report: ResultsReport, stream: TextIO, look: Look) -> None:
    """Writes the report; `look.max_findings` groups at most, 0: all."""
    paint = Paint(look.screen)
    shown = report.groups[: look.max_findings] if look.max_findings else report.groups
    for line in _lines(report, shown, paint):
        stream.write(line + "\n")


def _lines(report: ResultsReport, shown: Sequence[ResultGroup], paint: Paint) -> Iterator[str]:
    yield from _heads(report, paint)
    yield ""
    numbers = _numbers(report)
    for group in shown:
        yield from _grouped(group, paint, numbers)
        yield ""
    unshown = len(report.groups) - len(shown)
    if unshown:
        yield f"... {how_many(unshown, 'more group')} (--max-groups 0 shows all)"
        yield ""
    for text in _sentences(report):
        blanks = text[: len(text) - len(text.lstrip())]
        yield from wrapped(plain(text.strip()), paint.screen, blanks, blanks + "  ")


def _sentences(report: ResultsReport) -> Iterator[str]:
    if report.one_cause is not None:
        yield "All requests came back alike: look for the cause in what makes them, or in the account."
    yield from usage_lines(report.account.usage)
    for note in report.notes():
        yield f"Note: {note}."
    yield from next_steps(report.account)


def _heads(report: ResultsReport, paint: Paint) -> Iterator[str]:
    account = report.account
    sources = ", ".join(source.path for source in account.requests.sources)
    files = ", ".join(f"{file.source.path} ({how_many(file.rows, 'result')})" for file in account.files)
    yield from wrapped(plain(f"{how_many(len(account.requests), 'request')} of {sources}; {files}"), paint.screen)
    facts = {outcome.of_class.name: outcome.of_class for outcome in account.outcomes}
    for name, count in account.classes().items():
        first = f"  {count:>9,}  {name:<9}  "
        lines = wrapped(facts[name].meaning, paint.screen, first)
        yield next(lines).replace(name, paint.painted(name, _color(name)), 1)
        yield from lines
    yield from wrapped(rows_line(account), paint.screen, indent="  ")


def _color(name: str) -> str:
    return {"ok": "good", "fix": "error", "account": "error", "unknown": "error"}.get(name, "warning")


def _numbers(report: ResultsReport) -> dict[str, int]:
    """The requests of each source, by its path."""
    requests = report.account.requests
    return {source.path: count for source, count in zip(requests.sources, requests.counts, strict=True)}


def _grouped(group: ResultGroup, paint: Paint, numbers: dict[str, int]) -> Iterator[str]:
    outcome, first = group.outcome, group.examples[0]
    color = "error" if outcome.result_type == "errored" else "warning"
    yield from paint.titled(plain(title(outcome)), plain(subject(outcome)), color)
    yield from paint.placed(_place(first), _whereabouts(first, numbers.get(first.path)))
    if first.frame is not None:
        yield from paint.framed(first.frame, color)
    if group.count > 1:
        yield from paint.noted(_extent(group))
    if first.message and first.message != outcome.message:
        yield from paint.noted(plain(f"the API said here: {_cut(first.message)}"))
    if first.caught is not None:
        caught = first.caught
        yield from paint.noted(plain(f"batchlint says: {caught.severity}[{caught.rule}] {caught.message}"))
        if caught.help:
            yield from paint.noted(plain(f"help: {caught.help}"))
    elif first.advice:
        yield from paint.noted(plain(f"help: {first.advice}"))


def title(outcome: Outcome) -> str:
    """The class, and what is known of the reason: `fix[invalid_request_error]`."""
    return f"{outcome.of_class.name}[{outcome.reason}]" if outcome.reason else outcome.of_class.name


def subject(outcome: Outcome) -> str:
    """What requests of the outcome have in common, in a sentence."""
    if outcome.message:
        return _cut(outcome.message)
    if outcome.of_class.name == "unknown" and outcome.result_type == "errored":
        return "errored without saying why"
    if outcome.of_class.name == "unknown" and not outcome.reason:
        return f"a result of the type {outcome.result_type!r}"
    return outcome.of_class.meaning


def _place(example: Example) -> str:
    return plain(f"{example.path}:{example.line}:{example.column}")


def _whereabouts(example: Example, requests: int | None) -> str:
    pointer = f", {pointer_text(example.pointer)}" if example.pointer else ""
    number = request_number(example.index, requests)
    return plain(f'({number}, custom_id "{example.custom_id[:80]}"{pointer})')


def _extent(group: ResultGroup) -> str:
    others = ", ".join(map(_place, group.examples[1:]))
    unnamed = group.count - len(group.examples)
    return f"x {group.count:,} requests, also at {others}" + (f" and {unnamed:,} more" if unnamed else "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
