"""Wraps prose at words."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.reports.plain import plain
from batchlint.terminal.screen import Screen
from batchlint.terminal.width import clusters, head, width


def wrapped(text: str, screen: Screen, first: str = "", indent: str | None = None) -> Iterator[str]:
    """The lines of a paragraph that begins with `first`; those after the first begin with `indent`, else with blanks.

    A word wider than a line is cut; paths and addresses are left whole, to be copied. No line can be a command to a CI
    service's log (see `plain`).
    """
    lead = " " * width(first) if indent is None else indent
    if width(first) > screen.prose * 3 // 4:
        yield first.rstrip()
        first = lead
    lines = broken(screen.shown(text), screen.prose - width(first), screen.prose - width(lead))
    for number, line in enumerate(lines):
        yield (lead if number else first) + plain(line)


def broken(text: str, first: int, rest: int) -> Iterator[str]:
    """A text in lines of at most so many columns, the first one and the others."""
    room, line, taken = max(first, 1), "", 0
    for word in text.split(" "):
        cells = width(word)
        if line and taken + 1 + cells <= room:
            line, taken = f"{line} {word}", taken + 1 + cells
            continue
        if line:
            yield line.rstrip()
            room = max(rest, 1)
        while cells > room and not is_place(word):
            piece = head(word, room) or next(clusters(word))[0]
            yield piece
            word, room = word[len(piece) :], max(rest, 1)
            cells = width(word)
        line, taken = word, cells
    yield line.rstrip()


def is_place(word: str) -> bool:
    """Whether a word is a path or an address, by its separators."""
    return "/" in word or "\\" in word
