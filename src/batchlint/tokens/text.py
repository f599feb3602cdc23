"""The tokens of a text: cl100k's tokens, each with the weight that its looks have for a generation of Claude's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from batchlint.caching import Latest
from batchlint.tokens.calibration import Calibration, Numbers, certainty
from batchlint.tokens.characters import character_features
from batchlint.tokens.features import features
from batchlint.tokens.ranks import encoding, tokens_by_rank

SLICE = 65_536
"""Characters that are tokenised at a time: memory stays flat, and one can stop in between."""
SHORT = 8_192
"""Characters up to which a slice is short: many are remembered, of longer ones the latest."""
REMEMBERED = 256
"""Short slices that are remembered, since requests repeat system prompts, tools and examples."""
LOOKED_BACK = 1_024
"""Characters from the end of a slice in which a line end or a space is looked for to cut at."""
REPETITION_LENGTH = 200
"""Tokens from which a slice can be called repetitive."""
REPETITION_SHARE = 0.03
"""Different tokens among all of a slice, below which it is repetitive: a word written a thousand times."""

COMPOSED = 512
"""Characters whose accents are composed at a time."""
BYTES_OF_OTHER_SCRIPTS = 1.25
"""Bytes of a character, on the average of a text, from which on its letters are mostly not Latin."""


class Amount(NamedTuple):
    """A number of tokens, and by how much it may be less or more."""

    tokens: float
    below: float
    above: float


class Weights(dict[int, float]):
    """The weight of each token by its rank, worked out when it is first seen."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self._numbers = numbers
        self._most = certainty()["per_byte"]
        self._tokens = tokens_by_rank() or []
        self._latest = Latest(self._measured)
        self._short = lru_cache(REMEMBERED)(self._measured)

    def measured(self, part: str) -> tuple[float, str]:
        """The tokens of a slice and its kind, remembered for a while."""
        return self._latest(part) if len(part) > SHORT else self._short(part)

    def _measured(self, part: str) -> tuple[float, str]:
        encoder = encoding()
        ranks = encoder.encode_ordinary(composed(part)) if encoder is not None else []
        size = len(part) if part.isascii() else len(part.encode("utf-8", "surrogatepass"))
        return min(sum(map(self.__getitem__, ranks)), size * self._most), kind_of(part, ranks, size)

    def __missing__(self, rank: int) -> float:
        found = features(self._tokens[rank], rank)
        weight = max(0.0, sum(self._numbers.get(name, 0.0) * much for name, much in found.items()))
        self[rank] = weight
        return weight


@cache
def weights(generation: str) -> Weights:
    """The weights of a generation's shipped calibration."""
    from batchlint.tokens.calibration import calibration

    return Weights(calibration(generation).text)


def from_characters(part: str, calibration: Calibration) -> tuple[float, str]:
    """The tokens of a slice as far as its characters tell, where there are no ranks to tokenise it by; and its kind."""
    data = part.encode("utf-8", "surrogatepass")
    tokens = characters_of(character_features(data), calibration.characters)
    return min(tokens, len(data) * certainty()["per_byte"]), "characters"


def composed(text: str) -> str:
    """A text with letters and accents put together (NFC), as the API counts it."""
    if text.isascii():
        return text
    from unicodedata import normalize

    # In short pieces: a long run of accents takes time that grows with its square.
    return "".join(normalize("NFC", text[start : start + COMPOSED]) for start in range(0, len(text), COMPOSED))


def characters_of(found: Numbers, numbers: Numbers) -> float:
    """The tokens of a text as far as its characters tell, of which `found` are the features."""
    return max(0.0, sum(numbers.get(name, 0.0) * much for name, much in found.items()))


def slices(text: str) -> Iterator[str]:
    """A text in parts of at most SLICE characters, cut after a line end or a space where there is one."""
    start = 0
    while len(text) - start > SLICE:
        end = start + SLICE
        tail = max(start, end - LOOKED_BACK)
        cut = max(text.rfind("\n", tail, end), text.rfind(" ", tail, end)) + 1
        yield text[start : cut or end]
        start = cut or end
    if start < len(text):
        yield text[start:]


def kind_of(part: str, ranks: list[int], size: int) -> str:
    """The kind of a slice, as the intervals are kept: "repetition", or the kind of its script."""
    few = len(ranks) * REPETITION_SHARE
    # Most texts have more different tokens than that among their first ones.
    if len(ranks) >= REPETITION_LENGTH and len(set(ranks[: 2 * int(few)])) < few and len(set(ranks)) < few:
        return "repetition"
    return script(part, size)


def script(text: str, size: int) -> str:
    """Whether a text of that many bytes is in Latin letters ("latin"), or more in those of other scripts ("script")."""
    return "script" if size > len(text) * BYTES_OF_OTHER_SCRIPTS else "latin"
