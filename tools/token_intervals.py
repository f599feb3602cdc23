"""The intervals of the estimate: how far counts lie from what a fit that had not seen them says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from token_fit import Numbers
from token_samples import OTHER_SCRIPTS_KIND, REPEATED, REQUEST, Sample

FEW = 100
"""Tokens of a text below which its relative error says nothing."""
OUTSIDE = {"latin": 0.025, "script": 0.1, "characters": 0.02}
"""The part of texts that may lie outside of an interval, on either side. Among other scripts most are rare ones."""
REPETITION = {"v3": {-1: 0.3, 1: 0.9}, "4.7": {-1: 0.6, 1: 0.9}, "4.8": {-1: 0.6, 1: 0.9}}
"""The interval of repeated texts, below and above. The error of one word is that of the whole text: `According` is
estimated at 2.4 times its count on 4.8, `goodbye` at little more than half on v3. No quantile of few words tells."""
SLACK_OUTSIDE = 0.0125
"""The part of requests that may do so."""
LEAST_SLACK = 15
"""Tokens ..."""
SLACK_OF_FEW = 60
"""... and where there are fewer requests than tell how much it is."""
FEW_REQUESTS = 30


class Tested(NamedTuple):
    """A sample and what it was estimated at by a fit that had not seen it."""

    sample: Sample
    text: float
    characters: float
    constants: float
    spare: float
    """Tokens by which it may be more."""

    @property
    def tokens(self) -> float:
        """The estimate."""
        return self.constants + self.text

    @property
    def error(self) -> float:
        """Relative, of all tokens."""
        return (self.tokens - self.sample.tokens) / self.sample.tokens

    @property
    def kind(self) -> str:
        """Of its text, as the intervals call it."""
        if self.sample.kind == REPEATED:
            return "repetition"
        return "script" if self.sample.kind.endswith(OTHER_SCRIPTS_KIND) else "latin"

    def missing(self, text: float) -> float:
        """What the text has more than an estimate of it, as a part of that."""
        return (self.sample.tokens - self.constants - text) / text

    def is_inside(self, below: Numbers, above: Numbers) -> bool:
        """Whether the count lies in the interval of the estimate."""
        is_request = self.sample.kind == REQUEST
        low = self.text * below[self.kind] + below["tokens"] * is_request
        high = self.text * above[self.kind] + above["tokens"] * is_request + self.spare
        return -low <= self.sample.tokens - self.tokens <= high


def widths(tested: Sequence[Tested], side: int) -> dict[str, float]:
    """How far counts lie below (-1) or above (1) the estimates, as a part of the text by its kind, and in tokens."""
    large = [test for test in tested if test.sample.kind != REQUEST and test.sample.tokens > FEW]
    values = {kind: [t.missing(t.text) for t in large if t.kind == kind] for kind in ("latin", "script")}
    values["characters"] = [test.missing(test.characters) for test in large if test.kind != "repetition"]
    found = {
        name: round(max(0.0, quantile([side * value for value in missing], 1 - OUTSIDE[name])), 3)
        for name, missing in values.items()
    }
    return {**found, "repetition": REPETITION[tested[0].sample.generation][side], "tokens": slack(tested, found, side)}


def slack(tested: Sequence[Tested], width: Numbers, side: int) -> float:
    """Tokens by which a request may be off beyond the width of its texts."""
    beyond = [
        side * (test.sample.tokens - test.tokens) - test.text * width["latin"]
        for test in tested
        if test.sample.kind == REQUEST and not test.sample.sealed
    ]
    least = LEAST_SLACK if len(beyond) >= FEW_REQUESTS else SLACK_OF_FEW
    return round(max(least, quantile(beyond, 1 - SLACK_OUTSIDE)))


def quantile(values: Sequence[float], part: float) -> float:
    """The value that this part of all values is below."""
    return float(np.quantile(values, part)) if values else 0.0
