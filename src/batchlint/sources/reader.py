"""What makes values of the bytes that a file is cut into."""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.sources.decode import read_json


class Clean(NamedTuple):
    """Requests that stand one after the other, each on a line of its own, and of which there is nothing to be said."""

    requests: int
    size: int
    """Bytes of the requests themselves."""
    length: int
    """Bytes from the beginning of the first to the end of the last."""


class Reader:
    """Decodes whatever it is given; others may know requests that need no decoding."""

    def read(self, raw: bytes) -> Any:
        """The value of an item's bytes. Raises ValueError where something about them is questionable."""
        return read_json(raw)

    def pass_over(self, lines: bytes, at: int, base: int, line: int) -> Clean | None:
        """The clean requests that begin at `lines[at]`; None if there is none, or if that is not known.

        `base` is the absolute offset of `lines`, `line` the number of the line that begins at `at`.
        """
        return None


DECODER = Reader()
