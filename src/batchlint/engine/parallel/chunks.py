"""Line-JSON in pieces that can be read apart from each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from batchlint.sources.item import Irregularity, Item
from batchlint.sources.lines import CHUNK, read_lines
from batchlint.sources.reader import Reader, SkippedRun
from batchlint.sources.source import Source

PIECE = 8_000_000
"""Bytes of a piece, at least: what a process checks in the twentieth part of a second."""
WORTH_FINDING = 2_000
"""Bytes of a line, at least, whose end is found faster than by looking at each byte."""


class Piece(NamedTuple):
    """Whole lines of a file, by the absolute offsets at which they begin and end."""

    start: int
    end: int
    before: int
    """Lines before it."""
    lines: int


class UnevenError(Exception):
    """Not every line of a piece is an item, so that what comes behind it cannot be counted apart from it."""


class PieceSource:
    """The items of a piece, with the lines and indexes that they have in the whole file.

    Raises `UnevenError`, at the end at the latest, where a line is not just one item, or an item has more lines.
    """

    def __init__(self, source: Source, piece: Piece) -> None:
        self._source = source
        self._piece = piece
        self.path = source.path
        self.container = source.container
        self.size = piece.end - piece.start

    def items(self, reader: Reader) -> Iterator[Item | Irregularity | SkippedRun]:
        """The items of the piece."""
        start, end, before, lines = self._piece
        count = 0
        for each in read_lines(self._source, start, reader, end, before):
            if isinstance(each, SkippedRun):
                count += each.requests
            elif isinstance(each, Item):
                count += 1
                if each.offset + len(each.raw) > end:
                    raise UnevenError
            elif each.index is None:
                raise UnevenError
            yield each
        if count != lines:
            raise UnevenError


class RestSource(PieceSource):
    """The items of the last piece of a file, whatever its lines are."""

    def items(self, reader: Reader) -> Iterator[Item | Irregularity | SkippedRun]:
        """The items of the rest of the file."""
        return read_lines(self._source, self._piece.start, reader, self._piece.end, self._piece.before)


def pieces_of(source: Source, start: int) -> Iterator[Piece]:
    """Cuts the lines of a file from an offset on into pieces."""
    before = 0
    while start < source.size:
        end, lines = _cut(source, start)
        yield Piece(start, end, before, lines)
        start, before = end, before + lines


def _cut(source: Source, start: int) -> tuple[int, int]:
    """Where a piece that begins at `start` ends, and how many lines it has."""
    end, lines = start, 0
    while data := source.read(end, CHUNK):
        cut = data.find(b"\n") + 1 if end - start >= PIECE else 0
        if cut:
            return end + cut, lines + 1
        lines += line_feeds(data)
        end += len(data)
    return end, lines + (source.read(end - 1, 1) != b"\n")


def line_feeds(data: bytes) -> int:
    """How many line feeds there are. Python finds the next one much faster than it counts, where they are few."""
    at, few = -1, len(data) // WORTH_FINDING
    for count in range(few):
        at = data.find(b"\n", at + 1)
        if at < 0:
            return count
    return few + data.count(b"\n", at + 1)
