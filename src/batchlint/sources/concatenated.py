"""Reads values that are one after the other without a list around them, however they are spread over lines."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final, NamedTuple

from batchlint.sources.at_cursor import syntax_error_at
from batchlint.sources.boundaries import exact_item, quick_items
from batchlint.sources.form import CONCATENATED
from batchlint.sources.item import Irregularity
from batchlint.sources.reader import Read, Reader
from batchlint.sources.window import Window

COMMA_AFTER: Final = "a comma after the value"
"""What the detail begins with where there are commas: no reader takes those."""


class SharedLines(NamedTuple):
    """Lines on which more is than one value: how many, and where the first of them goes on after its first
    value.
    """

    lines: int = 0
    offset: int = 0
    line: int = 0
    line_offset: int = 0
    by_comma: bool = False
    """Whether a comma comes there, or on another such line."""

    def one_more(self, offset: int, line: int, line_offset: int, by_comma: bool) -> SharedLines:
        """With another such line counted."""
        if not self.lines:
            return SharedLines(1, offset, line, line_offset, by_comma)
        return self._replace(lines=self.lines + 1, by_comma=self.by_comma or by_comma)

    def irregularity(self) -> Irregularity:
        """Told once for a file."""
        what = COMMA_AFTER if self.by_comma else "another value after the first"
        where = f"on {self.lines:,} lines" if self.lines > 1 else "on one line"
        return Irregularity(
            "several-values-on-line",
            self.offset,
            self.offset + 1,
            self.line,
            self.line_offset,
            None,
            f"{what}, {where}",
        )


Concatenated = Generator[Read, None, tuple[int, SharedLines]]


def concatenated_values(window: Window, index: int, shared_lines: SharedLines, reader: Reader) -> Concatenated:
    """The values from the cursor to the end of the window; commas between them are passed over and counted.

    Returns the next index, and what came on lines with more than one value.
    """
    guess_from = 0
    ended = counted = 0  # the line on which the last value ended, and the one that was counted as crowded last
    while byte := window.peek():
        line, line_offset = window.line()
        if line == ended and byte not in b",{[":
            from batchlint.sources.recovery import recover

            found = syntax_error_at(window, b"", "end", index - 1)
            recover(window, 0, CONCATENATED)
            yield found
            ended = 0
            continue
        if line != counted and (line == ended or (byte == b"," and index)):
            shared_lines = shared_lines.one_more(window.here, line, line_offset, byte == b",")
            counted = line
        if byte == b"," and index:
            window.at += 1
            continue
        if window.here >= guess_from:
            index, guess_from = yield from quick_items(window, index, CONCATENATED, reader)
        item, goes_on = exact_item(window, index, CONCATENATED)
        yield item
        index += 1
        ended = window.line()[0] if goes_on == "after" else 0
    return index, shared_lines
