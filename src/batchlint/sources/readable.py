"""The bytes of a file, as the modules that cut it into items need them."""

from __future__ import annotations

from typing import Protocol


class Readable(Protocol):
    """A file of which any bytes can be read."""

    @property
    def size(self) -> int:
        """Bytes of the file."""
        ...

    @property
    def most_item_bytes(self) -> int | None:
        """Bytes of the largest item that is decoded; None: no limit."""
        ...

    @property
    def enough(self) -> int | None:
        """Broken lines of a kind that are reported one by one; further ones are counted. None: all are reported."""
        ...

    def read(self, offset: int, length: int) -> bytes:
        """The bytes at an offset; fewer at the end of the file."""
        ...
