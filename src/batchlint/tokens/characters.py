"""Features of a text, counted without tokenising it, for a package that was built without ranks."""

from __future__ import annotations

from collections.abc import Mapping

LOWER = b"abcdefghijklmnopqrstuvwxyz"
WHITESPACE = b" \t\n\r\v\f"
CLASSES = {"lower": LOWER, "spaces": WHITESPACE, "upper": LOWER.upper(), "digits": b"0123456789"}
"""The most frequent first: each is taken out of what is left."""
ASCII = bytes(range(128))
NOT_ASCII = bytes(range(128, 256))
LEADS = {
    "latin": bytes(range(0xC2, 0xCA)),
    "two_bytes": bytes(range(0xCA, 0xE0)),
    "indic": b"\xe0\xe1",
    "punctuation": b"\xe2",
    "east_asian": bytes(range(0xE3, 0xF0)),
    "emoji": bytes(range(0xF0, 0xF5)),
}
"""The first bytes of characters in UTF-8, by script."""
WORDS = bytes(ord(" " if byte in WHITESPACE else "x") for byte in range(256))
"""Makes whitespace a space and everything else an x."""


def character_features(data: bytes) -> dict[str, float]:
    """How many words, and characters of each class, a text has; `data` is its UTF-8."""
    plain = data if data.isascii() else data.translate(None, NOT_ASCII)
    shape = plain.translate(WORDS)
    found: dict[str, float] = {
        "words": shape.count(b" x") + shape.startswith(b"x"),
        "newlines": plain.count(b"\n"),
    }
    found["symbols"] = _counted(plain, CLASSES, found)
    if len(plain) < len(data):
        _counted(data.translate(None, ASCII), LEADS, found)
    return found


def _counted(data: bytes, classes: Mapping[str, bytes], found: dict[str, float]) -> int:
    """Counts the bytes of each class, and returns how many are of none."""
    for name, members in classes.items():
        rest = data.translate(None, members)
        found[name] = len(data) - len(rest)
        data = rest
    return len(data)
