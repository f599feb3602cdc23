"""The ledger's file: lines are added under a lock, each in one write, and never changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from batchlint.ledger.entry import Entry, entry_of
from batchlint.ledger.locking import locked

DEFAULT_LEDGER: Final = "batchlint-ledger.jsonl"
"""In the current folder, unless `--ledger` or the variable BATCHLINT_LEDGER names another."""

BEGINNING: Final = b'{"event": '
"""How every line begins."""


class NotALedger(Exception):
    """The file holds something else, and nothing is added to it; the message is one line."""


class Ledger:
    """A ledger by its path; a file that does not exist is one without entries."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def entries(self) -> list[Entry]:
        """All entries, oldest first. Raises OSError, and NotALedger for a file of something else.

        A last line without its end was cut off while it was written, and is passed over.
        """
        try:
            lines = self.path.read_bytes().split(b"\n")[:-1]
        except FileNotFoundError:
            return []
        return list(self._entries(lines))

    def add(self, entry: Entry) -> None:
        """Adds a line and makes sure that it is on the disk. Raises OSError."""
        with locked(self._lock_name("lock")):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
            try:
                size = os.fstat(descriptor).st_size
                line = entry.line()
                if size:
                    os.lseek(descriptor, size - 1, os.SEEK_SET)
                    if os.read(descriptor, 1) != b"\n":
                        line = b"\n" + line  # behind one that was cut off
                if os.write(descriptor, line) != len(line):
                    raise OSError(28, "the line could not be written whole", str(self.path))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def alone(self) -> AbstractContextManager[None]:
        """Holds off other submissions with this ledger. Raises BlockingIOError while one is at work."""
        return locked(self._lock_name("submit.lock"), wait=False)

    def _lock_name(self, ending: str) -> str:
        return str(self.path.with_name(f".{self.path.name}.{ending}"))

    def _entries(self, lines: list[bytes]) -> Iterator[Entry]:
        met = False
        for number, line in enumerate(lines, 1):
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                value = {"event": None} if line.startswith(BEGINNING) or BEGINNING.startswith(line) else None  # cut off
            entry = entry_of(value)
            if entry is not None:
                yield entry
            elif not met and not (isinstance(value, dict) and "event" in value):
                raise NotALedger(f"{self.path}:{number}: this is no ledger of batchlint")
            met = True
