"""Finds the bytes of a string that have to change for it to have another value."""

from __future__ import annotations

from batchlint.fixing.style import json_bytes
from batchlint.sources.strings import ESCAPE, string_value


def changed_part(token: bytes, text: str) -> tuple[int, int, bytes] | None:
    """From where to where the bytes of a string, given with its quotes, are replaced, and by what; None if nothing is.

    What the old and the new text have in common at their ends keeps its bytes, however its characters are escaped.
    A string that is no UTF-8 stays: nobody knows what its bytes say.
    """
    old = string_value(token)
    if old == text or not _is_utf_8(token):
        return None
    start = _common(old, text)
    end = _common(old[start:][::-1], text[start:][::-1])
    begin, stop = _byte_at(token, old, start), _byte_at(token, old, len(old) - end)
    return begin, stop, json_bytes(text[start : len(text) - end])[1:-1]


def _is_utf_8(token: bytes) -> bool:
    try:
        token.decode()
    except UnicodeDecodeError:
        return False
    return True


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning; found by halves, since texts may be long."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _byte_at(token: bytes, text: str, count: int) -> int:
    """Where in the token the character begins before which so many are."""
    if b"\\" not in token:
        return 1 + len(text[:count].encode())
    at = 1
    while count:
        escape = ESCAPE.match(token, at)
        if escape is not None:
            end = at + (6 if escape[0][1:2] == b"u" and len(escape[0]) == 2 else len(escape[0]))
            count -= 1
            at = end
            continue
        stop = token.find(b"\\", at)
        plain = token[at : stop if stop >= 0 else len(token) - 1].decode("utf-8", "replace")
        taken = plain[:count]
        at += len(taken.encode())
        count -= len(taken)
    return at
