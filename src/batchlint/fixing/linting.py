"""Lints a file, or one request, as often as fixing asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.dialects.detecting import dialect_of
from batchlint.engine import Engine
from batchlint.finding import Finding
from batchlint.rulebook import Rulebook
from batchlint.sources import Source, source_of_bytes
from batchlint.sources.progress import Progress


class RulebookLinter:
    """Finds what `check` would show. Ids of a pass before are no ids that were used before."""

    def __init__(self, rulebook: Rulebook, progress: Progress | None = None) -> None:
        self._rulebook = rulebook
        self._settings = rulebook.settings
        self._progress = progress or Progress(wanted=False)
        self._dialect = rulebook.settings.options.dialect
        self._of_items: dict[str, Engine] = {}

    def of_file(self, source: Source) -> Iterator[Finding]:
        """The problems of a file."""
        made, baseline = self._settings, self._rulebook.baseline
        baseline = None if baseline is None else baseline.unused()
        engine = Engine(made.options, made.rules, made.severities)
        self._dialect = dialect_of(source, made.options.dialect)
        self._progress.expect(source.size)
        for finding in engine.check(self._progress.watched(source)):
            if not made.silences(finding) and not (baseline is not None and baseline.accepts(finding)):
                yield finding

    def of_item(self, raw: bytes) -> Iterator[Finding]:
        """The problems of one request, whatever other requests there are."""
        with source_of_bytes(raw) as source:
            yield from self._engine_of(self._dialect).check(source)

    def _engine_of(self, dialect: str) -> Engine:
        """What lints requests of a file that is written in a dialect."""
        if dialect not in self._of_items:
            made = self._settings
            rules = [rule for rule in made.rules if "repeated-id" not in rule.triggers]
            options = made.options
            options.dialect = dialect
            self._of_items[dialect] = Engine(options, rules, made.severities)
        return self._of_items[dialect]
