"""The regression behind `calibrate_tokens.py`: weights of features of text, and constants for what the API adds.

Both are linear, and fitted in turn: the constants on recorded requests given the weights, then the weights given the
constants. Every fit is of relative errors, robust (a sample far off counts less), and drawn to a prior, so that what
the samples say nothing about keeps a sane value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from token_samples import Sample

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Numbers = Mapping[str, float]

ROUNDS = 4
REWEIGHTINGS = 10
TEXT_PULL = 1e-3
"""How strongly weights are drawn to their prior, in units of the mean information of a feature."""
TOKENS_OF_A_TOKEN = 1.15
"""The prior of a feature that each token has one of: what a token of cl100k is on the average for Claude."""
CONSTANT_ERROR = 1.0
"""Tokens that the prior of a constant may be wrong by ..."""
CHARACTER_ERROR = 0.05
"""... and that of a constant for each of many characters."""
NOISE = (2.0, 0.03)
"""Tokens, and part of the text, by which a request misses its constants through its text alone."""
SMALL = 60
"""Tokens below which relative errors say nothing."""
MOST_OF_A_SOURCE = 600
"""Samples of one source count together no more than so many."""
ONE_OF_A_TOKEN = re.compile(
    r"(word|bare)_rarity_\d|digits_\d|symbols_\d(_spaced)?|script_\w+|accented|mixture|newline_token|spaces?"
)
"""Features that a token has one of, or none."""


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


def fit(samples: Sequence[Sample], start: Numbers) -> Fit:
    """Fits one generation; `start` are the constants to begin with, and their prior."""
    structure = dict(start)
    text: Numbers = {}
    requests = [sample for sample in samples if sample.kind == "request"]
    for _ in range(ROUNDS):
        text = fit_text(samples, [sample.text for sample in samples], Fit({}, structure), token_prior)
        structure = fit_structure(requests, Fit(text, structure), start)
    return Fit(text, structure)


def token_prior(name: str) -> float:
    """The prior of the weight of a feature of tokens."""
    return TOKENS_OF_A_TOKEN if ONE_OF_A_TOKEN.fullmatch(name) else 0.0


def fit_text(
    samples: Sequence[Sample], counts: Sequence[Numbers], given: Fit, prior: Callable[[str], float] = lambda name: 0.0
) -> Numbers:
    """Weights of the features in `counts`, given the constants."""
    names = sorted({name for count in counts for name in count})
    y = np.array([sample.tokens - given.constants(sample) for sample in samples])
    x, weight = matrix(counts, names), importance(samples)
    expected = np.array([prior(name) for name in names])
    strength = np.sqrt(TEXT_PULL * ((x * weight[:, None]) ** 2).sum(axis=0))
    found = robust(x, y, weight, expected, strength)
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def fit_structure(requests: Sequence[Sample], given: Fit, prior: Numbers) -> dict[str, float]:
    """Constants, given the weights of text."""
    names = sorted({name for sample in requests for name in sample.structure} & prior.keys())
    if not requests:
        return dict(prior)
    text = np.array([given.text_tokens(sample) for sample in requests])
    x = matrix([sample.structure for sample in requests], names)
    y = np.array([sample.tokens - sample.fixed for sample in requests]) - text
    expected = np.array([prior[name] for name in names])
    error = NOISE[0] + NOISE[1] * text
    weight = np.sqrt(shares(requests)) / error
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


def importance(samples: Sequence[Sample]) -> Vector:
    """Relative errors count, no source counts for too much, sealed thinking next to nothing."""
    size = np.array([max(sample.tokens, SMALL) for sample in samples], dtype=float)
    sealed = np.array([0.1 if sample.sealed else 1.0 for sample in samples])
    result: Vector = np.sqrt(shares(samples)) * sealed / size
    return result


def shares(samples: Iterable[Sample]) -> Vector:
    """The part of each sample, so that all of a source count MOST_OF_A_SOURCE at most."""
    sources = [sample.source for sample in samples]
    count = Counter(sources)
    return np.array([min(1.0, MOST_OF_A_SOURCE / count[source]) for source in sources])


def matrix(counts: Sequence[Numbers], names: Sequence[str]) -> Matrix:
    """A row for each sample, a column for each name."""
    return np.array([[count.get(name, 0.0) for name in names] for count in counts])
