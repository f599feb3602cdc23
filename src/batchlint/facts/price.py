"""Prices of tokens in batches: `prices.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from batchlint.facts.reading import Table, entries, read

MILLION = 1_000_000


class Price(NamedTuple):
    """Prices of one model in a batch, in US dollars per million tokens."""

    input: float
    output: float
    source: str
    checked: date
    long_prompt_tokens: int | None = None
    """A request whose prompt is longer than this pays the long prices for every token; None: there is one price."""
    long_input: float | None = None
    long_output: float | None = None
    cache_read: float | None = None
    """Share of the input price; None: the usual one of `Modifiers`."""

    def cost(self, input_tokens: float, output_tokens: int, prompt_tokens: int | None = None) -> float:
        """US dollars for one request, without server tools.

        Where some of the prompt is cached, `input_tokens` weighs it by `Modifiers`, and `prompt_tokens` is its length.
        """
        length = input_tokens if prompt_tokens is None else prompt_tokens
        long = self.long_prompt_tokens is not None and length > self.long_prompt_tokens
        input_price = self.long_input if long and self.long_input is not None else self.input
        output_price = self.long_output if long and self.long_output is not None else self.output
        return (input_tokens * input_price + output_tokens * output_price) / MILLION


class Modifiers(Table):
    """Factors on a price: of a batch (already in every `Price`), of cached input, of inference in the USA alone."""

    batch: float
    cache_write_5m: float
    cache_write_1h: float
    cache_read: float
    inference_geo_us: float


class Prices(NamedTuple):
    """Prices by the id of the model (`Model.id`, no alias); a model that is not there has no known price."""

    by_model: Mapping[str, Price]
    modifiers: Modifiers

    def find(self, model_id: str) -> Price | None:
        """The price of the model of that id."""
        return self.by_model.get(model_id)


def load() -> Prices:
    """Reads `prices.toml`."""
    document = read("prices")
    by_model = {model_id: Price(**table) for model_id, table in entries(document, "price").items()}
    return Prices(by_model, Modifiers(document["modifiers"]))
