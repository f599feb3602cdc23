"""Tables that fit a screen: columns are shortened, then left out; where that is not enough, each row becomes a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from batchlint.terminal.paint import Paint
from batchlint.terminal.width import shortened, width
from batchlint.terminal.wrap import wrapped

GAP = 2
"""Blanks between two columns."""
LEAST_PROSE = 36
"""Columns that a column of prose needs; with less, it goes below its row."""


class TextColumn(NamedTuple):
    """A column of a table."""

    name: str
    right: bool = False
    """Whether it is set to the right, as numbers are."""
    least: int = 0
    """Columns to which it can be shortened; 0: it is shown whole or not at all."""
    rank: int = 0
    """The greater it is, the earlier the column is left out; 0: it stays."""
    prose: bool = False
    """Whether it is text that wraps; only the last column can be."""


class TextTable(NamedTuple):
    """The lines of a table, and the names of the columns that it had no place for."""

    lines: list[str]
    left_out: list[str]


def laid_out(
    columns: Sequence[TextColumn],
    rows: Sequence[Sequence[str]],
    paint: Paint,
    *,
    wide: bool = False,
    heads: bool = True,
) -> TextTable:
    """A table for a screen; `wide`: all of it, however wide. Cells are plain text without control characters."""
    shown = [[paint.screen.shown(cell) for cell in row] for row in rows]
    room = paint.screen.width
    kept = [place for place, _ in enumerate(columns) if any(row[place] for row in shown) or columns[place].rank == 0]
    widths = _widths(columns, shown, heads)
    if wide:
        return TextTable(list(_lines(columns, shown, kept, widths, paint, heads)), [])
    left_out: list[str] = []
    while True:
        fit = _fitted(columns, kept, widths, room)
        if fit is not None:
            return TextTable(list(_lines(columns, shown, kept, fit, paint, heads)), left_out)
        droppable = [place for place in kept if columns[place].rank]
        if not droppable:
            return TextTable(list(_listed(columns, shown, kept, paint)), left_out)
        last = max(droppable, key=lambda place: columns[place].rank)
        kept.remove(last)
        left_out.insert(0, columns[last].name)


def _widths(columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], heads: bool) -> list[int]:
    names = [width(column.name) if heads else 0 for column in columns]
    return [max([name, *(width(row[place]) for row in rows)]) for place, name in enumerate(names)]


def _fitted(columns: Sequence[TextColumn], kept: Sequence[int], widths: Sequence[int], room: int) -> list[int] | None:
    """The widths with which these columns fit; None where they do not."""
    fit = list(widths)
    over = sum(fit[place] for place in kept) + GAP * (len(kept) - 1) - room
    for place in sorted(kept, key=lambda place: -fit[place]):
        column = columns[place]
        least = min(LEAST_PROSE, fit[place]) if column.prose else column.least
        if over > 0 and least and fit[place] > least:
            taken = min(over, fit[place] - least)
            fit[place] -= taken
            over -= taken
    return fit if over <= 0 else None


def _lines(
    columns: Sequence[TextColumn],
    rows: Sequence[Sequence[str]],
    kept: Sequence[int],
    widths: Sequence[int],
    paint: Paint,
    heads: bool,
) -> Iterator[str]:
    if heads:
        names = [column.name for column in columns]
        yield paint.painted(next(_row(columns, names, kept, widths, paint)), "bold")
    for row in rows:
        yield from _row(columns, row, kept, widths, paint)


def _row(
    columns: Sequence[TextColumn], row: Sequence[str], kept: Sequence[int], widths: Sequence[int], paint: Paint
) -> Iterator[str]:
    elision = paint.screen.shown("…")
    cells: list[str] = []
    taken = 0
    for place in kept:
        if columns[place].prose and width(row[place]) > widths[place]:
            lead = "".join(f"{cell}{' ' * GAP}" for cell in cells)
            screen = paint.screen._replace(width=taken + widths[place])
            yield from wrapped(row[place], screen, lead, " " * taken)
            return
        cell = shortened(row[place], widths[place], elision)
        blanks = " " * (widths[place] - width(cell))
        cells.append(blanks + cell if columns[place].right else cell + blanks)
        taken += widths[place] + GAP
    yield (" " * GAP).join(cells).rstrip()


def _listed(
    columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], kept: Sequence[int], paint: Paint
) -> Iterator[str]:
    """Each row as a headline of what fits next to each other, and what is longer below it."""
    first, *rest = kept
    for row in rows:
        short = ", ".join(row[place] for place in rest if row[place] and not columns[place].prose)
        title, *more = wrapped(f"{row[first]}  {short}".rstrip(), paint.screen, indent="    ")
        yield paint.painted(title[: len(row[first])], "bold") + title[len(row[first]) :]
        yield from more
        for place in rest:
            if columns[place].prose:
                yield from wrapped(row[place], paint.screen, "    ")
