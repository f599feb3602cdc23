"""Features of a token of cl100k, as numbers that the calibration puts weights on.

Claude's tokenizers are not public. What recorded counts show: a common word is one token for all of them, a rare one
(a high rank) is several for Claude, more so since 4.7; capitals cost extra; a space before a word is free; symbols
count one by one more often. So a token's weight is a sum over what it looks like, and a text's count the sum of the
weights of its tokens.
"""

from __future__ import annotations

import re

WORD = re.compile(r"([^A-Za-z0-9]?)([A-Za-z]+)")
RANK_BOUNDS = (1_000, 4_000, 16_000, 45_000)
"""Words are distinguished by how common they are: the rank of a token grows as its frequency falls."""
LONG_WORD = 10
"""Letters from which on words are no longer distinguished one letter by one."""
MOST_NEWLINES = 2
"""Line ends of one token that count: long runs of them are a token for Claude too."""
RARE_SYMBOLS = 10_000
"""Symbols of a higher rank are rare combinations."""
RUN_LENGTH = 4
"""Characters alike from which on a token weighs by its length: Claude has no long tokens for most of these runs."""
RUN_OF_SPACES = 17
"""The same of spaces: shorter ones indent code."""
LAST_LATIN = "\u024f"

SCRIPTS = (
    (b"\xc2\x80", "latin"),
    (b"\xca\x80", "other"),
    (b"\xce\x80", "greek"),
    (b"\xd0\x80", "cyrillic"),
    (b"\xd4\xb0", "armenian"),
    (b"\xd6\x80", "hebrew"),
    (b"\xd8\x80", "arabic"),
    (b"\xe0\xa4", "devanagari"),
    (b"\xe0\xa6", "bengali"),
    (b"\xe0\xa8", "gurmukhi"),
    (b"\xe0\xaa", "gujarati"),
    (b"\xe0\xac", "oriya"),
    (b"\xe0\xae", "tamil"),
    (b"\xe0\xb0", "telugu"),
    (b"\xe0\xb2", "kannada"),
    (b"\xe0\xb4", "malayalam"),
    (b"\xe0\xb6", "sinhala"),
    (b"\xe0\xb8", "thai"),
    (b"\xe0\xba", "lao"),
    (b"\xe0\xbc", "tibetan"),
    (b"\xe1\x80", "burmese"),
    (b"\xe1\x82", "georgian"),
    (b"\xe1\x84", "other"),
    (b"\xe1\x88", "ethiopic"),
    (b"\xe1\x8e", "other"),
    (b"\xe1\x9e", "khmer"),
    (b"\xe1\xa0", "other"),
    (b"\xe1\xb8", "vietnamese"),
    (b"\xe2\x80", "punctuation"),
    (b"\xe3\x80", "kana"),
    (b"\xe4\x80", "han"),
    (b"\xea\x80", "other"),
    (b"\xea\xb0", "hangul"),
    (b"\xee\x80", "other"),
    (b"\xf0\x80", "rare"),
    (b"\xf0\x9f", "emoji"),
    (b"\xf0\xa0", "rare"),
)
"""The first UTF-8 bytes of the scripts, in order; a script ends where the next one begins."""


def features(token: bytes, rank: int) -> dict[str, float]:
    """The features of a token: how often, or how much of, each there is; those that are missing are 0."""
    if not token.isascii():
        return _not_ascii(token)
    text = token.decode("ascii")
    if len(text) >= (RUN_OF_SPACES if text[0] == " " else RUN_LENGTH) and text == text[0] * len(text):
        return {"run": 1, f"run {text[0]!r}": len(text) - 1}
    core = text.strip()
    if not core:
        return _whitespace(text)
    found = _core(core, text.startswith(" "), rank)
    newlines = text[len(text.rstrip()) :].count("\n")
    return found | {"newline": min(newlines, MOST_NEWLINES)} if newlines else found


def _core(core: str, spaced: bool, rank: int) -> dict[str, float]:
    if core.isdigit():
        return {f"digits_{len(core)}": 1}
    word = WORD.fullmatch(core)
    if word:
        return _word(word[1], word[2], spaced, rank)
    if any(character.isalnum() for character in core):
        return {"mixture": 1, "mixture_length": len(core)}
    name = f"symbols_{min(len(core), 4)}{'_spaced' * spaced}"
    own = f"symbols {' ' * spaced + core!r}"
    return {name: 1, "symbol_length": len(core), "rare_symbols": rank >= RARE_SYMBOLS, own: 1}


def _word(symbol: str, letters: str, spaced: bool, rank: int) -> dict[str, float]:
    """A word that something separates from what was before it, or (bare) the start of a line or the rest of a word."""
    place = "word" if spaced or symbol else "bare"
    rarity = sum(rank >= bound for bound in RANK_BOUNDS)
    length = len(letters)
    found: dict[str, float] = {f"{place}_rarity_{rarity}": 1, f"{place}_length": length}
    found[f"{place}_letters_{min(length, LONG_WORD)}"] = 1
    if symbol:
        found["symbol_before_word"] = 1
    capitals = sum(map(str.isupper, letters))
    if capitals == length:
        found |= {"capital" if capitals == 1 else "capitals": 1, "capitals_length": capitals}
    elif capitals == 1 and letters[0].isupper():
        found["capitalised"] = 1
    elif capitals:
        found["mixed_case"] = 1
    return found


def _whitespace(text: str) -> dict[str, float]:
    newlines = text.count("\n")
    if newlines or "\r" in text:
        spaces = min(len(text) - newlines, MOST_NEWLINES)
        return {"newline_token": 1, "newline": min(newlines, MOST_NEWLINES), "space_at_newline": spaces}
    return {"space": 1} if len(text) == 1 else {"spaces": 1, "spaces_length": len(text)}


def _not_ascii(token: bytes) -> dict[str, float]:
    try:
        text = token.decode()
    except UnicodeDecodeError:
        text = ""
    if text and max(text) <= LAST_LATIN:
        return {"accented": 1, "accented_length": len(text), "accents": len(text) - sum(map(str.isascii, text))}
    return {f"script_{script_of(token)}": 1}


def script_of(token: bytes) -> str:
    """The script of the first character that is not ASCII; `rest` for the middle of a character."""
    start = next((place for place, byte in enumerate(token) if byte >= 0xC2), None)
    if start is None:
        return "rest"
    head = token[start : start + 2]
    return next((name for first, name in reversed(SCRIPTS) if first <= head), SCRIPTS[0][1])
