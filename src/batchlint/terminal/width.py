"""How many columns a text takes in a terminal, and where it can be cut.

Terminals draw some characters two columns wide (CJK, emoji), some with the one before them (accents, vowel signs,
joined emoji). A cut falls between such groups, never inside one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, takewhile
from unicodedata import category, combining, east_asian_width

JOINER, TEXT_STYLE, EMOJI_STYLE = "\u200d", "\ufe0e", "\ufe0f"
VIRAMA = 9
"""The combining class of signs that join two consonants of an Indic script."""
KILLERS = "\u0e3a\u0eba\u0f84\u103a"
"""Signs of that class that only silence a vowel: Thai, Lao, Tibetan, Myanmar."""
HIDDEN_LETTERS = "\u3164\uffa0"
"""Fillers, which are letters and not drawn."""


def width(text: str) -> int:
    """The columns that a text takes; it holds no control characters."""
    return len(text) if text.isascii() else sum(cells for _, cells in clusters(text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """What is drawn as one, each with its columns (0, 1 or 2)."""
    start, end = 0, len(text)
    while start < end:
        stop, cells = _cluster(text, start, end)
        yield text[start:stop], cells
        start = stop


def _cluster(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the cluster ends that begins at `start`, and its columns."""
    base = text[start]
    cells = character_width(base)
    if is_regional(base) and start + 1 < end and is_regional(text[start + 1]):
        return start + 2, 2
    at = start + 1
    while at < end:
        character = text[at]
        if character == JOINER:
            at = min(at + 2, end) if _joins(text, at, end) else at + 1
        elif character == EMOJI_STYLE:
            cells = 2 if cells == 1 and (not base.isalpha() or base == "ℹ") else cells
            at += 1
        elif character == TEXT_STYLE:
            cells = min(cells, 1)
            at += 1
        elif _is_skin_tone(character) and cells == 2:
            at += 1
        elif character_width(character) == 0:
            if cells and category(character) == "Mc":
                cells = 2
            at += 1
        elif cells and _is_virama(text[at - 1]):
            cells = 2
            at += 1
        else:
            break
    return at, cells


def _joins(text: str, at: int, end: int) -> bool:
    """Whether the joiner at `at` takes what follows into the cluster, whatever its width is."""
    return at + 1 < end and not _is_virama(text[at - 1])


def _is_virama(character: str) -> bool:
    return combining(character) == VIRAMA and character not in KILLERS


def character_width(character: str) -> int:
    """The columns of a character that is alone."""
    if character.isascii():
        return 1
    if character in HIDDEN_LETTERS or _joins_vowel(character):
        return 0
    kind = category(character)
    if kind in ("Mn", "Me", "Mc", "Zl", "Zp") or (kind == "Cf" and not _is_drawn_format(character)):
        return 0
    return 2 if east_asian_width(character) in "WF" or is_regional(character) else 1


def _is_drawn_format(character: str) -> bool:
    """Whether a format character leaves a mark: the soft hyphen, and signs that enclose numbers."""
    return (
        character == "\xad"
        or "\u0600" <= character <= "\u0605"
        or character in "\u06dd\u070f\u0890\u0891\u08e2"
        or (character in "\U000110bd\U000110cd")
    )


def _joins_vowel(character: str) -> bool:
    """Whether it is a vowel or a final consonant of Hangul, which is drawn within the syllable before."""
    return "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"


def is_regional(character: str) -> bool:
    """Whether it is one of the letters of which two make a flag."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def head(text: str, columns: int) -> str:
    """The longest beginning of a text that fits into so many columns."""
    if text.isascii():
        return text[: max(columns, 0)]
    parts = list(clusters(text))
    ends = accumulate(cells for _, cells in parts)
    count = sum(1 for _ in takewhile(lambda taken: taken <= columns, ends))
    return "".join(part for part, _ in parts[:count])


def tail(text: str, columns: int) -> str:
    """The longest end of a text that fits into so many columns."""
    if text.isascii():
        return text[max(len(text) - max(columns, 0), 0) :]
    parts = list(clusters(text))
    ends = accumulate(cells for _, cells in reversed(parts))
    count = sum(1 for _ in takewhile(lambda taken: taken <= columns, ends))
    return "".join(part for part, _ in parts[len(parts) - count :])


def padded(text: str, columns: int) -> str:
    """The text, with blanks after it up to so many columns."""
    return text + " " * (columns - width(text))


def shortened(text: str, columns: int, elision: str = "…") -> str:
    """The text, its end left out where it takes more than so many columns."""
    if width(text) <= columns:
        return text
    return head(text, columns - width(elision)).rstrip() + elision


def middle(text: str, columns: int, elision: str = "…") -> str:
    """The text, its middle left out where it takes more than so many columns."""
    if width(text) <= columns:
        return text
    room = columns - width(elision)
    return head(text, room - room // 2) + elision + tail(text, room // 2)
