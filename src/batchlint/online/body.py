"""The body that creates a batch: the requests' own bytes in the envelope that the API takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from batchlint.batch import wrapped_bytes
from batchlint.sources import FileChanged, Item, Source

OPENING, CLOSING = b'{"requests":[', b"]}"
CHUNK = 1 << 18


class Body:
    """The body of a file, in pieces, as often as it is asked for; `size` in bytes is known before."""

    def __init__(self, source: Source, requests: int, item_bytes: int, identity: tuple[int, ...]) -> None:
        self._source = source
        self._identity = identity
        self.size = wrapped_bytes(requests, item_bytes)

    def __iter__(self) -> Iterator[bytes]:
        pieces, length = [OPENING], 0
        separator = b""
        for item in self._source:
            if isinstance(item, Item):
                pieces += (separator, item.raw)
                separator = b","
                length += len(item.raw)
                if length > CHUNK:
                    yield b"".join(pieces)
                    pieces, length = [], 0
        if identity_of(self._source.path) != self._identity:
            raise FileChanged(self._source.path)
        yield b"".join([*pieces, CLOSING])


def identity_of(path: str) -> tuple[int, ...]:
    """A value that changes when a file is written or replaced."""
    status = Path(path).stat()
    return (status.st_ino, status.st_size, status.st_mtime_ns)
