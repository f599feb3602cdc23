"""Copies a file with some of its bytes replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from batchlint.ids.renaming import MISSING, Renaming
from batchlint.sources import Source

CHUNK: Final = 1 << 20


class Edit(NamedTuple):
    """Bytes that stand in the place of `length` bytes at an absolute offset."""

    offset: int
    length: int
    text: bytes


def rewritten(source: Source, edits: Iterable[Edit]) -> Iterator[bytes]:
    """The whole file in pieces, with the edits, which come in the order of the file."""
    at = 0
    for edit in edits:
        yield from _copied(source, at, edit.offset)
        yield edit.text
        at = edit.offset + edit.length
    yield from _copied(source, at, source.size)


def edit_of(renaming: Renaming) -> Edit:
    """The edit that gives a request its new id."""
    item, span = renaming.item, renaming.span
    text = f'"{renaming.new}"'
    if renaming.old is MISSING:
        text = f'"custom_id": {text}' + (", " if item.value else "")
    return Edit(item.offset + span.start, span.end - span.start, text.encode())


def _copied(source: Source, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        data = source.read(start, min(CHUNK, end - start))
        if not data:
            raise OSError(f"the file became shorter while it was read, at byte {start:,}")
        yield data
        start += len(data)
