"""Where a cursor is in JSON that is being written: the keys and indexes above it, and what the objects hold so far."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
"""A string, closed or not, a sign, or a run of anything else."""


@dataclass(slots=True)
class OpenContainer:
    """An object or a list that is open at the cursor."""

    is_object: bool
    key: str | None = None
    """The key whose value comes next; None where a key is due."""
    index: int = 0
    known: dict[str, Any] = field(default_factory=dict)
    """Of an object: its keys so far, with the values that are strings; of others None."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The objects and lists that are open at a cursor, from the outside in."""

    containers: list[OpenContainer]
    in_string: bool
    """Whether a string is open, whose quote is there already."""

    @property
    def wants_key(self) -> bool:
        """Whether what comes is a key."""
        return bool(self.containers) and self.containers[-1].is_object and self.containers[-1].key is None


def cursor_in(text: str) -> Cursor:
    """The cursor at the end of this text."""
    containers: list[OpenContainer] = []
    in_string = False
    tokens = TOKEN.findall(text)
    for number, token in enumerate(tokens):
        top = containers[-1] if containers else None
        if token in ("{", "["):
            containers.append(OpenContainer(token == "{"))
        elif token in ("}", "]"):
            if containers:
                containers.pop()
        elif token == ",":
            if top is not None:
                top.key, top.index = None, top.index + 1
        elif token != ":":
            in_string = number == len(tokens) - 1 and _is_open(token)
            if not in_string and top is not None and top.is_object:
                _take(top, token, before=tokens[number - 1] if number else "")
    return Cursor(containers, in_string)


def _take(top: OpenContainer, token: str, before: str) -> None:
    """Takes a key or a value of an object."""
    text = _string(token)
    if before != ":":
        top.key = text
        if text is not None:
            top.known.setdefault(text, None)
    elif top.key is not None:
        top.known[top.key] = text


def _is_open(token: str) -> bool:
    return token.startswith('"') and (len(token) == 1 or _string(token) is None)


def _string(token: str) -> str | None:
    try:
        value = json.loads(token, strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None
