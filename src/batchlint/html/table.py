"""Tables that can be sorted by a column and filtered by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from batchlint.html.text import escaped

FILTERED_FROM = 8
"""Rows from which on a table has a field to filter them."""


class Column(NamedTuple):
    """A column of a table."""

    name: str
    is_number: bool = False


class Cell(NamedTuple):
    """A cell: HTML that is shown, and the number by which the column is sorted where it is one of numbers."""

    html: str
    number: float | None = None


def text_cell(text: str, longest: int = 600) -> Cell:
    """A cell with a text from wherever."""
    return Cell(escaped(text, longest))


def number_cell(number: float, shown: str | None = None) -> Cell:
    """A cell with a number, shown with separators or as the text says."""
    return Cell(escaped(f"{number:,}" if shown is None else shown), number)


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a table."""
    body = [_row(columns, row) for row in rows]
    yield '<div class="table">'
    if len(body) >= FILTERED_FROM:
        yield (
            f'<label class="filter">filter <input type="search" aria-label="filter: {escaped(caption)}" '
            f'autocomplete="off"></label>'
        )
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{escaped(caption)}">'
    yield f"<table><caption>{escaped(caption)}</caption>"
    yield f"<thead><tr>{''.join(map(_head, columns))}</tr></thead>"
    yield "<tbody>"
    yield from body
    yield "</tbody></table></div></div>"


def _head(column: Column) -> str:
    kind = ' class="number"' if column.is_number else ""
    return f'<th scope="col" aria-sort="none"{kind}><button type="button">{escaped(column.name)}</button></th>'


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    cells = []
    for column, cell in zip(columns, row, strict=True):
        kind = ' class="number"' if column.is_number else ""
        value = "" if cell.number is None else f' data-value="{cell.number:g}"'
        cells.append(f"<td{kind}{value}>{cell.html}</td>")
    return f"<tr>{''.join(cells)}</tr>"
