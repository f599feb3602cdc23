"""The text of an API error: what it has in common with others of its kind, and the place that it names."""

from __future__ import annotations

import re

MAXIMUM_LENGTH = 2_000
"""Characters of a message that are looked at."""
REPLACEMENTS = (
    (r"(?<=[A-Za-z_])\.\d+(?!\w)", ".*"),  # an index in a path
    (r"\b((?:srv)?toolu|req|workerreq|msg|file|container|batch|msgbatch)_[A-Za-z0-9]{6,}\w*", r"\1_*"),  # an id
    (r"(?<![\w.*-])\d[\d,]*(?:\.\d+)?(?![\w-])", "N"),  # a number by itself
)
"""What differs between messages of one kind, and what stands for it."""

PATH = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*"
LEADING_PATH = rf"({PATH})(?=: )"
"""`messages.0.content: ...`, as the API begins what it says of one place."""
QUOTED_PATH = rf"[\"`]({PATH})(?:=[^\"`]*)?[\"`]"
"""A place that the message speaks of in quotes: `"thinking.type.enabled" is ...`, `` `stream=True` is ... ``."""


def normalised(message: str) -> str:
    """The message with stars for indexes and ids and N for numbers: the same for all with the same mistake."""
    text = message[:MAXIMUM_LENGTH]
    for pattern, replacement in REPLACEMENTS:
        text = re.sub(pattern, replacement, text)
    return text


def named_paths(message: str) -> list[str]:
    """The API's own names of the places that a message speaks of, the surest first."""
    text = message[:MAXIMUM_LENGTH]
    leading = re.match(LEADING_PATH, text)
    return ([leading[1]] if leading else []) + re.findall(QUOTED_PATH, text)


def says_the_same(expected: str, message: str) -> bool:
    """Whether a message is the expected one, in which an ellipsis stands for words that are left out."""
    at = 0
    for part in normalised(expected).split("…"):
        found = normalised(message).find(part.strip(), at)
        if found < 0 or (at == 0 and found > 0):
            return False
        at = found + len(part.strip())
    return True
