"""The estimate of a request: the sum over its pieces."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from batchlint.tokens.bound import closer_bound, upper_bound
from batchlint.tokens.calibration import Numbers, certainty
from batchlint.tokens.piece import Piece
from batchlint.tokens.pieces import pieces
from batchlint.tokens.profile import Profile, profile_of
from batchlint.tokens.ranks import encoding
from batchlint.tokens.text import SLICE, Amount, from_characters, slices, weights
from batchlint.tokens.written import sized_texts

FILES: Final = "images and documents"
FILE_WORDS: Final = ("image", "document", "PDF")
"""How the words begin by which a piece of an image or a document is called."""


class TokenShare(NamedTuple):
    """A part of a request that costs many tokens."""

    pointer: tuple[str | int, ...]
    """The way to it from the item: ("params", "messages", 3, "content", 0)."""
    tokens: int
    what: str
    """In words: "text", "tool result", "PDF of 12 pages"."""


class Estimate(NamedTuple):
    """The input tokens of a request."""

    tokens: int
    low: int
    """The true count lies between this ..."""
    high: int
    """... and this for at least 95 % of recorded requests, as long as it is not `at_least`."""
    generation: str
    """Of the tokenizer: "v3" (up to Claude 4.6), "4.7", "4.8" (and later; also for a model that is not known)."""
    at_least: bool
    """The request refers to something whose tokens nobody can know, or counting stopped at a limit."""
    exact_text: bool
    """False where text was not tokenised, because the package was built without ranks."""


def estimate(
    params: dict[str, Any], model_id: str, stop_above: int | None = None, betas: frozenset[str] | None = None
) -> Estimate:
    """Estimates a request; with `stop_above`, counting stops as soon as the count is surely above that.

    `betas` are the anthropic-beta headers that are sent; None: not known.
    """
    profile = profile_of(model_id, betas)
    if stop_above is None:
        return estimate_by_field(params, profile)[0]
    tokens, above = 0.0, profile.calibration.above["tokens"]
    low = -profile.calibration.below["tokens"]
    at_least = False
    for piece in pieces(params, profile):
        at_least = at_least or piece.at_least
        for amount in amounts(piece, profile):
            tokens += amount.tokens
            low += amount.tokens - amount.below
            above += amount.above
            if low > stop_above:
                return _estimate(tokens, low, above, profile, True)
    return _estimate(tokens, low, above, profile, at_least)


def estimate_by_field(params: dict[str, Any], profile: Profile) -> tuple[Estimate, dict[str, float]]:
    """The estimate of a whole request, and the tokens of each of its fields: "tools", "system", "messages" ...

    Those of images and documents, wherever they are, are counted under `FILES`.

    The same as the sum of all `amounts`, without what it takes to be able to stop in between.
    """
    calibration, measured = profile.calibration, measuring(profile)
    structure, below, above_of = calibration.structure, calibration.below, calibration.above
    low, above, at_least = -below["tokens"], above_of["tokens"], False
    fields: dict[str, float] = {}
    for piece in pieces(params, profile):
        tokens: float = piece.fixed
        if piece.terms:
            tokens += _sum(piece.terms, structure)
        if piece.spare:
            above += _sum(piece.spare, structure)
        low += tokens
        for text, unescaped in sized_texts(piece):
            for part in (text,) if len(text) <= SLICE else slices(text):
                amount, kind = measured(part)
                if unescaped < 1:
                    counted = _within(amount, part, unescaped)
                    above += amount - counted
                    amount = counted
                tokens += amount
                low += amount - amount * below[kind]
                above += amount * above_of[kind]
        field = FILES if piece.what.startswith(FILE_WORDS) else str(piece.pointer[0]) if piece.pointer else ""
        fields[field] = fields.get(field, 0.0) + tokens
        at_least = at_least or piece.at_least
    return _estimate(sum(fields.values()), low, above, profile, at_least), fields


def largest_parts(params: dict[str, Any], model_id: str, count: int = 3) -> list[TokenShare]:
    """The parts that cost most, the greatest first; the pieces of one part are taken together. Headers are left out."""
    profile = profile_of(model_id)
    found: dict[tuple[tuple[str | int, ...], str], float] = {}
    for piece in pieces(params, profile):
        if piece.pointer:
            place = (piece.pointer, piece.what)
            found[place] = found.get(place, 0) + sum(amount.tokens for amount in amounts(piece, profile))
    largest = heapq.nlargest(count, found.items(), key=lambda item: item[1])
    return [TokenShare(("params", *pointer), round(tokens), what) for (pointer, what), tokens in largest]


def over_limit(
    params: dict[str, Any], size_in_bytes: int, model_id: str, limit: int, betas: frozenset[str] | None = None
) -> Estimate | None:
    """The estimate of a request that is not surely within a limit; None: it is.

    Asks in stages, the cheapest first: how many bytes it has, what characters its texts are made of, and only then
    how it is tokenised, up to the point where it is surely over the limit.
    """
    if upper_bound(params, size_in_bytes, model_id) <= limit or closer_bound(params, model_id) <= limit:
        return None
    found = estimate(params, model_id, stop_above=limit, betas=betas)
    return found if found.high > limit else None


def amounts(piece: Piece, profile: Profile) -> Iterator[Amount]:
    """The tokens of a piece, slice by slice."""
    calibration, measured = profile.calibration, measuring(profile)
    structure = calibration.structure
    yield Amount(piece.fixed + _sum(piece.terms, structure), 0, _sum(piece.spare, structure))
    for text, unescaped in sized_texts(piece):
        for part in slices(text):
            whole, kind = measured(part)
            tokens = whole if unescaped == 1 else _within(whole, part, unescaped)
            yield Amount(tokens, tokens * calibration.below[kind], whole - tokens + tokens * calibration.above[kind])


def _within(tokens: float, part: str, unescaped: float) -> float:
    """No more than the bytes of an escaped text allow that it has in the file, which the bounds of requests know."""
    return min(tokens, len(part) * unescaped * certainty()["per_byte"])


def measuring(profile: Profile) -> Callable[[str], tuple[float, str]]:
    """What gives the tokens of a slice of text, and its kind, for the models of a profile."""
    if encoding() is not None:
        return weights(profile.generation).measured
    return lambda part: from_characters(part, profile.calibration)


def _sum(counts: Numbers, structure: Numbers) -> float:
    total = 0.0
    for name, count in counts.items():
        total += structure.get(name, 0.0) * count
    return total


def _estimate(tokens: float, low: float, above: float, profile: Profile, at_least: bool) -> Estimate:
    return Estimate(
        tokens=max(1, round(tokens)),
        low=max(1, round(low)),
        high=max(1, round(tokens + above)),
        generation=profile.generation,
        at_least=at_least,
        exact_text=encoding() is not None,
    )
