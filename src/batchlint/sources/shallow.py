"""Values and texts without what is nested too deep for those that read them.

Nothing here is recursive, so depth is no danger to it.
"""

from __future__ import annotations

import marshal
import math
import struct
from typing import Any, Final

READER_DEPTH: Final = 200
"""Levels of nesting that every reader here takes, the validator among them."""
OBJECTS_FROM: Final = 190
"""Levels from which on an object is the one that is emptied: unlike an empty list, an empty object is fine nearly
everywhere, so that nothing is said of it that is not in the file."""


def shallow(value: Any) -> Any:
    """A copy of a value in which what is nested deeper than `READER_DEPTH` is empty."""
    top: list[Any] = [value]
    waiting: list[tuple[Any, Any, int]] = [(top, 0, 1)]
    while waiting:
        holder, key, depth = waiting.pop()
        inner = holder[key]
        if inner.__class__ is dict:
            copy: Any = {} if depth > OBJECTS_FROM else inner.copy()
            waiting.extend((copy, name, depth + 1) for name, each in copy.items() if each.__class__ in (dict, list))
        elif inner.__class__ is list:
            copy = [] if depth > READER_DEPTH else inner.copy()
            waiting.extend((copy, at, depth + 1) for at, each in enumerate(copy) if each.__class__ in (dict, list))
        else:
            continue
        holder[key] = copy
    return top[0]


def shallow_text(text: bytes) -> bytes:
    """The same for the text of a value that is known to be JSON."""
    from batchlint.sources.skipping import brackets

    parts: list[bytes] = []
    copied, cut_at = 0, 0  # where the copy goes on, and the depth of what is being left out
    for place, due in brackets(text, 0, len(text)):
        opens = text[place] in b"{["
        depth = len(due) if opens else len(due) + 1
        if not opens and depth == cut_at:
            copied, cut_at = place, 0
        elif opens and not cut_at and depth > (OBJECTS_FROM if text[place] == ord("{") else READER_DEPTH):
            parts.append(text[copied : place + 1])
            cut_at = depth
    return b"".join((*parts, text[copied:]))


def holds_infinity(value: Any) -> bool:
    """Whether a number somewhere in a value is infinite: the fast parser makes that of 1e400."""
    if not may_hold_infinity(marshal.dumps(value, 2)):
        return False
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if each.__class__ is float and math.isinf(each):
            return True
        waiting.extend(each.values() if isinstance(each, dict) else each if isinstance(each, (list, tuple)) else ())
    return False


def may_hold_infinity(written: bytes) -> bool:
    """Whether a value, as marshal writes it, may hold such a number."""
    return INFINITY in written or MINUS_INFINITY in written


INFINITY: Final = b"g" + struct.pack("<d", math.inf)
MINUS_INFINITY: Final = b"g" + struct.pack("<d", -math.inf)
"""As marshal writes them. No text holds these bytes; what is not a text might."""
