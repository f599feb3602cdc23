"""Gathers what was measured, in memory that does not grow with the size of the requests."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from batchlint.stats.measure import Measured
from batchlint.stats.prefix import Prefixes

if TYPE_CHECKING:
    from batchlint.facts.price import Price

LARGEST = 5
"""Requests that are named as the largest."""


UNITS = 10**12
"""Of a dollar: costs are added as whole numbers of them, so that the order of the requests makes no difference."""


class Cost(NamedTuple):
    """Money at batch prices, in `UNITS` of a US dollar: what the input costs, and what the answers could at most."""

    input_units: int
    output_units: int

    @property
    def input(self) -> float:
        """US dollars."""
        return self.input_units / UNITS

    @property
    def output_ceiling(self) -> float:
        """US dollars."""
        return self.output_units / UNITS

    def plus(self, other: Cost) -> Cost:
        """The sum of both."""
        return Cost(self.input_units + other.input_units, self.output_units + other.output_units)


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

    def merge(self, other: OfModel) -> None:
        """Takes what was measured elsewhere, of requests after these."""
        self.tokens.extend(other.tokens)
        self.low += other.low
        self.high += other.high
        self.at_least += other.at_least
        self.output_ceiling += other.output_ceiling
        if other.cost is not None:
            self.cost = (self.cost or Cost(0, 0)).plus(other.cost)


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
        self.tokens_of: Counter[str] = Counter()
        """Tokens of all requests by part: the system prompts, the tools, and so on."""
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
        self.tokens_of.update(request.tokens_of)
        self._add_to_model(request)
        if request.prefix is not None:
            self.prefixes.add(request.prefix)
        self._keep_if_large(request.estimate.tokens, -self.requests, request)

    def merge(self, other: Collected, first: int = 0, lines: int = 0) -> None:
        """Takes what was measured of a part of the same file.

        `first` is the index of the part's first request in the file, `lines` the number of lines before the part.
        """
        before = self.requests
        self.requests += other.requests
        self.unreadable += other.unreadable
        self.bytes += other.bytes
        self.from_characters += other.from_characters
        self.images += other.images
        self.pages += other.pages
        for name, model in other.models.items():
            self.models.setdefault(name, OfModel()).merge(model)
        self.tokens_of.update(other.tokens_of)
        self.prefixes.merge(other.prefixes)
        for tokens, place, request in other._largest:
            self._keep_if_large(tokens, place - before, shifted(request, first, lines))

    def _keep_if_large(self, tokens: int, place: int, request: Measured) -> None:
        large = (tokens, place, request)
        if len(self._largest) < LARGEST:
            heapq.heappush(self._largest, large)
        elif large[:2] > self._largest[0][:2]:
            heapq.heapreplace(self._largest, large)

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
            model.cost = (model.cost or Cost(0, 0)).plus(cost)


def shifted(request: Measured, first: int, lines: int) -> Measured:
    """A request of a part with the index and the line that it has in its file."""
    return request._replace(number=request.number + first, line=request.line + lines)


def cost_of(request: Measured) -> Cost | None:
    """What a request costs without caching; None where the model's price is not known."""
    price = _price_of(request.model) if request.model else None
    if price is None:
        return None
    tokens = request.estimate.tokens
    whole, of_input = price.cost(tokens, request.max_tokens), price.cost(tokens, 0)
    return Cost(round(of_input * UNITS), round((whole - of_input) * UNITS))


@lru_cache(maxsize=256)
def _price_of(model_id: str) -> Price | None:
    from batchlint.facts import models, prices

    model = models().find(model_id)
    return prices().find(model.id) if model is not None else None
