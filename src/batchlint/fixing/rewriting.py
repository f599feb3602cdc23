"""Writes a file anew with some of its bytes replaced."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import IO, Final

from batchlint.edits import Splice
from batchlint.fixing.changes import Changes
from batchlint.sources import Source

CHUNK: Final = 1 << 20


class Ahead:
    """Reads a source by small steps forward, from large pieces."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._start = 0
        self._data = b""

    def read(self, offset: int, length: int) -> bytes:
        """So many bytes at an offset. Raises OSError where the file has become shorter."""
        if offset < self._start or offset + length > self._start + len(self._data):
            self._start, self._data = offset, self._source.read(offset, max(length, CHUNK))
        data = self._data[offset - self._start : offset - self._start + length]
        if len(data) < length:
            raise OSError(f"the file became shorter while it was read, at byte {offset + len(data):,}")
        return data


class Rewriting:
    """A file that is written anew, in a temporary file; as long as nothing is replaced, nothing is written."""

    def __init__(self, source: Source, ahead: Ahead) -> None:
        self._source = source
        self._ahead = ahead
        self._file: IO[bytes] | None = None
        self._written = 0
        self.at = 0
        """Up to where the old file is dealt with; what comes before cannot be changed any more."""
        self.changes = Changes()

    def replace(self, splices: Sequence[Splice], names: tuple[str, ...]) -> None:
        """Makes replacements that follow on those before, in the order of the file; `names` says of which rules."""
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
        for offset, end_offset, text in splices:
            self._copy(offset)
            self._file.write(text)
            self.changes.add(offset, end_offset, self._written, self._written + len(text), names)
            self._written += len(text)
            self.at = end_offset

    def result(self) -> Source:
        """The file as it is now: the old source, if nothing was replaced."""
        if self._file is None:
            return self._source
        self._copy(self._source.size)
        return Source(self._file, self._source.path)

    def drop(self) -> None:
        """Gives up what was written."""
        if self._file is not None:
            self._file.close()

    def _copy(self, end: int) -> None:
        """Copies the old file up to there."""
        assert self._file is not None
        while self.at < end:
            data = self._ahead.read(self.at, min(CHUNK, end - self.at))
            self._file.write(data)
            self.at += len(data)
            self._written += len(data)
