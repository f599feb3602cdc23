"""A unified diff of what was fixed, with short windows of long lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from batchlint.fixing.changes import Change, Changes
from batchlint.reports.closing import how_many
from batchlint.reports.frame import ELISION, shown
from batchlint.reports.plain import plain
from batchlint.sources import Source
from batchlint.sources.positions import Positions
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import Screen
from batchlint.terminal.width import head, middle, tail, width

NEAR: Final = 60
"""Bytes between two changes on one line that are shown as one."""
MOST_LINES: Final = 6
"""Lines of one side of a change that are shown."""
READ: Final = 1 << 9
"""Bytes of a change, and on either side of it, that are looked at."""


class Side(NamedTuple):
    """A stretch of the old file or of the new one."""

    source: Source
    places: Positions
    start: int
    end: int


def diff_lines(old: Source, new: Source, changes: Changes, paint: Paint) -> Iterator[str]:
    """The diff of two files by the changes that were made, a line at a time; nothing if there are none."""
    if not changes:
        return
    name = paint.screen.shown(plain(old.path))
    yield paint.painted(f"--- {name}", "bold")
    yield paint.painted(f"+++ {name}", "bold")
    old_places, new_places = Positions(old), Positions(new)
    for change in _near_together(old, changes):
        yield from _hunk(
            Side(old, old_places, change.start, change.end),
            Side(new, new_places, change.new_start, change.new_end),
            change.rules,
            paint,
        )


def _near_together(old: Source, changes: Changes) -> Iterator[Change]:
    """The changes, those on one line joined that are close together."""
    waiting: Change | None = None
    for change in changes:
        if waiting is not None and _is_near(old, waiting.end, change.start):
            rules = tuple(dict.fromkeys((*waiting.rules, *change.rules)))
            waiting = Change(waiting.start, change.end, waiting.new_start, change.new_end, rules)
            continue
        if waiting is not None:
            yield waiting
        waiting = change
    if waiting is not None:
        yield waiting


def _is_near(old: Source, end: int, start: int) -> bool:
    return start - end <= NEAR and b"\n" not in old.read(end, start - end)


def _hunk(old: Side, new: Side, rules: tuple[str, ...], paint: Paint) -> Iterator[str]:
    removed, added = _lines(old, paint.screen), _lines(new, paint.screen)
    if _is_whole_lines(old) and new.start == new.end:
        added = []
    heads = (_extent(old, len(removed)), _extent(new, len(added)))
    yield paint.painted(f"@@ -{heads[0]} +{heads[1]} @@", "note") + f" {', '.join(rules)}"
    for sign, color, lines in (("-", "removed", removed), ("+", "added", added)):
        for line in islice(lines, MOST_LINES):
            yield paint.painted(sign + line, color)
        if len(lines) > MOST_LINES:
            more = how_many(len(lines) - MOST_LINES, "more line")
            yield paint.painted(paint.screen.shown(f"{sign}{ELISION} {more}"), color)


def _extent(side: Side, count: int) -> str:
    """The first line and the number of lines, as a unified diff has them: the number is left out where it is one."""
    line = side.places.place(side.start, 1, 0).line
    if count == 0:
        return f"{line - 1},0"
    count = 1 + side.source.read(side.start, side.end - side.start).rstrip(b"\n").count(b"\n")
    return f"{line}" if count == 1 else f"{line},{count}"


def _is_whole_lines(side: Side) -> bool:
    """Whether it begins where a line begins, and ends after a line feed."""
    edges = side.source.read(side.start - 1, 1) if side.start else b"\n"
    return edges == b"\n" and side.end > side.start and side.source.read(side.end - 1, 1) == b"\n"


def _lines(side: Side, screen: Screen) -> list[str]:
    """The lines that a change is on, each cut around it."""
    start = max(side.start - READ, 0)
    before = side.source.read(start, side.start - start)
    is_cut = b"\n" not in before and start > 0
    before = before.rpartition(b"\n")[2]
    inside = side.source.read(side.start, min(side.end - side.start, READ))
    behind = b"" if inside.endswith(b"\n") else side.source.read(side.end, READ).partition(b"\n")[0]
    elision, room = screen.shown(ELISION), screen.width - 1
    lines = [screen.shown(shown(line)) for line in inside.removesuffix(b"\n").split(b"\n")]
    lead, rest = screen.shown(shown(before)), screen.shown(shown(behind))
    if width(lead) > room * 2 // 5 or is_cut:
        lead = elision + tail(lead, room * 2 // 5 - width(elision))
    lines = [middle(line, room if number else room - width(lead), elision) for number, line in enumerate(lines)]
    lines[0] = lead + lines[0]
    left = room - width(lines[-1])
    lines[-1] += rest if width(rest) <= left else head(rest, left - width(elision)) + elision[: max(left, 0)]
    return lines
