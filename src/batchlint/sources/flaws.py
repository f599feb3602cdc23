"""Finds what is questionable in text that the grammar lets pass, each thing at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from batchlint.sources.broken import CutShortError, NotJsonError
from batchlint.sources.flaw import TEXT_AFTER, TOO_DEEP, Flaw, Step
from batchlint.sources.grammar import tokens
from batchlint.sources.lexemes import BRACE, skip_blanks
from batchlint.sources.shallow import READER_DEPTH
from batchlint.sources.strings import lone_surrogates, string_value

MAX_DEPTH: Final = 500
"""Levels of nesting beyond which nothing is judged: a constant, so that a verdict does not depend on how deep the
caller's stack is.
"""
MOST: Final = 50
"""Flaws of one kind in one value that are reported one by one; a value that repeats a key a million times must not cost
a million pointers."""
MAX_DIGITS: Final = 4300
"""Digits beyond which neither the fast parser nor Python reads an integer."""


def flaws(text: bytes) -> Iterator[Flaw]:
    """What is wrong or questionable in a text that should be one JSON value; a fatal flaw is the last.

    The flaws are not quite in the order of the text: what concerns it all comes first or last.
    """
    yield from _bytes_not_utf8(text)
    counts: Counter[str] = Counter()
    last: dict[str, Flaw] = {}  # of each kind the last that is reported, which stands for the rest
    try:
        for flaw in _flaws_of_value(text):
            counts[flaw.kind] += 1
            if counts[flaw.kind] == MOST and not flaw.fatal:
                last[flaw.kind] = flaw
            elif counts[flaw.kind] < MOST or flaw.fatal:
                yield flaw
    except NotJsonError as broken:
        yield Flaw(broken.kind, broken.start, broken.end, broken.detail, fatal=True)
    except CutShortError as cut:
        yield Flaw("truncated-json", cut.end, cut.end, f"inside {cut.within}", fatal=True)
    for kind, flaw in last.items():
        yield flaw._replace(more=counts[kind] - MOST)


def _flaws_of_value(text: bytes) -> Iterator[Flaw]:
    surrogates = b"\\ud" in text or b"\\uD" in text
    deep: Flaw | None = None
    unjudged = 0  # levels that are open beyond those that are judged
    path: list[Step] = []  # the key or index that is being read, for each object or list that is open
    keys: list[set[str] | None] = []  # next to it: the keys of the object seen so far; None for a list
    end = 0
    for role, start, end in tokens(text):
        if unjudged or (role == "open" and len(path) == MAX_DEPTH):
            unjudged += (role == "open") - (role == "close")
            if deep is not None and deep.kind == "deep-nesting":
                detail = f"nested more than {MAX_DEPTH} levels deep, too deep to be judged"
                deep = deep._replace(kind=TOO_DEEP, start=start, end=end, detail=detail)
            continue
        if role == "close":
            path.pop()
            keys.pop()
            continue
        if role == "key":
            key = string_value(text[start:end])
            path[-1] = key
            known = keys[-1]
            if known is not None and key in known:
                yield Flaw("duplicate-key", start, end, key, tuple(path))
            elif known is not None:
                known.add(key)
        elif keys and keys[-1] is None:
            path[-1] += 1  # type: ignore[operator]  # in a list the step is an index
        if role == "scalar":
            yield from _odd_number(text[start:end], start, path)
        elif role == "open":
            in_object = text[start] == BRACE
            path.append("" if in_object else -1)
            keys.append(set() if in_object else None)
            if len(path) > READER_DEPTH and deep is None:
                deep = Flaw(
                    "deep-nesting", start, end, f"nested more than {READER_DEPTH} levels deep", tuple(path[:-1])
                )
        elif surrogates:
            yield from _lone_surrogate(text, start, end, path)
    if deep is not None:
        yield deep
    rest = skip_blanks(text, end)
    if rest < len(text):
        raise NotJsonError(rest, len(text), TEXT_AFTER)


def _bytes_not_utf8(text: bytes) -> Iterator[Flaw]:
    try:
        text.decode()
    except UnicodeDecodeError as error:
        shown = " ".join(f"0x{byte:02X}" for byte in text[error.start : error.end])
        detail = f"the bytes {shown} belong" if " " in shown else f"the byte {shown} belongs"
        yield Flaw("invalid-utf-8", error.start, error.end, f"{detail} to no character")


def _odd_number(number: bytes, start: int, path: list[Step]) -> Iterator[Flaw]:
    end = start + len(number)
    digits = number.removeprefix(b"-")
    if number.endswith((b"Infinity", b"NaN")):
        yield Flaw("non-finite-number", start, end, number.decode(), tuple(path))
    elif digits.isdigit():
        if len(digits) > MAX_DIGITS:
            yield Flaw(
                "invalid-json",
                start,
                end,
                f"an integer of {len(digits):,} digits, too long to be read",
                tuple(path),
                fatal=True,
            )
    elif digits[:1].isdigit() and abs(float(number)) == float("inf"):
        yield Flaw("non-finite-number", start, end, number[:40].decode(), tuple(path))


def _lone_surrogate(text: bytes, start: int, end: int, path: list[Step]) -> Iterator[Flaw]:
    alone = lone_surrogates(text, start, end)
    first = next(alone, None)
    if first is not None:
        more = sum(1 for _ in alone)
        others = f", and {more:,} more in this string" if more else ""
        yield Flaw("lone-surrogate", first.start(), first.end(), first[0].decode() + others, tuple(path))
