"""The results report for people: the classes, what came back alike with its first place, what it cost, what is odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from batchlint.finding import pointer_text
from batchlint.plain import plain
from batchlint.reports import Look
from batchlint.reports.closing import how_many
from batchlint.reports.paint import Paint
from batchlint.results.classify import Outcome
from batchlint.results.closing import next_steps, usage_lines
from batchlint.results.examples import Example
from batchlint.results.groups import Group
from batchlint.results.report import Report, rows_line

LONGEST = 600
"""Characters of a message that are shown."""


def write(report: Report, stream: TextIO, look: Look) -> None:
    """Writes the report; `look.max_findings` groups at most, 0: all."""
    paint = Paint(look.color)
    shown = report.groups[: look.max_findings] if look.max_findings else report.groups
    for line in _lines(report, shown, paint):
        stream.write(line + "\n")


def _lines(report: Report, shown: Sequence[Group], paint: Paint) -> Iterator[str]:
    yield from _heads(report)
    yield ""
    for group in shown:
        yield from _grouped(group, paint)
        yield ""
    unshown = len(report.groups) - len(shown)
    if unshown:
        yield f"... {how_many(unshown, 'more group')} (--max-groups 0 shows all)"
        yield ""
    if report.one_cause is not None:
        yield "All requests came back alike: look for the cause in what makes them, or in the account."
    yield from usage_lines(report.account.usage)
    for note in report.notes():
        yield plain(f"Note: {note}.")
    yield from next_steps(report.account)


def _heads(report: Report) -> Iterator[str]:
    account = report.account
    sources = ", ".join(source.path for source in account.requests.sources)
    files = ", ".join(f"{file.source.path} ({how_many(file.rows, 'result')})" for file in account.files)
    yield plain(f"{how_many(len(account.requests), 'request')} of {sources}; {files}")
    facts = {outcome.of_class.name: outcome.of_class for outcome in account.outcomes}
    for name, count in account.classes().items():
        yield f"  {count:>9,}  {name:<9}  {facts[name].meaning}"
    yield rows_line(account)


def _grouped(group: Group, paint: Paint) -> Iterator[str]:
    outcome, first = group.outcome, group.examples[0]
    color = "error" if outcome.result_type == "errored" else "warning"
    yield f"{paint.painted(plain(title(outcome)), color)}: {paint.painted(plain(subject(outcome)), 'bold')}"
    yield f" {paint.painted('-->', 'note')} {_place(first)}{_whereabouts(first)}"
    if first.frame is not None:
        yield from paint.framed(first.frame, color)
    if group.count > 1:
        yield paint.noted(_extent(group))
    if first.message and first.message != outcome.message:
        yield paint.noted(plain(f"the API said here: {_cut(first.message)}"))
    if first.caught is not None:
        caught = first.caught
        yield paint.noted(plain(f"batchlint says: {caught.severity}[{caught.rule}] {caught.message}"))
        if caught.help:
            yield paint.noted(plain(f"help: {caught.help}"))
    elif first.advice:
        yield paint.noted(plain(f"help: {first.advice}"))


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


def _whereabouts(example: Example) -> str:
    pointer = f", {pointer_text(example.pointer)}" if example.pointer else ""
    return plain(f'  (request {example.index}, custom_id "{example.custom_id[:80]}"{pointer})')


def _extent(group: Group) -> str:
    others = ", ".join(map(_place, group.examples[1:]))
    unnamed = group.count - len(group.examples)
    return f"x {group.count:,} requests, also at {others}" + (f" and {unnamed:,} more" if unnamed else "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
