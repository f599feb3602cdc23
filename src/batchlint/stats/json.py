"""The statistics as one JSON document, with a line a request where that is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Any

from batchlint import __version__
from batchlint.batch import Batch
from batchlint.stats.collect import Collected, Cost, OfModel
from batchlint.stats.measure import Measured
from batchlint.stats.prefix import NAMED

BINS = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_280_000)
"""Upper ends of the bars of `histogram`, in tokens; the last bar has none."""


def request_object(request: Measured) -> dict[str, Any]:
    """A request as the document lists it."""
    return {
        "custom_id": request.custom_id,
        "index": request.number,
        "line": request.line,
        "model": request.model,
        "bytes": request.size,
        "tokens": request.estimate.tokens,
        "low": request.estimate.low,
        "high": request.estimate.high,
        "at_least": request.estimate.at_least,
        "path": request.path,
    }


def rest_of_document(collected: Collected, files: list[Batch], limit: int) -> Iterator[tuple[str, Any]]:
    """The members of the document but for its first, `requests`."""
    bars = Counter(bisect_left(BINS, tokens) for model in collected.models.values() for tokens in model.tokens)
    yield "batchlint", __version__
    yield "limit", limit
    yield (
        "files",
        [
            {
                "path": batch.path,
                "container": batch.container,
                "requests": batch.requests,
                "bytes": batch.file_bytes,
                "sent_bytes": batch.sent_bytes,
            }
            for batch in files
        ],
    )
    yield "unreadable", collected.unreadable
    yield "estimated_from_characters", collected.from_characters
    yield "models", [_model(name, model) for name, model in sorted(collected.models.items())]
    yield "images", collected.images
    yield "pages", collected.pages
    yield (
        "histogram",
        [
            {"up_to": BINS[number] if number < len(BINS) else None, "requests": count}
            for number, count in sorted(bars.items())
        ],
    )
    yield "largest", [request_object(request) for request in collected.largest]
    yield "shared_prefixes", [prefix._asdict() for prefix in collected.prefixes.shared()[:NAMED]]


def _model(name: str, model: OfModel) -> dict[str, Any]:
    return {
        "model": name or None,
        "requests": len(model.tokens),
        "tokens": {
            "total": sum(model.tokens),
            "low": model.low,
            "high": model.high,
            "median": model.quantile(0.5),
            "p95": model.quantile(0.95),
            "max": max(model.tokens),
        },
        "requests_at_least": model.at_least,
        "output_ceiling_tokens": model.output_ceiling,
        "cost_usd": None if model.cost is None else _cost(model.cost),
    }


def _cost(cost: Cost) -> dict[str, float]:
    return {"input": cost.input, "output_ceiling": cost.output_ceiling}
