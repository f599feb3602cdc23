"""Patterns of ECMA-262, which JSON Schema speaks, in the dialect of the engine that matches them here without
backtracking.

That engine knows most of ECMA-262 by itself; what is here is what it refuses, or reads in another way.
"""

from __future__ import annotations

import re
from typing import Any, Final

_WORDS: Final = re.compile(r"\\.|\{,[0-9]*\}|\[\^?\]|[\[\]]|[^\\\[\]{]+|.", re.DOTALL)
_ELSEWHERE: Final = frozenset((r"\A", r"\Z", r"\z", r"\G", r"\<", r"\>"))
"""Anchors of other dialects; in ECMA-262 they are letters, or nothing. Whoever writes them may mean either."""
_ESCAPES: Final = {r"\0": r"\x00", r"\a": "a", r"\e": "e"}
_NOTHING, _ANYTHING = r"[^\s\S]", r"[\s\S]"


class ForeignPattern(ValueError):
    """A pattern that means something else in each dialect."""


def translated(schema: Any) -> Any:
    """A schema whose patterns the engine reads as ECMA-262 means them; the same one, where they all are.

    Raises `ForeignPattern`.
    """
    if isinstance(schema, list):
        inner: list[Any] = [translated(each) for each in schema]
        return inner if any(one is not other for one, other in zip(inner, schema, strict=True)) else schema
    if not isinstance(schema, dict):
        return schema
    made = {key: _member(key, value) for key, value in schema.items()}
    return made if any(made[key] is not schema[key] for key in schema) else schema


def _member(key: str, value: Any) -> Any:
    if key == "pattern" and isinstance(value, str):
        return pattern(value)
    if key == "patternProperties" and isinstance(value, dict):
        made = {pattern(name): translated(each) for name, each in value.items()}
        return value if list(made) == list(value) and all(made[name] is value[name] for name in value) else made
    return value if key in ("const", "enum", "default", "examples") else translated(value)


def pattern(text: str) -> str:
    """One pattern. Raises `ForeignPattern`."""
    if not _looks_different(text):
        return text
    parts: list[str] = []
    in_class = False
    words = _WORDS.findall(text)
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        if word in _ELSEWHERE and not in_class:
            raise ForeignPattern(word)
        if word == r"\0" and following[:1].isdigit():
            raise ForeignPattern(word)  # an octal number to some, two characters to others
        if in_class:
            parts.append(r"\x08" if word == r"\b" else _ESCAPES.get(word, word))
        elif word in ("[]", "[^]"):
            parts.append(_NOTHING if word == "[]" else _ANYTHING)
        elif word.startswith("{,"):
            parts.append("\\" + word[:-1] + "\\}")
        else:
            parts.append(_ESCAPES.get(word, word))
        in_class = word == "[" or (in_class and word != "]")
    return "".join(parts)


_looks_different = re.compile(r"\\[0abeAGZz<>]|\{,|\[\^?\]").search
