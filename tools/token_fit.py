"""The regression after `calibrate_tokens.py`: weights of features of text, and constants for what the API adds.

Both are linear, and fitted in turn: the constants on recorded requests given the weights, then the weights given the
constants. Every fit is of relative errors, robust (a sample far off counts less), and drawn to a prior, so that what
the samples say nothing about keeps a sane value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from token_samples import REPEATED, REQUEST, Sample

from batchlint.tokens.features import features
from batchlint.tokens.ranks import tokens_by_rank

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Numbers = Mapping[str, float]

ROUNDS = 3
REWEIGHTINGS = 7
TEXT_PULL = 1e-3
"""How strongly weights are drawn to their prior: as a part of what the samples know of them ..."""
WEIGHT_ERROR = 0.5
"""... and as what the prior of a weight may be wrong by ..."""
USUAL_ERROR = 0.04
"""... against the relative error of a sample."""
TOKENS_OF_A_TOKEN = 1.15
"""The prior of a feature that each token has one of: what a token of cl100k is on the average for Claude."""
CONSTANT_ERROR = 1.0
"""Tokens that the prior of a constant may be wrong by ..."""
CHARACTER_ERROR = 0.05
"""... and that of a constant for each of many characters."""
NOISE = (2.0, 0.03)
"""Tokens, and part of the text, by which a request misses its constants through its text alone."""
UNUSUAL = 0.01
"""The importance of what the estimate cannot know, next to 1."""
TAUGHT_NOISE = 0.003
"""The part of a text by which the teacher is wrong."""
SMALL = 60
"""Tokens below which relative errors say nothing."""
MOST_OF_A_SOURCE = 600
"""Samples of one source count together no more than so many ..."""
MOST_OF_A_SOURCE_FOR_CHARACTERS = 50
"""... and fewer where the features are so rough that rare languages would spoil the common ones."""
ONE_OF_A_TOKEN = re.compile(
    r"(word|bare)_rarity_\d|digits_\d|symbols_\d(_spaced)?|script_\w+|accented|mixture|newline_token|spaces?|run"
)
"""Features that a token has one of, or none."""


OF_ONE_TOKEN = re.compile(r"symbols '|symbols \"")
"""Features of one token alone, which count where enough samples have it."""
FEW = 20
"""Samples that are not enough for that."""


class Fit(NamedTuple):
    """What is fitted for one generation."""

    text: Numbers
    structure: Numbers

    def text_tokens(self, sample: Sample) -> float:
        """Of all texts of a request."""
        return dot(sample.text, self.text)

    def constants(self, sample: Sample) -> float:
        """What the API adds to the texts of a request."""
        return sample.fixed + dot(sample.structure, self.structure)

    def tokens(self, sample: Sample) -> float:
        """Of a request."""
        return self.constants(sample) + self.text_tokens(sample)


def dot(counts: Numbers, numbers: Numbers) -> float:
    """The sum of counts, each times its number."""
    return sum(numbers.get(name, 0.0) * count for name, count in counts.items())


class Design:
    """All samples of a generation, with a row of features for each: made once, since fits to parts of them are many."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self.samples = samples
        self.names = known_features(samples)
        self._x = matrix([sample.text for sample in samples], self.names)

    def fit(self, start: Numbers, without: str = "") -> Fit:
        """Fits all samples but those of a fold; `start` are the constants to begin with, and their prior."""
        chosen = [place for place, sample in enumerate(self.samples) if sample.fold != without]
        samples = [self.samples[place] for place in chosen]
        requests = [sample for sample in samples if sample.kind == REQUEST]
        structure = dict(start)
        text: Numbers = {}
        for _ in range(ROUNDS):
            text = self._fit_text(self._x[chosen], samples, structure)
            structure = fit_structure(requests, Fit(text, structure), start)
        return Fit(text, structure)

    def _fit_text(self, x: Matrix, samples: Sequence[Sample], structure: Numbers) -> Numbers:
        """Weights of the features of tokens, given the constants."""
        given = Fit({}, structure)
        tokens = np.array([sample.tokens - given.constants(sample) for sample in samples])
        weight = importance(samples, MOST_OF_A_SOURCE)
        return fit_weights(x, self.names, tokens, weight, token_prior)


def known_features(samples: Sequence[Sample]) -> list[str]:
    """The features that a token can have; of those of one token alone, what enough samples have."""
    often = Counter(name for sample in samples for name in sample.text)
    return sorted(
        name for name in (often.keys() | token_features()) if often[name] >= FEW or not OF_ONE_TOKEN.match(name)
    )


