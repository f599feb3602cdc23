"""How many tokens texts have at most, from what characters they are made of: one pass over all texts of a request.

Without reading a text one only knows that no byte counts for more than `per_byte` tokens. Small letters and spaces,
which most texts are made of, count for less where they make up words, and so do the letters of the larger scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from batchlint.tokens.calibration import certainty

PORTION = 1_000_000
"""Characters that are looked at together: memory stays flat."""
PLAIN = b"abcdefghijklmnopqrstuvwxyz "
"""What is looked for first: in most texts nearly all there is, and taking out nearly everything is fast."""
LENGTH_OF_WORDS = 12
"""Bytes of a word with the space after it, on the average of texts, above which these are base64 or the like."""
STEP = 31
"""Every so many bytes one is looked at for spaces: counting all takes longer than everything else."""
LEADS = {
    "alphabetic": (2, bytes([*range(0xCE, 0xD2), *range(0xD6, 0xDC)])),
    "east_asian": (3, bytes([*range(0xE3, 0xEA), *range(0xEB, 0xEE)])),
}
"""The first bytes of characters in UTF-8, with the length of these: Greek, Cyrillic, Hebrew and Arabic; Han, kana and
Hangul. Other scripts are rare in the tokenizers' vocabulary."""


def most_tokens_of(texts: Sequence[str]) -> float:
    """The most tokens that the texts have, unless their words are made of random letters."""
    return sum(_most(portion.encode("utf-8", "surrogatepass")) for portion in _portions(texts))


def _portions(texts: Sequence[str]) -> Iterator[str]:
    if sum(map(len, texts)) <= PORTION:
        yield "".join(texts)
        return
    for text in texts:
        for start in range(0, len(text), PORTION):
            yield text[start : start + PORTION]


def _most(data: bytes) -> float:
    numbers = certainty()
    per_byte = numbers["per_byte"]
    rest = data.translate(None, PLAIN)
    words = data[::STEP].count(b" ") * STEP
    plain = numbers["word"] if words * LENGTH_OF_WORDS > len(data) else per_byte
    tokens = plain * (len(data) - len(rest)) + per_byte * len(rest)
    if not rest.isascii():
        for name, (length, leads) in LEADS.items():
            characters = len(rest) - len(rest.translate(None, leads))
            tokens -= (per_byte * length - numbers[name]) * characters
    return tokens
