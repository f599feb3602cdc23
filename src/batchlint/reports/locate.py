"""Turns a finding's symbolic place into line and column, for what will be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from batchlint.finding import Finding, Frame, LocatedEdit, LocatedFinding, LocatedFix, Range, RelatedPlace
from batchlint.rule import Related
from batchlint.sources import Source, open_source
from batchlint.sources.item import Stretch
from batchlint.sources.positions import Positions

if TYPE_CHECKING:
    from batchlint.sources.spans import ItemSpans

LONGEST_FIX = 4096
"""Bytes of the texts of a fix that reports show; longer ones are prompts or images that it moves."""


class Locator:
    """Locates the findings of one source; going forward through the file is cheap, also through one long line."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._places = Positions(source)
        self._read: tuple[Stretch, ItemSpans] | None = None

    def locate(self, finding: Finding, *, with_frame: bool, with_fix: bool = False) -> LocatedFinding:
        """The finding with its place in the file, its related places, and a piece of the line and its fix if wanted."""
        where = self._range(finding)
        problem = finding.problem
        return LocatedFinding(
            rule=finding.rule,
            severity=finding.severity,
            impact=finding.impact,
            message=problem.message,
            help=problem.help,
            api_error=problem.api_error,
            path=finding.path,
            range=where,
            index=finding.index,
            custom_id=finding.custom_id,
            pointer=problem.pointer if finding.index is not None else None,
            related=tuple(map(self._related, problem.related)),
            frame=self._frame(where) if with_frame and where is not None else None,
            more=finding.number - 1,
            variant=problem.variant,
            fix=self._fix(finding) if with_fix and problem.fix is not None else None,
        )

    def _range(self, finding: Finding) -> Range | None:
        if finding.irregularity is not None:
            kind = finding.irregularity
            return self._range_of(kind.offset, kind.end_offset, kind.line, kind.line_offset)
        item, pointer = finding.item, finding.problem.pointer
        if item is None or pointer is None:
            return None
        span = self._spans_of(item).resolve(pointer, at_key=finding.problem.at_key)
        return self._range_of(item.offset + span.start, item.offset + span.end, item.line, item.line_offset)

    def _spans_of(self, item: Stretch) -> ItemSpans:
        """The places of an item; kept until another one is needed, since findings of one item come together."""
        from batchlint.sources.spans import ItemSpans

        if self._read is None or self._read[0] != item:
            self._read = (item, ItemSpans(self._source.read(item.offset, item.length)))
        return self._read[1]

    def _range_of(self, offset: int, end_offset: int, line: int, line_offset: int) -> Range:
        start = self._places.place(offset, line, line_offset)
        end = self._places.place(end_offset, line, line_offset)
        return Range(
            start.line, start.column, end.line, end.column, offset, end_offset, start.byte_column, end.byte_column
        )

    def _fix(self, finding: Finding) -> LocatedFix | None:
        """The fix for a finding, in bytes; None where it has nothing to do after all."""
        from batchlint.fixing.resolving import splices_of

        fix, item = finding.problem.fix, finding.item
        assert fix is not None
        if fix.of_form:
            return LocatedFix(fix.safety, None)
        raw, offset = (b"", 0) if item is None else (self._source.read(item.offset, item.length), item.offset)
        splices = splices_of(raw, offset, fix.edits, self._source.container == "jsonl")
        if not splices:
            return None
        if sum(len(splice.text) for splice in splices) > LONGEST_FIX:
            return LocatedFix(fix.safety, None)
        place = finding.item or finding.irregularity
        line, line_offset = (1, 0) if place is None else (place.line, place.line_offset)
        edits = (
            LocatedEdit(self._range_of(start, end, line, line_offset), text.decode("utf-8", "replace"))
            for start, end, text in splices
        )
        return LocatedFix(fix.safety, tuple(edits))

    def _related(self, related: Related) -> RelatedPlace:
        if related.path == self._source.path:
            return _related_in(self._source, related)
        try:
            with open_source(related.path) as other:
                return _related_in(other, related)
        except (
            OSError
        ):  # Standard input of the same run, or a file that has gone since: the line is known all the same.
            return RelatedPlace(related.path, related.line, 1, related.message)

    def _frame(self, where: Range) -> Frame:
        from batchlint.reports.frame import frame_of

        return frame_of(self._source, where.offset, where.end_offset)


def _related_in(source: Source, related: Related) -> RelatedPlace:
    from batchlint.sources.spans import resolve

    raw = source.read(related.offset, related.length)
    offset = related.offset + resolve(raw, related.pointer).start
    place = Positions(source).place(offset, related.line, related.line_offset)
    return RelatedPlace(related.path, place.line, place.column, related.message)