@cache
def token_features() -> set[str]:
    """All features that a token can have."""
    return {name for rank, token in enumerate(tokens_by_rank() or []) for name in features(token, rank)}


def token_prior(name: str) -> float:
    """The prior of the weight of a feature of tokens."""
    return TOKENS_OF_A_TOKEN if ONE_OF_A_TOKEN.fullmatch(name) else 0.0


def fit_characters(samples: Sequence[Sample], found: Fit) -> Numbers:
    """Weights of the features of characters, fitted to what the tokens of the same texts make."""
    text = np.array([found.text_tokens(sample) for sample in samples])
    weight = importance(samples, MOST_OF_A_SOURCE_FOR_CHARACTERS)
    names = sorted({name for sample in samples for name in sample.characters})
    return fit_weights(matrix([sample.characters for sample in samples], names), names, text, weight)


def fit_weights(
    x: Matrix, names: Sequence[str], tokens: Vector, weight: Vector, prior: Callable[[str], float] = lambda name: 0.0
) -> Numbers:
    """Weights of features, drawn to their prior."""
    expected = np.array([prior(name) for name in names])
    strength = np.sqrt(TEXT_PULL * ((x * weight[:, None]) ** 2).sum(axis=0) + (USUAL_ERROR / WEIGHT_ERROR) ** 2)
    found = robust(x, tokens, weight, expected, strength)
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def fit_structure(requests: Sequence[Sample], given: Fit, prior: Numbers) -> dict[str, float]:
    """Constants, given the weights of text."""
    names = sorted({name for sample in requests for name in sample.structure} & prior.keys())
    if not requests:
        return dict(prior)
    text = np.array([given.text_tokens(sample) if sample.taught is None else sample.taught for sample in requests])
    x = matrix([sample.structure for sample in requests], names)
    y = np.array([sample.tokens - sample.fixed for sample in requests]) - text
    expected = np.array([prior[name] for name in names])
    noise = np.array([NOISE[1] if sample.taught is None else TAUGHT_NOISE for sample in requests])
    error = NOISE[0] + noise * text
    weight = np.sqrt(shares(requests, MOST_OF_A_SOURCE)) / error
    errors = np.array([CHARACTER_ERROR if name.endswith("_character") else CONSTANT_ERROR for name in names])
    found = robust(x, y, weight, expected, 1 / errors)
    return dict(prior) | {name: float(f"{value:.3g}") for name, value in zip(names, found, strict=True)}


def robust(x: Matrix, y: Vector, weight: Vector, prior: Vector, strength: Vector) -> Vector:
    """Least squares, reweighted so that errors count by their size and not its square."""
    a, b = x * weight[:, None], (y - x @ prior) * weight
    trust = np.ones(len(y))
    unit = np.maximum(np.sqrt((a**2).sum(axis=0)), 1e-12)
    found = np.zeros(x.shape[1])
    for _ in range(REWEIGHTINGS):
        weighted = a * trust[:, None] / unit
        normal = weighted.T @ weighted + np.diag((strength / unit) ** 2 + 1e-9)
        found = np.linalg.solve(normal, weighted.T @ (b * trust)) / unit
        error = np.abs(b - a @ found)
        usual = float(np.median(error)) + 1e-12
        trust = np.sqrt(1 / np.maximum(1.0, error / (2 * usual)))
    result: Vector = found + prior
    return result


def importance(samples: Sequence[Sample], most_of_a_source: int) -> Vector:
    """Relative errors count, no source counts for too much, sealed thinking next to nothing."""
    size = np.array([max(sample.tokens, SMALL) for sample in samples], dtype=float)
    own = np.array([UNUSUAL if sample.sealed or sample.kind == REPEATED else sample.importance for sample in samples])
    result: Vector = np.sqrt(shares(samples, most_of_a_source) * own) / size
    return result


def shares(samples: Iterable[Sample], most_of_a_source: int) -> Vector:
    """The part of each sample, so that all of a source count no more than so many."""
    sources = [sample.source for sample in samples]
    count = Counter(sources)
    return np.array([min(1.0, most_of_a_source / count[source]) for source in sources])


def matrix(counts: Sequence[Numbers], names: Sequence[str]) -> Matrix:
    """A row for each sample, a column for each name."""
    return np.array([[count.get(name, 0.0) for name in names] for count in counts])
