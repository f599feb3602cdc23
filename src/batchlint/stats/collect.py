"""Gathers what was measured, in memory that does not grow with the size of the requests."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from batchlint.stats.measure import Measured
from batchlint.stats.prefix import Prefixes

LARGEST = 5
"""Requests that are named as the largest."""
BINS = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_280_000)
"""Upper ends of the histogram's bars, in tokens; the last bar has none."""


class Cost(NamedTuple):
    """US dollars at batch prices: what the input costs, and what the answers could cost at most."""

    input: float
    output_ceiling: float


@dataclass(slots=True)
class OfModel:
    """The requests for one model."""

    tokens: array[int] = field(default_factory=lambda: array("q"))
    """Of each request, in the order of the files."""
    low: int = 0
    high: int = 0
    at_least: int = 0
    """Requests that cost more than was counted, since what they refer to is not in the file."""
    output_ceiling: int = 0
    """The sum of max_tokens."""
    cost: Cost | None = None
    """None where no price is known."""

    def quantile(self, share: float) -> int:
        """The tokens that this share of the requests does not exceed."""
        return sorted(self.tokens)[min(int(share * len(self.tokens)), len(self.tokens) - 1)]


class Collected:
    """All that a run of `stats` has measured."""

    def __init__(self) -> None:
        self.requests = 0
        self.unreadable = 0
        self.bytes = 0
        self.from_characters = 0
        """Requests whose text was not tokenised, since the installation has no ranks: their estimates are wider."""
        self.images = 0
        self.pages = 0
        self.models: dict[str, OfModel] = {}
        self.bars: Counter[int] = Counter()
        """Requests by the place of their bar in `BINS`."""
        self.prefixes = Prefixes()
        self._largest: list[tuple[int, int, Measured]] = []

    def add(self, request: Measured | None) -> None:
        """Takes a request; None stands for an item that is none."""
        if request is None:
            self.unreadable += 1
            return
        self.requests += 1
        self.bytes += request.size
        self.from_characters += not request.estimate.exact_text
        self.images += request.images
        self.pages += request.pages
        tokens = request.estimate.tokens
        self._add_to_model(request)
        self.bars[next((number for number, end in enumerate(BINS) if tokens <= end), len(BINS))] += 1
        self.prefixes.add(request)
        largest = (tokens, -self.requests, request._replace(params={}))
        if len(self._largest) < LARGEST:
            heapq.heappush(self._largest, largest)
        elif largest[:2] > self._largest[0][:2]:
            heapq.heapreplace(self._largest, largest)

    @property
    def largest(self) -> list[Measured]:
        """The largest requests, the greatest first."""
        return [request for *_, request in sorted(self._largest, key=lambda each: each[:2], reverse=True)]

    def _add_to_model(self, request: Measured) -> None:
        model = self.models.setdefault(request.model or "", OfModel())
        counted = request.estimate
        model.tokens.append(counted.tokens)
        model.low += counted.low
        model.high += counted.high
        model.at_least += counted.at_least
        model.output_ceiling += request.max_tokens
        cost = cost_of(request)
        if cost is not None:
            before = model.cost or Cost(0, 0)
            model.cost = Cost(before.input + cost.input, before.output_ceiling + cost.output_ceiling)


def cost_of(request: Measured) -> Cost | None:
    """What a request costs without caching; None where the model's price is not known."""
    from batchlint.facts import models, prices

    model = models().find(request.model) if request.model else None
    price = prices().find(model.id) if model is not None else None
    if price is None:
        return None
    tokens = request.estimate.tokens
    whole = price.cost(tokens, request.max_tokens)
    return Cost(price.cost(tokens, 0), whole - price.cost(tokens, 0))
