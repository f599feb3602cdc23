"""The answers to requests, each counted once for what it took, however often it was downloaded."""

from __future__ import annotations

from array import array
from typing import Any

from batchlint.results.usage import Usage


class Answers:
    """Counts the answers of a number of requests, in a few numbers for each."""

    def __init__(self, requests: int) -> None:
        self.usage = Usage()
        self._answered = bytearray(requests)
        """0, 1, or 2 for several."""
        self._first = array("q", bytes(8 * requests))
        self._further: set[tuple[int, int]] = set()

    @property
    def twice(self) -> int:
        """Requests with more than one answer, each of them billed."""
        return self._answered.count(2)

    def add(self, number: int, message: Any) -> None:
        """Counts what an answer took; the same answer downloaded twice was billed once."""
        message = message if isinstance(message, dict) else {}
        answer = hash(str(message.get("id") or message))
        if not self._answered[number]:
            self._answered[number] = 1
            self._first[number] = answer
        elif answer == self._first[number] or (number, answer) in self._further:
            return
        else:
            self._answered[number] = 2
            self._further.add((number, answer))
        self.usage.add(message)
