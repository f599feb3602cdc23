"""The lines of the report for people, laid out for a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from batchlint.reports.closing import closing_lines, how_many
from batchlint.reports.group_text import group_lines
from batchlint.reports.groups import Groups
from batchlint.reports.tally import Tally
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import Screen
from batchlint.terminal.wrap import wrapped


def report_lines(groups: Groups, requests: Mapping[str, int], tally: Tally, screen: Screen) -> Iterator[str]:
    """The groups, what is left out, and the totals; `requests` is the number of requests in each file."""
    paint = Paint(screen)
    for group in groups:
        yield from group_lines(group, paint, requests.get(group.first.path))
        yield ""
    if groups.unshown:
        more = how_many(groups.unshown, "more finding")
        yield from wrapped(f"... {more} of other kinds (--max-findings 0 shows all)", screen)
        yield ""
    yield from closing_text(tally, paint)


def closing_text(tally: Tally, paint: Paint) -> Iterator[str]:
    """The same for a screen: wrapped, and the total in the colour of what is worst."""
    total, *rest = closing_lines(tally)
    worst = "error" if tally.errors else "warning"
    for line in wrapped(total, paint.screen):
        yield paint.painted(line, worst)
    for text in rest:
        yield from wrapped(text, paint.screen, indent="  ")
