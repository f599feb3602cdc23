"""How text stops being JSON."""

from __future__ import annotations


class NotJsonError(Exception):
    """The text is not JSON: from `start` to `end` is what must not be there."""

    def __init__(self, start: int, end: int, detail: str, kind: str = "invalid-json") -> None:
        super().__init__(detail)
        self.start = start
        self.end = end
        self.detail = detail
        self.kind = kind


class CutShortError(Exception):
    """The text ends before the value does; `end` is where its last token ends, `within` what it ends inside of."""

    def __init__(self, end: int, within: str) -> None:
        super().__init__(within)
        self.end = end
        self.within = within


class TooLargeError(Exception):
    """The text goes on for longer than anybody wants to read at once."""
