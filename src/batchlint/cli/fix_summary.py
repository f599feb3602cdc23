"""The summary of `batchlint fix` on standard error."""

from __future__ import annotations

import argparse
from collections import Counter

from batchlint.cli import tell
from batchlint.fixing.passes import Fixed
from batchlint.reports.closing import how_many

ID_RULES = ("duplicate-custom-id", "invalid-custom-id")
"""Rules whose problems another command mends, since the old ids must not be lost."""


class FixSummary:
    """Counts what was fixed and what is left, over all files."""

    def __init__(self, options: argparse.Namespace, *, written: bool) -> None:
        self._options = options
        self._written = written
        self._rules: Counter[str] = Counter()
        self._left: Counter[str] = Counter()
        self._errors = self._warnings = self._failing = self._unsafe = self._files = 0

    @property
    def fails(self) -> bool:
        """Whether the run fails: where files are written, by what is left; where not, by what could be fixed."""
        return bool(self._failing if self._written else self._rules)

    def add(self, path: str, result: Fixed, *, strict: bool) -> None:
        """Takes what came of a file, and says what was fixed in it."""
        left = result.left
        self._files += 1
        self._rules += result.rules
        self._left += left.rules
        self._errors += left.errors
        self._warnings += left.warnings
        self._failing += left.errors + (left.warnings if strict else 0)
        self._unsafe += result.left_unsafe
        if self._options.quiet or not (result.rules or self._options.output):
            return
        count = how_many(result.rules.total(), "problem")
        to = f" -> {self._options.output}" if self._options.output not in (None, "-") else ""
        tell(f"{path}{to}: {count} {'fixed' if self._written else 'to fix'}")
        for name, number in sorted(result.rules.items(), key=lambda each: (-each[1], each[0])):
            tell(f"  {number:,}  {name}")

    def close(self) -> None:
        """Says what is left, and what to do about it."""
        if self._options.quiet:
            return
        if not self._rules:
            tell(f"nothing to fix in {how_many(self._files, 'file')}")
        elif not self._written:
            tell("nothing is written yet: -o OUT writes a new file, --in-place replaces")
        if self._errors or self._warnings:
            counts = f"{how_many(self._errors, 'error')} and {how_many(self._warnings, 'warning')}"
            by = "fix" if self._options.unsafe else "safe fix"
            tell(f"left: {counts} that no {by} mends (batchlint check shows them)")
        if self._unsafe:
            tell(f"{self._unsafe:,} of them --unsafe fixes: look at the diff first, for it changes what requests mean")
        if any(self._left[name] for name in ID_RULES):
            tell("custom_ids stay as they are: batchlint ids --fix changes them, and keeps the map back")
        if self._rules:
            tell("mend the program that wrote this too, or its next file has the same mistakes")
