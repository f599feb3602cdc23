"""Findings of a document that is edited: each line of JSONL is linted once, and again only when it changes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from batchlint.batch import Batch
from batchlint.dialects.detecting import OWN, dialect_of
from batchlint.engine import Engine
from batchlint.finding import Finding, LocatedFinding, custom_id_of
from batchlint.lsp.moving import moved
from batchlint.reports.locate import Locator
from batchlint.rule import Rule
from batchlint.rulebook import Rulebook
from batchlint.sources import Source, source_of_bytes
from batchlint.sources.decode import read_json

ENDINGS = (".jsonl", ".ndjson")
"""The names of files that have a request on each line."""
MOST_REPEATED = 1_000
"""EditorText with repeated ids that are compared at each change; no more findings are shown than that."""
REPEATED = "repeated-id"
"""The trigger of the rules that look at several lines at once."""


class LineFindings(NamedTuple):
    """The problems of one line by itself, as in a file that has no other line."""

    custom_id: str | None
    size: int
    """Bytes of the line without its end."""
    is_odd: bool
    """Whether its JSON is not as it should be."""
    findings: tuple[Finding, ...]


class Checked(NamedTuple):
    """The first findings of a document, as many as are wanted, and how many more there are."""

    findings: list[LocatedFinding]
    more: int


class DocumentChecker:
    """Finds what is wrong with one document, again and again while it is edited."""

    def __init__(self, path: str, rulebook: Rulebook) -> None:
        self._path = path
        self._settings = rulebook.settings
        rules = rulebook.settings.rules
        self._whole = self._engine(rules)
        self._single = self._engine([rule for rule in rules if REPEATED not in rule.triggers])
        self._repeated = self._engine([rule for rule in rules if REPEATED in rule.triggers])
        self._known: dict[str, LineFindings] = {}
        self._located: dict[str, list[LocatedFinding]] = {}

    def check(self, text: str, most: int) -> Checked:
        """The problems of a text, the first findings of it located; what concerns several requests comes last."""
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        if not has_a_request_on_each_line(self._path, lines) or not self._is_own(lines):
            with source_of_bytes(_encoded(text), self._path) as source:
                found = list(self._found_in(self._whole, source))
                return Checked(_located(source, found[:most]), max(len(found) - most, 0))
        self._known = self._lint(lines)
        total = sum(len(self._known[line].findings) for line in lines)
        located = list(itertools.islice(self._of_lines(lines), most))
        others = [*self._of_ids(lines), *self._of_the_batch(lines)]
        more = total - len(located)
        return Checked([*located, *others], more)

    def _is_own(self, lines: Sequence[str]) -> bool:
        """Whether these lines are for the Claude API: those of other platforms are looked at together."""
        with source_of_bytes(_encoded("".join(lines[:1])), self._path) as source:
            return dialect_of(source, self._settings.options.dialect) == OWN

    def _engine(self, rules: Collection[Rule]) -> Engine:
        return Engine(self._settings.options, rules, self._settings.severities)

    def _lint(self, lines: Sequence[str]) -> dict[str, LineFindings]:
        """The problems of each of these lines; those that are known are not looked at again."""
        known = {line: self._known[line] for line in lines if line in self._known}
        self._located = {line: found for line, found in self._located.items() if line in known}
        sound: dict[str, str | None] = {}
        for line in dict.fromkeys(lines):
            if line in known:
                continue
            try:
                sound[line] = custom_id_of(read_json(_encoded(line)))
            except ValueError:
                found = tuple(finding for _, finding in self._by_line(self._single, [line]))
                known[line] = LineFindings(None, len(_encoded(line)), True, found)
        by_line: dict[int, list[Finding]] = {}
        for number, finding in self._by_line(self._single, list(sound)):
            by_line.setdefault(number, []).append(_alone(finding))
        for number, (line, custom_id) in enumerate(sound.items()):
            known[line] = LineFindings(custom_id, len(_encoded(line)), False, tuple(by_line.get(number, ())))
        return known

    def _of_lines(self, lines: Sequence[str]) -> Iterator[LocatedFinding]:
        """Findings about one line each."""
        for number, line in enumerate(lines):
            found = self._known[line].findings
            if found and line not in self._located:
                with source_of_bytes(_encoded(line), self._path) as source:
                    self._located[line] = _located(source, found)
            if found:
                yield from (moved(finding, number, number) for finding in self._located[line])

    def _of_ids(self, lines: Sequence[str]) -> Iterator[LocatedFinding]:
        """Findings about ids that several lines have."""
        counts = Counter(self._known[line].custom_id for line in lines)
        del counts[None]
        chosen = [number for number, line in enumerate(lines) if counts[self._known[line].custom_id] > 1]
        chosen = chosen[:MOST_REPEATED]
        with source_of_bytes(_encoded("\n".join(lines[number] for number in chosen)), self._path) as source:
            found = list(self._found_in(self._repeated, source))
            for finding in _located(source, found):
                place = 0 if finding.index is None else finding.index
                down = chosen[place] - place
                yield moved(finding, down, down, lambda line: chosen[line - 1] + 1)

    def _of_the_batch(self, lines: Sequence[str]) -> list[LocatedFinding]:
        """Findings about the file as a whole."""
        sizes = sum(self._known[line].size for line in lines)
        is_odd = any(self._known[line].is_odd for line in lines)
        batch = Batch(self._path, "jsonl", len(lines), sizes + len(lines), sizes, is_odd, self._settings.options)
        with source_of_bytes(b"", self._path) as source:
            return _located(source, [each for each in self._whole.findings_of(batch) if self._is_shown(each)])

    def _by_line(self, engine: Engine, lines: Sequence[str]) -> Iterator[tuple[int, Finding]]:
        """The problems of these lines as a file of their own, each with the number of its line, from 0."""
        with source_of_bytes(_encoded("\n".join(lines)), self._path) as source:
            for finding in self._found_in(engine, source):
                place = finding.item or finding.irregularity
                yield 0 if place is None else place.line - 1, finding

    def _found_in(self, engine: Engine, source: Source) -> Iterator[Finding]:
        """The problems of a source; only the engine that has all rules finds those of the whole."""
        source.most_item_bytes = engine.max_item_bytes
        engine.custom_ids.forget()
        engine.custom_ids.begin_file(self._path)
        found = engine.check(source) if engine is self._whole else engine.check_items(source)
        return filter(self._is_shown, found)

    def _is_shown(self, finding: Finding) -> bool:
        return not self._settings.silences(finding)


def has_a_request_on_each_line(path: str, lines: Sequence[str]) -> bool:
    """Whether lines can be looked at one by one: it is JSONL by its name, the first request is on one line, and none
    is blank.
    """
    first = lines[0].strip() if lines else ""
    return (
        path.lower().endswith(ENDINGS)
        and first.startswith("{")
        and first.endswith("}")
        and all(line and not line.isspace() for line in lines)
    )


def _located(source: Source, found: Iterable[Finding]) -> list[LocatedFinding]:
    locator = Locator(source)
    return [locator.locate(finding, with_frame=False, with_fix=True) for finding in found]


def _alone(finding: Finding) -> Finding:
    """A finding about a sound line as in a file that has no other line."""
    item = finding.item
    if item is None:
        return finding
    return finding._replace(index=0, item=item._replace(offset=item.offset - item.line_offset, line=1, line_offset=0))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")
