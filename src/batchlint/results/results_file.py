"""The content of one results file besides the results that count."""

from __future__ import annotations

from dataclasses import dataclass

from batchlint.results.rows import what_is_wrong
from batchlint.sources import Irregularity, Item, Source


@dataclass(slots=True)
class ResultsFile:
    """What was in one results file."""

    source: Source
    rows: int = 0
    known: int = 0
    """Rows whose id is in the sources."""
    repeated: int = 0
    """Rows whose id came before in the same file."""
    unreadable: int = 0
    """Lines that hold no result."""
    is_empty: bool = False
    first_unreadable: int = 0
    """The line of the first of them."""
    first_wrong: str = ""
    """What is wrong about that one, as a clause, where it looks like a row."""
    is_cut_off: bool = False
    """The end is missing."""

    def take_odd(self, line: Item | Irregularity) -> None:
        """Takes note of what is no row."""
        if isinstance(line, Irregularity):
            self.is_cut_off |= line.kind == "truncated-json"
            self.is_empty |= line.kind == "empty-file"
            return
        self.unreadable += 1
        if self.unreadable == 1:
            self.first_unreadable = line.line
            self.first_wrong = what_is_wrong(line.value)
        self.is_cut_off |= any(each.kind == "truncated-json" for each in line.irregularities)
