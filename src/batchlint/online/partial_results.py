"""A results file on its way: complete rows under a name that says that it is not whole."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

from batchlint.results.rows import Row, row_of
from batchlint.sources.decode import read_json

SUFFIX: Final = ".part"


class DamagedRow(Exception):
    """A line of the stream is no result."""


class PartialResults:
    """The rows that have come so far; what an earlier run has left is gone on with. A context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + SUFFIX)
        self.counts: Counter[str] = Counter()
        """Rows by the type of their result."""
        self._ids: set[str] = set()
        self._file: IO[bytes] = self.path.open("a+b")
        try:
            self._file.truncate(self._read_rows())
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> PartialResults:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self._ids)

    def add(self, line: bytes) -> None:
        """Keeps a row, unless it is there already. Raises DamagedRow."""
        row = _row(line)
        if row.custom_id not in self._ids:
            self._file.write(line + b"\n")
            self._take(row)

    def settle(self) -> None:
        """Makes sure that the rows are on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def _take(self, row: Row) -> None:
        self._ids.add(row.custom_id)
        self.counts[str(row.result.get("type"))] += 1

    def _read_rows(self) -> int:
        """Reads what is there; returns where the last complete row ends."""
        self._file.seek(0)
        end = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            try:
                self._take(_row(line))
            except DamagedRow:
                break
            end += len(line)
        return end


def counts_of(path: Path) -> Mapping[str, int] | None:
    """Rows by type of a finished results file; None where it holds anything else. Raises OSError."""
    counts: Counter[str] = Counter()
    with path.open("rb") as file:
        for line in file:
            try:
                counts[str(_row(line).result.get("type"))] += 1
            except DamagedRow:
                return None
    return counts


def _row(line: bytes) -> Row:
    try:
        row = row_of(read_json(line))
    except ValueError:
        row = None
    if row is None:
        raise DamagedRow
    return row
