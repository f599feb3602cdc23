"""Tokens and cost of what succeeded, by model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchlint.facts.price import Price

MAXIMUM_MODELS = 1_000
"""Models that are distinguished; a hostile file must not fill the memory."""
OTHERS = "(other models)"
IMPLAUSIBLE = 1 << 40
"""Tokens that no answer takes; such a number counts as 0."""
TOKENS = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens")


@dataclass(slots=True)
class ModelUsage:
    """What one model was used for. Tokens of input include those written to the cache and read from it."""

    model: str
    price: Price | None
    """None where no price of the model is known."""
    answers: int = 0
    input_tokens: int = 0
    cache_write_tokens: int = 0
    cache_read_tokens: int = 0
    output_tokens: int = 0
    server_tool_uses: int = 0
    """Web searches and the like, which are billed apart: they are not in the cost."""
    dollars: float = 0.0

    @property
    def cost(self) -> float | None:
        """US dollars at batch prices; None where no price is known."""
        return None if self.price is None else self.dollars


class Usage:
    """Adds up what the answers say of themselves."""

    def __init__(self) -> None:
        from batchlint.facts import prices

        self._prices = prices()
        self.by_model: dict[str, ModelUsage] = {}
        self.unstated = 0
        """Answers that do not say how many tokens they took."""

    def add(self, message: dict[str, Any]) -> None:
        """Adds one answer; what is no number counts as 0."""
        usage = message.get("usage")
        if not isinstance(usage, dict):
            self.unstated += 1
            return
        model = message.get("model")
        total = self.by_model.get(model) if isinstance(model, str) else None
        if total is None:
            total = self._of_model(str(model)[:100])
        plain, written, read, output = map(usage.get, TOKENS)
        if not (plain.__class__ is written.__class__ is read.__class__ is output.__class__ is int) or not (
            0 <= plain + written + read + output < IMPLAUSIBLE
        ):
            plain, written, read, output = (_count(usage, name) for name in TOKENS)
        total.answers += 1
        total.input_tokens += plain + written + read
        total.cache_write_tokens += written
        total.cache_read_tokens += read
        total.output_tokens += output
        tools = usage.get("server_tool_use")
        if isinstance(tools, dict):
            total.server_tool_uses += sum(_count(tools, name) for name in tools)
        if total.price is not None:
            total.dollars += self._cost(total.price, usage, plain, written, read, output)

    def _cost(self, price: Price, usage: dict[str, Any], plain: int, written: int, read: int, output: int) -> float:
        """US dollars of one answer: cached tokens by their share of the price, a long prompt by the long prices."""
        modifiers = self._prices.modifiers
        weighed = float(plain)
        if written:
            parts = usage.get("cache_creation")
            hour = _count(parts, "ephemeral_1h_input_tokens") if isinstance(parts, dict) else 0
            hour = min(hour, written)
            weighed += (written - hour) * modifiers.cache_write_5m + hour * modifiers.cache_write_1h
        if read:
            weighed += read * (modifiers.cache_read if price.cache_read is None else price.cache_read)
        dollars = price.cost(weighed, output, plain + written + read)
        return dollars * modifiers.inference_geo_us if usage.get("inference_geo") == "us" else dollars

    def _of_model(self, name: str) -> ModelUsage:
        total = self.by_model.get(name)
        if total is None:
            from batchlint.facts import models

            if len(self.by_model) >= MAXIMUM_MODELS:
                name = OTHERS
            model = models().find(name)
            price = self._prices.find(model.id if model is not None else name)
            total = self.by_model.setdefault(name, ModelUsage(name, price))
        return total


def _count(table: dict[str, Any], name: str) -> int:
    number = table.get(name)
    return number if number.__class__ is int and 0 <= number < IMPLAUSIBLE else 0
