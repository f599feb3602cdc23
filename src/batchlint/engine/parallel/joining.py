"""Joins what was found in parts of a file, as if one had read all of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache

from batchlint.engine import Engine
from batchlint.engine.packed_ids import digest_of
from batchlint.engine.parallel.parts import Again, CheckedPart
from batchlint.finding import Finding
from batchlint.rule import Related
from batchlint.sources import Item, Source
from batchlint.sources.decode import decode
from batchlint.sources.flaw import placed
from batchlint.sources.item import Stretch
from batchlint.sources.lines import REPORTED_AT_END
from batchlint.sources.reader import Mark


def mark_after(checked: CheckedPart, mark: Mark) -> Mark | None:
    """Where reading goes on after a part that begins at a mark."""
    return checked.after and shifted_mark(checked.after, mark)


def joined(checked: CheckedPart, mark: Mark, source: Source, engine: Engine) -> Iterator[Finding]:
    """The problems found in a part that begins at a mark.

    Items that use an id which was used before the part are checked once more by the engine, which knows of the other
    use; as are those of which something is said that may name their index.
    """
    uses = checked.uses
    known = engine.custom_ids.known(uses)
    line_offset = mark.line_offset if mark.offset else None
    findings = [_shifted(finding, mark) for finding in checked.findings] if mark.offset else checked.findings
    again = _to_check_again(checked, known, findings, mark)
    # Items that are checked again remember their ids then.
    new = uses.without([each for each, offset in enumerate(uses.offsets) if offset in again]) if again else uses
    engine.custom_ids.add_uses(new, mark.line - 1, line_offset)
    if not again:
        yield from filter(engine.is_new, findings)
        return
    waiting = sorted(again.values(), key=lambda each: each.stretch.offset, reverse=True)
    for finding in findings:
        offset = _offset_of(finding)
        while waiting and waiting[-1].stretch.offset < offset:
            yield from _checked_again(waiting.pop(), source, engine)
        if (finding.irregularity is not None or offset not in again) and engine.is_new(finding):
            yield finding
    while waiting:
        yield from _checked_again(waiting.pop(), source, engine)


def _offset_of(finding: Finding) -> int:
    """Where the item or irregularity of a finding begins; what is reported at the end of a file comes after all."""
    form = finding.irregularity
    if finding.item is not None:
        return finding.item.offset
    return sys.maxsize if form is None or form.kind in REPORTED_AT_END else form.offset


def _to_check_again(
    checked: CheckedPart, known: list[int], findings: Sequence[Finding], mark: Mark
) -> dict[int, Again]:
    """The items that are to be checked once more, by their offsets."""
    uses = checked.uses
    again = {
        each.stretch.offset: Again(mark.index + each.index, _shifted_stretch(each.stretch, mark))
        for each in checked.again
    }
    for each in known:
        place = Stretch(uses.offsets[each], uses.lengths[each], uses.lines[each], uses.line_offsets[each])
        again[place.offset] = Again(mark.index + uses.indexes[each], _shifted_stretch(place, mark))
    digests = {uses.digest(each) for each in known}
    for finding in findings:
        if finding.item is not None and finding.index is not None and finding.irregularity is None:
            is_known = digests and finding.custom_id is not None and digest_of(finding.custom_id) in digests
            if is_known or (mark.index and may_name_index(finding)):
                again[finding.item.offset] = Again(finding.index, finding.item)
    return again


def may_name_index(finding: Finding) -> bool:
    """Whether the message of a finding may name the index of its item: what is said of params never does."""
    pointer = finding.problem.pointer
    return not pointer or pointer[0] not in _bodies() or len(pointer) == 1


@cache
def _bodies() -> frozenset[str]:
    """The fields of lines that hold the bodies of requests."""
    from batchlint.facts import platforms

    return frozenset({"params", *(each.body for each in platforms().by_key.values())})


def _checked_again(again: Again, source: Source, engine: Engine) -> Iterator[Finding]:
    offset, length, line, line_offset = again.stretch
    raw = source.read(offset, length)
    value, flaws = decode(raw)
    irregularities = placed(flaws, raw, again.index, offset, line, line_offset) if flaws else ()
    return engine.check_again(source.path, Item(again.index, offset, line, line_offset, raw, value, irregularities))


def _shifted(finding: Finding, mark: Mark) -> Finding:
    """A finding with the lines and the index that it has in the whole file."""
    problem, form = finding.problem, finding.irregularity
    if problem.related:
        problem = problem._replace(related=tuple(_shifted_related(each, mark) for each in problem.related))
    if form is not None:
        line, line_offset = _shifted_line(form.line, form.line_offset, mark)
        index = None if form.index is None else mark.index + form.index
        form = form._replace(line=line, line_offset=line_offset, index=index)
    return finding._replace(
        problem=problem,
        index=None if finding.index is None else mark.index + finding.index,
        item=finding.item and _shifted_stretch(finding.item, mark),
        irregularity=form,
    )


def _shifted_related(related: Related, mark: Mark) -> Related:
    if not related.same_file:
        return related
    line, line_offset = _shifted_line(related.line, related.line_offset, mark)
    return related._replace(line=line, line_offset=line_offset)


def _shifted_stretch(stretch: Stretch, mark: Mark) -> Stretch:
    line, line_offset = _shifted_line(stretch.line, stretch.line_offset, mark)
    return stretch._replace(line=line, line_offset=line_offset)


def shifted_mark(after: Mark, mark: Mark) -> Mark:
    """A mark of a part, as one of the file in which the part begins at `mark`."""
    line, line_offset = _shifted_line(after.line, after.line_offset, mark)
    return Mark(after.offset, mark.index + after.index, line, line_offset)


def _shifted_line(line: int, line_offset: int, mark: Mark) -> tuple[int, int]:
    """A line of the part as one of the file; the first one may begin before the part."""
    if not mark.offset:
        return line, line_offset
    return mark.line - 1 + line, mark.line_offset if line == 1 else line_offset
