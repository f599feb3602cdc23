"""Lines that are no JSON in the same way as those before: of very many, the first are reported and the rest is counted.

A log, a table or a picture has a million of them. Nobody reads a million findings, and to judge each line by itself
takes ten times as long as to see that it cannot be JSON.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator
from typing import Final, TypeVar

from batchlint.sources.item import UNREADABLE, Item
from batchlint.sources.lexemes import BLANKS
from batchlint.sources.reader import BrokenLines, Read

_Returned = TypeVar("_Returned")

STRING: Final = "inside a string"
"""What is said of strings without an end: such a line depends on more than the one that follows it."""
_never_json: Final = re.compile(rb'(?:[^\s{\["\-0-9tfnNI\xef][^\n]*+\n(?=[^ \t]))++').match
"""Lines that begin as no JSON does, and are followed by one that is not indented, which could go on with a value."""
_blanks_at_end: Final = re.compile(rb"[ \t\r]+$", re.MULTILINE)


class Alike:
    """What was reported of broken lines so far, and with that which of the following ones are only to be counted."""

    def __init__(self, enough: int | None) -> None:
        """After so many irregularities of a kind further ones are counted; None: all are reported."""
        self._enough = enough
        self._reported: Counter[str] = Counter()
        self._last: re.Pattern[bytes] | None = None
        """The last line, again and again, where what follows a line is all that its verdict depends on."""
        self._last_line = BrokenLines(0, 0, 0, 0, 0, (), b"")
        self.is_enough = False
        """Whether enough was reported of some kind."""

    def watch(self, text: bytes, judged: Generator[Read, None, _Returned]) -> Generator[Read, None, _Returned]:
        """Yields `judged`, which is what came of an odd line, and notes what is wrong with it."""
        seen: list[Read] = []
        while True:
            try:
                each = next(judged)
            except StopIteration as end:
                self._note(text, seen)
                returned: _Returned = end.value
                return returned
            if len(seen) < 2:
                seen.append(each)
            yield each

    def _note(self, text: bytes, seen: list[Read]) -> None:
        self._last = None
        item = seen[0] if len(seen) == 1 else None
        if not isinstance(item, Item) or item.value is not UNREADABLE or len(item.raw) > len(text):
            return
        kinds = Counter(each.kind for each in item.irregularities)
        self._reported += kinds
        if self._enough is None or any(self._reported[kind] < self._enough for kind in kinds):
            return
        self.is_enough = True
        depends = any(STRING in each.detail or each.more or each.pointer for each in item.irregularities)
        if not depends and len(kinds) == len(item.irregularities):
            ordered = tuple(reversed(kinds.items()))  # what is fatal, and so in every line, comes last
            self._last_line = BrokenLines(1, 0, 0, len(item.raw), len(text) + 1, ordered, item.raw)
            self._last = re.compile(b"(?:%s\n)*+" % re.escape(text))

    def following(self, data: bytes, at: int, end: int, line: int, offset: int) -> BrokenLines | None:
        """The lines that begin at `data[at]`, `line` of the file at `offset`, and are only to be counted; of those that
        end before `end`.
        """
        found = self._same(data, at, end) or self._never_json(data, at, end)
        return found and found._replace(line=line, offset=offset)

    def _same(self, data: bytes, at: int, end: int) -> BrokenLines | None:
        """Lines that are the very same as the last one; not the last of them, behind which something else comes."""
        if self._last is None:
            return None
        found = self._last.match(data, at, end)
        _, _, _, size, length, kinds, first = self._last_line
        lines = ((found.end() - at) // length if found else 0) - 1
        if lines < 1:
            return None
        counted = tuple((kind, lines) for kind, _ in kinds)
        return BrokenLines(lines, 0, 0, size * lines, length * lines, counted, first)

    def _never_json(self, data: bytes, at: int, end: int) -> BrokenLines | None:
        """Lines that begin as no JSON does."""
        found = _never_json(data, at, end) if self._is_enough_of("invalid-json") else None
        if found is None:
            return None
        text = found[0]
        lines = text.count(b"\n")
        undecodable = _undecodable(text)
        if undecodable and not self._is_enough_of("invalid-utf-8"):
            return None
        kinds = (("invalid-json", lines), ("invalid-utf-8", undecodable))
        size = len(_blanks_at_end.sub(b"", text)) - lines
        first = text[: text.index(b"\n")].rstrip(BLANKS)
        return BrokenLines(lines, 0, 0, size, len(text), kinds if undecodable else kinds[:1], first)

    def _is_enough_of(self, kind: str) -> bool:
        return self._enough is not None and self._reported[kind] >= self._enough


def _undecodable(text: bytes) -> int:
    """How many of the lines are not UTF-8."""
    try:
        text.decode()
    except UnicodeDecodeError:
        pass
    else:
        return 0
    count = 0
    for line in text.split(b"\n"):
        try:
            line.decode()
        except UnicodeDecodeError:
            count += 1
    return count
