"""Remembers what was made of a value, since a program that writes a batch repeats itself in every request.

What is remembered is bounded, and made of the value alone, so it may outlive a file and a run.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any, Generic, TypeVar

LATEST = 8
"""Values that are compared with the next one: files that mix a few lists of tools are as usual as those with one."""
LARGEST_TEXT = 131_072
"""Bytes of the largest value that is remembered."""
ALL_TEXTS = 1_000_000
"""Bytes after which all values that are remembered by their text are forgotten, and remembered anew."""

LARGE_TEXTS = 1_000_000
"""Characters after which large texts are forgotten."""

Value = TypeVar("Value")
Made = TypeVar("Made")


class Latest(Generic[Value, Made]):
    """What was made of the latest values, for the next one in which the same is written in the same order."""

    def __init__(self, make: Callable[[Value], Made]) -> None:
        self._make = make
        self._latest: list[tuple[bytes, Made]] = []

    def __call__(self, value: Value) -> Made:
        text = _text(value)  # For Python `1 == True`, which for the API it is not.
        for known, made in self._latest:
            if known == text:
                return made
        made = self._make(value)
        if len(text) <= LARGEST_TEXT:
            self._latest = [(text, made), *self._latest[: LATEST - 1]]
        return made


class ByLargeText(Generic[Made]):
    """What was made of large texts, such as files in base64, while rules ask for the same one after another."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        self._make = make
        self._made: dict[str, Made] = {}
        self._size = 0

    def __call__(self, text: str) -> Made:
        if text in self._made:
            return self._made[text]
        made = self._make(text)
        if self._size + len(text) > LARGE_TEXTS:
            self._made.clear()
            self._size = 0
        if len(text) <= LARGE_TEXTS:
            self._made[text] = made
            self._size += len(text)
        return made


class LastSeen(Generic[Value, Made]):
    """What was made of one object, as long as the same one is asked for; not for values that are changed."""

    def __init__(self, make: Callable[[Value], Made]) -> None:
        self._make = make
        self._last: tuple[Value, Made] | None = None

    def __call__(self, value: Value) -> Made:
        if self._last is None or self._last[0] is not value:
            self._last = (value, self._make(value))
        return self._last[1]


class ByText(Generic[Made]):
    """What was made of JSON values, by what is written in them; the order of members counts."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self._made: dict[bytes, Made] = {}
        self._size = 0

    def __call__(self, value: Any) -> Made:
        text = _text(value)
        if len(text) > LARGEST_TEXT:
            return self._make(value)
        made = self._made.get(text)
        if made is None:
            if self._size > ALL_TEXTS:
                self._made.clear()
                self._size = 0
            made = self._made[text] = self._make(value)
            self._size += len(text)
        return made


def _text(value: Any) -> bytes:
    return marshal.dumps(value, 2)  # Version 2 has one way to write a value; later ones look at reference counts.
