"""The ledger's file: lines are added under a lock, each in one write, and never changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from batchlint.ledger.entry import Entry, entry_of
from batchlint.ledger.locking import locked
from batchlint.results.errors import WrongFile

DEFAULT_LEDGER: Final = "batchlint-ledger.jsonl"
"""In the current folder, unless `--ledger` or the variable BATCHLINT_LEDGER names another."""

BEGINNING: Final = b'{"event": '
"""How every line begins."""


CUT_OFF: Final = object()
"""Stands for the value of a line that was half written."""
CHUNK: Final = 1 << 12
LONGEST: Final = 1 << 20
"""Bytes at the end of the file that are looked at for such a line."""
SHOWN: Final = 200
"""Bytes of such a line that are shown."""


class NotALedger(WrongFile):
    """The file holds something else, and nothing is added to it; the message is one line."""


class Ledger:
    """A ledger by its path; a file that does not exist is one without entries.

    `say` tells a person of lines that were cut off while they were written, each once.
    """

    def __init__(self, path: str | Path, say: Callable[[str], object] = lambda text: None) -> None:
        self.path = Path(path)
        self._say = say
        self._said: set[str] = set()

    def entries(self) -> list[Entry]:
        """All entries, oldest first. Raises OSError, and NotALedger for a file of something else.

        A line that was cut off while it was written is reported and passed over; one that lacks its end alone counts.
        """
        try:
            *lines, last = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        return list(self._entries([*lines, last] if last else lines))

    def add(self, entry: Entry) -> None:
        """Adds a line and makes sure that it is on the disk. Raises OSError.

        What a killed run has left of a line is taken away before, unless only its end is missing.
        """
        with locked(self._lock_name("lock")):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
            try:
                size = self._mended(descriptor)
                line = entry.line()
                if os.write(descriptor, line) != len(line):
                    os.ftruncate(descriptor, size)
                    raise OSError(28, "the line could not be written whole", str(self.path))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _mended(self, descriptor: int) -> int:
        """Ends or takes away a last line without its end; returns the size of the file then."""
        size = os.fstat(descriptor).st_size
        rest = _last_line(descriptor, size)
        if not rest:
            return size
        if _value(rest) is not CUT_OFF:
            return size + os.write(descriptor, b"\n")
        os.ftruncate(descriptor, size - len(rest))
        self._tell(f"{self.path}: the last line was cut off while it was written, and is taken away: {_shown(rest)}")
        return size - len(rest)

    def alone(self) -> AbstractContextManager[None]:
        """Holds off other submissions with this ledger. Raises BlockingIOError while one is at work."""
        return locked(self._lock_name("submit.lock"), wait=False)

    def _lock_name(self, ending: str) -> str:
        return str(self.path.with_name(f".{self.path.name}.{ending}"))

    def _entries(self, lines: list[bytes]) -> Iterator[Entry]:
        is_first = True
        for number, line in enumerate(lines, 1):
            value = _value(line)
            entry = entry_of(value)
            if entry is not None:
                yield entry
            elif value is CUT_OFF:
                self._tell(
                    f"{self.path}:{number}: a line was cut off while it was written, and is passed over: {_shown(line)}"
                )
            elif is_first and not (isinstance(value, dict) and "event" in value):
                raise NotALedger(f"{self.path}:{number}: this is not a ledger of batchlint")
            is_first = False

    def _tell(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._say(text)


def _value(line: bytes) -> Any:
    """The JSON value of a line; `CUT_OFF` for the beginning of an entry, None for anything else that is no JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return CUT_OFF if line and (line.startswith(BEGINNING) or BEGINNING.startswith(line)) else None


def _last_line(descriptor: int, size: int) -> bytes:
    """What is after the last line end."""
    rest = b""
    while size and b"\n" not in rest and len(rest) < LONGEST:
        start = max(0, size - CHUNK)
        os.lseek(descriptor, start, os.SEEK_SET)
        rest = os.read(descriptor, size - start) + rest
        size = start
    return rest.rpartition(b"\n")[2]


def _shown(line: bytes) -> str:
    return line[:SHOWN].decode("utf-8", "replace") + ("..." if len(line) > SHOWN else "")
