"""Findings of a line, moved to where the line is in its document."""

from __future__ import annotations

from collections.abc import Callable

from batchlint.finding import LocatedFinding, Range


def moved(
    finding: LocatedFinding, lines: int, index: int, line_of: Callable[[int], int] | None = None
) -> LocatedFinding:
    """The finding so many lines further down, in a request whose index is greater by `index`.

    `line_of` gives the lines of related places, which are moved as the finding is where it is not given. Offsets are
    not moved: nothing in an editor looks at them.
    """
    if not lines and not index and line_of is None:
        return finding
    fix = finding.fix
    if fix is not None and fix.edits is not None:
        fix = fix._replace(edits=tuple(edit._replace(range=_below(edit.range, lines)) for edit in fix.edits))
    return finding._replace(
        range=None if finding.range is None else _below(finding.range, lines),
        index=None if finding.index is None else finding.index + index,
        related=tuple(
            place._replace(line=place.line + lines if line_of is None else line_of(place.line))
            for place in finding.related
        ),
        fix=fix,
    )


def _below(place: Range, lines: int) -> Range:
    return place._replace(line=place.line + lines, end_line=place.end_line + lines)
