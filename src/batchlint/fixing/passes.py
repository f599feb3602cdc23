"""Fixes a file pass by pass: what a fix leaves is linted again, until there is nothing more to fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from batchlint.edits import FORMS, Edit, Fix, Splice
from batchlint.finding import Finding
from batchlint.fixing.changes import Changes
from batchlint.fixing.forms import form_splices
from batchlint.fixing.resolving import splices_of
from batchlint.fixing.rewriting import Ahead, Rewriting
from batchlint.sources import Source
from batchlint.sources.item import Stretch
from batchlint.tally import Tally

MOST_PASSES: Final = 10
"""Passes after which what is left stays: fixes that undo each other must not go on for ever."""

Lint = Callable[[Source], Iterator[Finding]]
"""Finds what is wrong with a file, in its order, whenever it is called."""


@dataclass(slots=True)
class Fixed:
    """A file after its fixes."""

    source: Source
    """The file as it is now; the one that was given, if nothing was fixed."""
    rules: Counter[str] = field(default_factory=Counter)
    """How many findings were fixed, by rule."""
    changes: Changes = field(default_factory=Changes)
    left: Tally = field(default_factory=Tally)
    """What linting finds in it now."""
    left_unsafe: int = 0
    """Findings among them that have an unsafe fix, which was not wanted."""


def fixed(original: Source, lint: Lint, *, unsafe: bool) -> Fixed:
    """The file after all safe fixes, and the unsafe ones if wanted; the original stays open and as it is.

    Raises OSError where a file cannot be read or written.
    """
    done = Fixed(original)
    for number in range(MOST_PASSES + 1):
        before = done.source
        one = _Pass(before, unsafe=unsafe, last=number == MOST_PASSES)
        after = one.over(lint(before))
        done.left, done.left_unsafe = one.tally, one.left_unsafe
        if after is before:
            break
        done.source = after
        done.rules += one.fixed
        done.changes = done.changes.then(one.changes)
        if before is not original:
            before.close()
    return done


class _Pass:
    """One reading of a file, in which what can be fixed is fixed."""

    def __init__(self, source: Source, *, unsafe: bool, last: bool) -> None:
        self._source = source
        self._wanted = () if last else ("safe", "unsafe") if unsafe else ("safe",)
        self._ahead = Ahead(source)
        self.tally = Tally()
        self.fixed: Counter[str] = Counter()
        self.left_unsafe = 0
        self.changes = Changes()

    def over(self, findings: Iterable[Finding]) -> Source:
        """The file after the fixes of these findings; the same source, if there was none."""
        rewriting = Rewriting(self._source, self._ahead)
        form: tuple[Finding, Edit] | None = None
        try:
            for item, group in groupby(self._counted(findings), key=lambda finding: finding.item):
                fixable = [(finding, finding.problem.fix) for finding in group if finding.problem.fix is not None]
                for finding, fix in fixable:
                    if fix.safety not in self._wanted:
                        self.left_unsafe += fix.safety == "unsafe"
                    elif fix.of_form:
                        form = form or (finding, fix.edits[0])
                self._fix(rewriting, item, fixable)
            result = rewriting.result()
        except BaseException:
            rewriting.drop()
            raise
        self.changes = rewriting.changes
        return self._formed(result, *form) if form is not None else result

    def _counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            self.tally.add(finding)
            yield finding

    def _fix(self, rewriting: Rewriting, item: Stretch | None, fixable: Sequence[tuple[Finding, Fix]]) -> None:
        """Fixes what stands in one item, or about the form of the file; of two fixes that meet, the first is made."""
        wanted = [(finding, fix) for finding, fix in fixable if fix.safety in self._wanted and not fix.of_form]
        if not wanted:
            return
        resolved = [(self._splices(item, fix), finding.rule.name) for finding, fix in wanted]
        chosen: list[tuple[Splice, str]] = []
        for splices, name in sorted(resolved):
            if splices and not self._meets(splices, [splice for splice, _ in chosen], rewriting.at):
                chosen += [(splice, name) for splice in splices]
                self.fixed[name] += 1
        for splice, name in sorted(chosen):
            rewriting.replace((splice,), (name,))

    def _splices(self, item: Stretch | None, fix: Fix) -> tuple[Splice, ...]:
        if item is None:
            return splices_of(b"", 0, fix.edits, in_lines=True)
        raw = self._ahead.read(item.offset, item.length)
        return splices_of(raw, item.offset, fix.edits, self._source.container == "jsonl")

    @staticmethod
    def _meets(splices: Sequence[Splice], chosen: Sequence[Splice], at: int) -> bool:
        """Whether replacements overlap or touch those that were chosen, or come too late."""
        return splices[0].offset < at or any(
            one.offset <= other.end_offset and other.offset <= one.end_offset for one in splices for other in chosen
        )

    def _formed(self, source: Source, finding: Finding, edit: Edit) -> Source:
        """The file after the fix of its form; the same source, if that does not fit."""
        assert isinstance(edit, FORMS)
        rewriting = Rewriting(source, Ahead(source))
        try:
            for splice in form_splices(source, edit):
                rewriting.replace((splice,), (finding.rule.name,))
        except UnicodeDecodeError:
            rewriting.drop()
            return source
        except BaseException:
            rewriting.drop()
            raise
        result = rewriting.result()
        if result is not source:
            self.fixed[finding.rule.name] += 1
            self.changes = self.changes.then(rewriting.changes)
            if source is not self._source:
                source.close()
        return result
