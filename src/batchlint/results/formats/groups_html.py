"""Requests that came back alike, as articles of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from batchlint.finding import pointer_text
from batchlint.html.frames import frame
from batchlint.html.page import paragraph
from batchlint.html.text import escaped
from batchlint.reports.closing import how_many
from batchlint.results.examples import Example
from batchlint.results.formats.full import subject, title
from batchlint.results.groups import ResultGroup

COLOURS = {
    "ok": "good",
    "fix": "error",
    "maybe": "warning",
    "retry": "again",
    "account": "note",
    "expired": "late",
    "canceled": "late",
    "missing": "other",
    "unknown": "other",
}
"""The colour of each class of outcomes; a class that is not here was answered in part."""


def colour_of(of_class: str) -> str:
    """The colour of a class of outcomes."""
    return COLOURS.get(of_class, "part")


def articles(groups: Sequence[ResultGroup], limit: int) -> Iterator[str]:
    """The groups up to the limit (0: all), and how many more there are."""
    shown = groups[:limit] if limit else groups
    for group in shown:
        yield from _article(group)
    if len(shown) < len(groups):
        yield paragraph(f"{how_many(len(groups) - len(shown), 'more group')} (--max-groups 0 shows all)")


def _article(group: ResultGroup) -> Iterator[str]:
    outcome, first = group.outcome, group.examples[0]
    colour = colour_of(outcome.of_class.name)
    yield "<article>"
    yield (
        f'<h3><span class="severity {colour}">{escaped(title(outcome))}</span> '
        f"{escaped(subject(outcome))} <small>({how_many(group.count, 'request')})</small></h3>"
    )
    places = ", ".join(escaped(f"{each.path}:{each.line}:{each.column}") for each in group.examples)
    unnamed = group.count - len(group.examples)
    more = f" and {unnamed:,} more" if unnamed else ""
    yield f'<p class="place">{places}{more}: {_whereabouts(first)}</p>'
    if first.frame is not None:
        yield frame(first.frame)
    if first.message and first.message != outcome.message:
        yield paragraph(f"the API said here: {first.message}")
    caught = first.caught
    if caught is not None:
        yield paragraph(f"batchlint says: {caught.severity}[{caught.rule}] {caught.message}")
    advice = caught.help if caught is not None else first.advice
    if advice:
        yield f"<p><strong>what to do:</strong> {escaped(advice)}</p>"
    yield "</article>"


def _whereabouts(first: Example) -> str:
    pointer = f", {pointer_text(first.pointer)}" if first.pointer else ""
    return escaped(f'request {first.index + 1}, custom_id "{first.custom_id[:80]}"{pointer}')
