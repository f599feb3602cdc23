"""Charts in SVG that fit any width: the drawing stretches, its words are around it in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from batchlint.html.bins import Bin
from batchlint.html.page import folded
from batchlint.html.table import Cell, Column, number_cell, table, text_cell
from batchlint.html.text import escaped

HEIGHT = 100
"""Units of a chart's height; its width has one unit a bar."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part of a bar stands for."""

    name: str
    colour: str
    """A class of page.css: good, error, warning, again, late, part, note, other."""
    count: int


class LimitMark(NamedTuple):
    """A line across a chart of bars: a limit."""

    position: float
    """In bars, from the left."""
    name: str


def stacked(
    name: str, title: str, description: str, kinds: Sequence[Kind], bins: Sequence[Bin], unit: str = "request"
) -> Iterator[str]:
    """A chart of stacked bars over the positions in the file, with its legend, its scale, and its numbers.

    The first kind is at the bottom. `name` tells the chart's parts from those of others on the page.
    """
    highest = max((sum(each.counts.values()) for each in bins), default=0) or 1
    yield "<figure>"
    yield from _drawing(name, title, description, len(bins), _bars(kinds, bins, highest, unit))
    if bins:
        last = bins[-1].last
        yield f'<div class="scale" aria-hidden="true"><span>{unit} 1</span><span>{last // 2 + 1:,}</span>'
        yield f"<span>{last + 1:,}</span></div>"
    yield from legend(kinds)
    yield from folded("the same as a table", _bin_table(title, kinds, bins, unit))
    yield "</figure>"


def strip(title: str, colour: str, bins: Sequence[Bin]) -> str:
    """A low chart of one kind over the positions in the file, for a cell of a table."""
    highest = max((sum(each.counts.values()) for each in bins), default=0) or 1
    bars = "".join(
        _bar(place, 0, max(HEIGHT * sum(each.counts.values()) / highest, 12), colour, "")
        for place, each in enumerate(bins)
        if each.counts
    )
    return (
        f'<svg class="chart low" role="img" aria-label="{escaped(title)}" viewBox="0 0 {max(len(bins), 1)} {HEIGHT}" '
        f'preserveAspectRatio="none">{bars}</svg>'
    )


def histogram(
    name: str,
    title: str,
    description: str,
    bars: Sequence[tuple[str, Mapping[str, int]]],
    kinds: Sequence[Kind],
    marks: Sequence[LimitMark] = (),
) -> Iterator[str]:
    """A chart of labelled bars, each a stack of kinds, with lines across for limits."""
    highest = max((sum(counts.values()) for _, counts in bars), default=0) or 1
    drawn = [
        line
        for place, (label, counts) in enumerate(bars)
        for line in _stack(place, kinds, counts, highest, f"{label}: ")
    ]
    drawn += [
        f'<line class="mark" x1="{mark.position:.2f}" x2="{mark.position:.2f}" y1="0" y2="{HEIGHT}">'
        f"<title>{escaped(mark.name)}</title></line>"
        for mark in marks
    ]
    yield "<figure>"
    yield from _drawing(name, title, description, len(bars), drawn)
    yield '<div class="scale" aria-hidden="true">'
    yield from (f"<span>{escaped(label)}</span>" for label in _few([label for label, _ in bars]))
    yield "</div>"
    yield from legend(kinds)
    rows = ([text_cell(label), number_cell(sum(counts.values()))] for label, counts in bars if counts)
    yield from folded("the same as a table", table(title, [Column("range"), Column("requests", True)], rows))
    yield "</figure>"


def share_bar(title: str, part: float, colour: str) -> str:
    """A bar as long as the part of the whole, from 0 to 1, for a cell of a table."""
    return (
        f'<svg class="chart low" role="img" aria-label="{escaped(title)}" viewBox="0 0 100 1" '
        f'preserveAspectRatio="none"><rect class="{colour}" width="{100 * part:.2f}" height="1"/></svg>'
    )


def legend(kinds: Iterable[Kind]) -> Iterator[str]:
    """What the colours mean, and how often each came."""
    yield '<ul class="legend">'
    for kind in kinds:
        yield (
            f'<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="{kind.colour}" width="1" height="1"/></svg>'
            f"{escaped(kind.name)} {kind.count:,}</li>"
        )
    yield "</ul>"


def _drawing(name: str, title: str, description: str, bars: int, content: Iterable[str]) -> Iterator[str]:
    yield (
        f'<svg class="chart" role="img" aria-labelledby="{name}-title {name}-description" '
        f'viewBox="0 0 {max(bars, 1)} {HEIGHT}" preserveAspectRatio="none">'
    )
    yield f'<title id="{name}-title">{escaped(title)}</title>'
    yield f'<desc id="{name}-description">{escaped(description)}</desc>'
    yield from content
    yield "</svg>"


def _bars(kinds: Sequence[Kind], bins: Sequence[Bin], highest: int, unit: str) -> Iterator[str]:
    for place, each in enumerate(bins):
        yield from _stack(place, kinds, each.counts, highest, f"{_stretch(each, unit)}: ")


def _stack(place: int, kinds: Sequence[Kind], counts: Mapping[str, int], highest: int, label: str) -> Iterator[str]:
    """The parts of one bar from the bottom up; each says on its own what it stands for."""
    below = 0.0
    for kind in kinds:
        count = counts.get(kind.name, 0)
        if count:
            height = HEIGHT * count / highest
            yield _bar(place, below, height, kind.colour, f"{label}{count:,} {kind.name}")
            below += height


def _bar(place: int, below: float, height: float, colour: str, title: str) -> str:
    where = f'x="{place}" y="{HEIGHT - below - height:.2f}" width="1" height="{height:.2f}"'
    return (
        f'<rect class="{colour}" {where}><title>{escaped(title)}</title></rect>'
        if title
        else f'<rect class="{colour}" {where}/>'
    )


def _bin_table(title: str, kinds: Sequence[Kind], bins: Sequence[Bin], unit: str) -> Iterator[str]:
    columns = [Column(f"{unit}s"), *(Column(kind.name, True) for kind in kinds)]
    rows = (
        [Cell(escaped(_stretch(each, unit))), *(number_cell(each.counts.get(kind.name, 0)) for kind in kinds)]
        for each in bins
        if each.counts
    )
    return table(title, columns, rows)


def _stretch(each: Bin, unit: str) -> str:
    """The positions of a bin, from 1 as people count."""
    return (
        f"{unit} {each.first + 1:,}" if each.first == each.last else f"{unit}s {each.first + 1:,} to {each.last + 1:,}"
    )


def _few(labels: Sequence[str]) -> list[str]:
    """The first, the middle and the last of the labels."""
    return [labels[0], labels[len(labels) // 2], labels[-1]] if len(labels) > 3 else list(labels)
