"""Shares the files of a run out to several processes, and joins what they find, as if one had read all of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, groupby

from batchlint.batch import Batch
from batchlint.engine import Counts, Engine
from batchlint.engine.parallel.chunks import Piece, PieceSource, RestSource, pieces_of
from batchlint.engine.parallel.workers import Checked, Share, Workers
from batchlint.finding import Finding
from batchlint.progress import Progress
from batchlint.sources import Source, open_source

LEAST_SHARED = 1_000_000
"""Bytes of a file from which on it is worth handing over."""


def can_be_shared(paths: Sequence[str]) -> bool:
    """Whether there is something to share: a large file of lines, or one of several large files."""
    return next(shares_of(paths, lambda path: 0), None) is not None


def shares_of(paths: Iterable[str], engine_of: Callable[[str], int]) -> Iterator[Share]:
    """What can be checked apart: pieces of line-JSON, and whole files of other forms where there are several.

    Standard input, small files, and what cannot be read are left to the process that asks.
    """
    paths = list(paths)
    for path in paths:
        if path == "-":
            continue
        try:
            with open_source(path) as source:
                if source.size < LEAST_SHARED:
                    continue
                if source.container == "jsonl" and source.is_plain:
                    for piece in pieces_of(source, 0):
                        yield Share(path, engine_of(path), piece)
                elif len(paths) > 1:
                    yield Share(path, engine_of(path), None)
        except OSError:
            continue


class SharedChecks:
    """The checks of a run, of which other processes do the greater part."""

    def __init__(self, workers: Workers, shares: Iterable[Share], progress: Progress) -> None:
        self._answers = groupby(workers.checked(shares), key=lambda answer: answer[0].path)
        self._next = next(self._answers, None)
        self._progress = progress

    def check(self, source: Source, engine: Engine, at_end: Callable[[Batch], object]) -> Iterator[Finding]:
        """What `Engine.check` finds in a file. Files come in the order in which they were shared out."""
        engine.custom_ids.begin_file(source.path)
        counts = Counts()
        unread: Piece | None = Piece(0, source.size, 0, 0)
        if self._next is not None and self._next[0].replace(os.sep, "/") == source.path:
            for share, checked in self._next[1]:
                if checked is None or not can_be_joined(share, checked, engine):
                    unread = share.piece or unread
                    break
                yield from joined(checked, source, engine)
                counts = counts.and_more(checked.counts)
                self._progress.advance(checked.counts.item_bytes, checked.counts.requests)
            else:
                unread = None
            self._next = next(self._answers, None)
        if unread is not None:
            rest = RestSource(source, unread._replace(end=source.size)) if unread.before else source
            counts = counts.and_more((yield from engine.check_items(self._progress.watched(rest))))
        yield from engine.check_batch(source, counts, at_end)


def can_be_joined(share: Share, checked: Checked, engine: Engine) -> bool:
    """Whether ids that were used before are to be found again in a share: its items stand each on a line."""
    return share.piece is not None or not engine.custom_ids.among(checked.custom_ids)


def joined(checked: Checked, source: Source, engine: Engine) -> Iterator[Finding]:
    """What was found in a share, where the ids that were used before it are taken into account.

    The items that use such an id are checked once more, by the engine that knows of the other use.
    """
    ids, places = checked.custom_ids, checked.places
    known = engine.custom_ids.among(ids)
    if not known:
        engine.custom_ids.add_new(ids, places)
        yield from checked.findings
        return
    are_new = [custom_id not in known for custom_id in ids]
    offsets, lengths, lines, line_offsets = (list(compress(column, are_new)) for column in places)
    engine.custom_ids.add_new(list(compress(ids, are_new)), (offsets, lengths, lines, line_offsets))
    again = {
        line: Piece(line_offset, offset + length, line - 1, 1)
        for custom_id, offset, length, line, line_offset in zip(ids, *places, strict=True)
        if custom_id in known
    }
    for finding in checked.findings:
        if finding.item is not None and finding.custom_id in known:
            offset, length, line, line_offset = finding.item
            again[line] = Piece(line_offset, offset + length, line - 1, 1)
    waiting = joined_pieces(again)
    for finding in checked.findings:
        line = line_of(finding)
        while waiting and waiting[-1].before < line:
            yield from engine.check_items(PieceSource(source, waiting.pop()))
        if line not in again:
            yield finding
    while waiting:
        yield from engine.check_items(PieceSource(source, waiting.pop()))


def joined_pieces(lines: Mapping[int, Piece]) -> list[Piece]:
    """Pieces of one line, given by their lines, in which those that follow each other are one; the first comes last."""
    pieces: list[Piece] = []
    for line in sorted(lines, reverse=True):
        piece = lines[line]
        if pieces and pieces[-1].before == line:
            following = pieces.pop()
            piece = piece._replace(end=following.end, lines=1 + following.lines)
        pieces.append(piece)
    return pieces


def line_of(finding: Finding) -> int:
    """The line of the item that a finding is about."""
    place = finding.item or finding.irregularity
    return place.line if place is not None else 0
