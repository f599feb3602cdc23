"""The statistics for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.batch import Batch
from batchlint.reports.plain import plain
from batchlint.stats.collect import BINS, Collected, OfModel

BAR = 40
"""Columns of the longest bar."""


def text_lines(collected: Collected, files: list[Batch], limit: int) -> Iterator[str]:
    """The lines of the report; `limit` is the tokens that a request may have, 0 for no limit."""
    for batch in files:
        yield f"{plain(batch.path)}: {batch.requests:,} requests, {_size(batch.sent_bytes)} as it will be sent"
    if collected.unreadable:
        yield f"{collected.unreadable:,} items are no requests that can be read; they are left out"
    if not collected.requests:
        return
    yield ""
    yield from _models(collected)
    yield ""
    yield from _histogram(collected, limit)
    yield ""
    yield "largest requests"
    for request in collected.largest:
        named = f' "{plain(request.custom_id[:64])}"' if request.custom_id else ""
        more = "at least " if request.estimate.at_least else ""
        yield (
            f"  {more}{request.estimate.tokens:,} tokens ({request.estimate.low:,} to {request.estimate.high:,})  "
            f"{plain(request.path)}:{request.line}  request {request.number}{named}"
        )
    if collected.images or collected.pages:
        yield ""
        yield f"{collected.images:,} images, {collected.pages:,} pages of PDFs"
    yield from _prefixes(collected)


def _models(collected: Collected) -> Iterator[str]:
    head = ["model", "requests", "tokens", "median", "p95", "max", "input cost", "output at most"]
    rows = [head, *(_row(name or "(none)", model) for name, model in sorted(collected.models.items()))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        yield "  ".join(
            f"{cell:{width}}" if column == 0 else f"{cell:>{width}}"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
    total, low, high = (
        sum(sum(model.tokens) for model in collected.models.values()),
        sum(model.low for model in collected.models.values()),
        sum(model.high for model in collected.models.values()),
    )
    yield f"tokens are estimated: {total:,} in all, each request within its own interval (together {low:,} to {high:,})"
    if collected.from_characters:
        yield "this installation has no token ranks: the estimates are made from characters alone, and wider"
    if any(model.at_least for model in collected.models.values()):
        yield "some requests refer to what is not in the file (URLs, file ids, server tools); they cost more"
    if any(model.cost for model in collected.models.values()):
        yield "costs are at batch prices in US dollars, without caching; output is a ceiling: every max_tokens used up"


def _row(name: str, model: OfModel) -> list[str]:
    money = [f"${model.cost.input:,.2f}", f"${model.cost.output_ceiling:,.2f}"] if model.cost else ["", ""]
    numbers = [len(model.tokens), sum(model.tokens), model.quantile(0.5), model.quantile(0.95), max(model.tokens)]
    return [plain(name[:60]), *(f"{number:,}" for number in numbers), *money]


def _histogram(collected: Collected, limit: int) -> Iterator[str]:
    yield f"tokens a request{f', against the limit of {limit:,}' if limit else ''}"
    first, last = min(collected.bars), max(collected.bars)
    longest = max(collected.bars.values())
    for number in range(first, last + 1):
        end = f"{BINS[number]:,}" if number < len(BINS) else "more"
        count = collected.bars[number]
        over = limit and (number == len(BINS) or (number > 0 and BINS[number - 1] >= limit))
        bar = ("!" if over else "#") * max(round(BAR * count / longest), 1 if count else 0)
        yield f"  up to {end:>9}  {bar:{BAR}}  {count:,}"


def _prefixes(collected: Collected) -> Iterator[str]:
    shared = collected.prefixes.shared()
    if not shared:
        return
    yield ""
    yield "tools and system prompts that requests share (a cache could hold them)"
    total = sum(sum(model.tokens) for model in collected.models.values())
    for prefix in shared:
        part = prefix.requests * prefix.tokens / total
        how = "cache_control is there" if prefix.cached else "without cache_control"
        yield f"  {prefix.tokens:,} tokens in {prefix.requests:,} requests, {part:.0%} of all tokens, {how}"


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 100_000 else f"{number:,} bytes"
