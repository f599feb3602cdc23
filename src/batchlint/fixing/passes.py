"""Fixes a file pass by pass: what a fix leaves is linted again, until there is nothing more to fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Protocol

from batchlint.edits import FORMS, Edit, Fix, Safety, Splice
from batchlint.finding import Finding
from batchlint.fixing.changes import Changes
from batchlint.fixing.forms import form_splices
from batchlint.fixing.resolving import splices_of, with_splices
from batchlint.fixing.rewriting import Ahead, Rewriting
from batchlint.reports.tally import Tally
from batchlint.sources import Source
from batchlint.sources.item import Stretch

MOST_PASSES: Final = 10
"""Passes after which what is left stays: fixes that undo each other must not go on for ever."""


class Linter(Protocol):
    """Finds what is wrong, in the order of the file, each time as if nothing had been read before."""

    def of_file(self, source: Source) -> Iterator[Finding]:
        """The problems of a file."""
        ...

    def of_item(self, raw: bytes) -> Iterator[Finding]:
        """The problems of one request, whatever other requests there are."""
        ...


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
    first_errors: Counter[str] = field(default_factory=Counter)
    """Errors before any fix, by rule."""
    left_errors: Counter[str] = field(default_factory=Counter)
    """Errors now, by rule."""
    left_unsafe: int = 0
    """Findings among what is left that have an unsafe fix, which was not wanted."""


def fixed(original: Source, linter: Linter, *, unsafe: bool) -> Fixed:
    """The file after all safe fixes, and the unsafe ones if wanted; the original stays open and as it is.

    Where errors come to light that were hidden by what was fixed (a model that was misspelt takes no prefill), it is
    done again with care: a fix that brings an error to its request is left out. Raises OSError where a file cannot be
    read or written.
    """
    done = _in_passes(original, linter, unsafe=unsafe, careful=False)
    if done.left_errors <= done.first_errors:
        return done
    if done.source is not original:
        done.source.close()
    return _in_passes(original, linter, unsafe=unsafe, careful=True)


def _in_passes(original: Source, linter: Linter, *, unsafe: bool, careful: bool) -> Fixed:
    done = Fixed(original)
    for number in range(MOST_PASSES + 1):
        before = done.source
        wanted: tuple[Safety, ...] = ("safe", "unsafe") if unsafe else ("safe",)
        one = _Pass(before, linter, wanted if number < MOST_PASSES else (), careful=careful)
        after = one.over(linter.of_file(before))
        done.left, done.left_unsafe, done.left_errors = one.tally, one.left_unsafe, one.errors
        if not number:
            done.first_errors = one.errors
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

    def __init__(self, source: Source, linter: Linter, wanted: tuple[Safety, ...], *, careful: bool) -> None:
        self._source = source
        self._linter = linter
        self._wanted = wanted
        self._careful = careful
        self._ahead = Ahead(source)
        self.tally = Tally()
        self.errors: Counter[str] = Counter()
        self.fixed: Counter[str] = Counter()
        self.left_unsafe = 0
        self.changes = Changes()

    def over(self, findings: Iterable[Finding]) -> Source:
        """The file after the fixes of these findings; the same source, if there was none."""
        rewriting = Rewriting(self._source, self._ahead)
        form: tuple[Finding, Edit] | None = None
        try:
            for item, group in groupby(self._counted(findings), key=lambda finding: finding.item):
                about = list(group)
                for finding in about:
                    fix = finding.problem.fix
                    if fix is None or fix.safety not in self._wanted:
                        self.left_unsafe += fix is not None and fix.safety == "unsafe"
                    elif fix.of_form:
                        form = form or (finding, fix.edits[0])
                self._fix(rewriting, item, about)
            result = rewriting.result()
        except BaseException:
            rewriting.drop()
            raise
        self.changes = rewriting.changes
        return self._formed(result, *form) if form is not None else result

    def _counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            self.tally.add(finding)
            if finding.severity == "error":
                self.errors[finding.rule.name] += finding.number
            yield finding

    def _fix(self, rewriting: Rewriting, item: Stretch | None, about: Sequence[Finding]) -> None:
        """Fixes what is in one item, or about the form of the file; of two fixes that meet, the first is made."""
        resolved = []
        for finding in about:
            fix = finding.problem.fix
            if fix is None or fix.safety not in self._wanted or fix.of_form:
                continue
            splices = self._splices(item, fix)
            is_tried = fix.safety == "unsafe" or (self._careful and fix.may_uncover)
            if splices and (item is None or not is_tried or self._is_good(item, splices, about)):
                resolved.append((splices, finding.rule.name))
        if len(resolved) == 1:
            ((splices, name),) = resolved
            if splices[0].offset >= rewriting.at:
                self.fixed[name] += 1
                rewriting.replace(splices, (name,))
            return
        chosen: list[tuple[Splice, str]] = []
        for splices, name in sorted(resolved):
            if not self._meets(splices, [splice for splice, _ in chosen], rewriting.at):
                chosen += [(splice, name) for splice in splices]
                self.fixed[name] += 1
        for splice, name in sorted(chosen):
            rewriting.replace((splice,), (name,))

    def _is_good(self, item: Stretch, splices: Sequence[Splice], about: Iterable[Finding]) -> bool:
        """Whether a fix brings no error that the request did not have, and that stays."""
        raw = with_splices(self._ahead.read(item.offset, item.length), item.offset, splices)
        had = Counter(finding.rule.name for finding in about if finding.severity == "error")
        has = Counter(
            finding.rule.name
            for finding in self._linter.of_item(raw)
            if finding.severity == "error"
            and (finding.problem.fix is None or finding.problem.fix.safety not in self._wanted)
        )
        return has <= had

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
