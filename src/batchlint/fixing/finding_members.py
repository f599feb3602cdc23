"""Finds a member that is known to be there: at once, where its name is in the whole item once."""

from __future__ import annotations

from batchlint.rule import Pointer
from batchlint.sources.lexemes import skip_blanks
from batchlint.sources.skipping import end_of_known_value
from batchlint.sources.spans import Span, places_in


class Member:
    """Where a member is in the bytes of an item; of an element of a list, `key` is None."""

    __slots__ = ("_raw", "key", "value")

    def __init__(self, raw: bytes, key: Span | None, value: int) -> None:
        self._raw = raw
        self.key = key
        self.value = value
        """Where its value begins."""

    @property
    def value_span(self) -> Span:
        """Its value."""
        return Span(self.value, end_of_known_value(self._raw, self.value))

    @property
    def span(self) -> Span:
        """The whole of it, its key too."""
        return Span(self.value if self.key is None else self.key.start, self.value_span.end)


def member_at(raw: bytes, pointer: Pointer) -> Member:
    """The member or element that a pointer names, which is known to be there. Raises LookupError if it is not."""
    name = pointer[-1] if pointer else 0
    if isinstance(name, str):
        key = _only(raw, name)
        if key is not None:
            return Member(raw, key, skip_blanks(raw, skip_blanks(raw, key.end) + 1))
    places = places_in(raw)
    value = places.start_of(pointer)
    return Member(raw, places.key_span(pointer) if isinstance(name, str) else None, value)


def may_have(raw: bytes, name: str) -> bool:
    """Whether an item may have a member of that name somewhere; False: surely not."""
    return b"\\u" in raw or b'"' + name.encode("utf-8", "replace") + b'"' in raw


def _only(raw: bytes, name: str) -> Span | None:
    """The one place where a name is as a key; None where it is in several, or may be written with escapes."""
    if not name.isascii() or not name.isidentifier():
        return None
    plain = f'"{name}"'.encode()
    start = raw.find(plain)
    end = start + len(plain)
    if start < 0 or raw.find(plain, end) >= 0 or b"\\u" in raw:
        return None
    colon = skip_blanks(raw, end)
    return Span(start, end) if raw[colon : colon + 1] == b":" else None
