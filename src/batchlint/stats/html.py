"""The statistics as one page to look at: how large requests are, what they are made of, and what they would cost."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TextIO

from batchlint.batch import Batch
from batchlint.html.charts import Kind, LimitMark, histogram, share_bar
from batchlint.html.page import Section, numbers, page, paragraph
from batchlint.html.table import Cell, Column, number_cell, table, text_cell
from batchlint.reports.closing import dollars_text, how_many
from batchlint.stats.collect import Collected, OfModel
from batchlint.stats.histogram import Bar, bars
from batchlint.stats.prefix import Prefix
from batchlint.stats.savings import saved_by_caching

COLOURS = ("note", "again", "part", "warning", "error", "late")
"""Of models, those with most requests first; all others share one."""
OTHERS = "other models"
PREFIXES = 20
"""Shared prefixes that are listed."""


def write(collected: Collected, files: Sequence[Batch], limit: int, stream: TextIO) -> None:
    """Writes the page; `limit` is the tokens that a request may have, 0 for no limit."""
    title = f"{how_many(collected.requests, 'request')} in {how_many(len(files), 'file')}"
    paths = ", ".join(batch.path for batch in files[:5]) + (", ..." if len(files) > 5 else "")
    for line in page(title, paths, _sections(collected, files, limit)):
        stream.write(line + "\n")


def _sections(collected: Collected, files: Sequence[Batch], limit: int) -> Iterator[Section]:
    yield Section("At a glance", _summary(collected, files))
    if not collected.requests:
        return
    yield Section("Tokens a request", _tokens(collected, limit))
    yield Section("By model", _models(collected))
    yield Section("What the requests are made of", _made_of(collected))
    shared = collected.prefixes.shared()
    if shared:
        yield Section("Tools and system prompts that requests share", _prefixes(collected, shared))
    yield Section("The largest requests", _largest(collected))


def _summary(collected: Collected, files: Sequence[Batch]) -> Iterator[str]:
    costs = [model.cost for model in collected.models.values() if model.cost is not None]
    known = bool(costs)
    yield from numbers(
        [
            ("requests", f"{collected.requests:,}"),
            ("as they will be sent", f"{sum(batch.sent_bytes for batch in files) / 1e6:,.1f} MB"),
            ("input tokens, estimated", f"{_total(collected):,}"),
            ("input at batch prices", dollars_text(sum(cost.input for cost in costs)) if known else "unknown"),
            ("output at most", dollars_text(sum(cost.output_ceiling for cost in costs)) if known else "unknown"),
        ]
    )
    if collected.unreadable:
        yield paragraph(f"{how_many(collected.unreadable, 'item')} left out: no request that can be read.")
    if any(model.at_least for model in collected.models.values()):
        yield paragraph(
            "Some requests refer to what is not in the file (URLs, file ids, server tools); they cost more."
        )
    yield paragraph("Costs are without caching; output is a ceiling: every max_tokens used up.")


def _total(collected: Collected) -> int:
    return sum(sum(model.tokens) for model in collected.models.values())


def _tokens(collected: Collected, limit: int) -> Iterator[str]:
    """How many requests have how many tokens, by model, with the limit and the context windows as lines."""
    every = [tokens for model in collected.models.values() for tokens in model.tokens]
    found = bars(every, limit)
    named = sorted(collected.models, key=lambda name: -len(collected.models[name].tokens))
    names = {name: name or "(none)" if place < len(COLOURS) else OTHERS for place, name in enumerate(named)}
    counts: list[dict[str, int]] = [{} for _ in found]
    for name, model in collected.models.items():
        for counted, number in zip(counts, _by_bar(sorted(model.tokens), found), strict=True):
            if number:
                counted[names[name]] = counted.get(names[name], 0) + number
    kinds = _kinds(collected, names)
    marks = list(_marks(collected, limit, found))
    labels = [f"{bar.above + 1:,} to {bar.end:,} tokens" for bar in found]
    description = f"{len(every):,} requests of {min(every):,} to {max(every):,} tokens; the scale is logarithmic"
    yield from histogram(
        "tokens", "Requests by tokens", description, list(zip(labels, counts, strict=True)), kinds, marks
    )
    over = sum(bar.requests for bar in found if bar.over_limit)
    if limit:
        yield paragraph(f"{how_many(over, 'request')} over the limit of {limit:,} tokens.")
    for mark in marks:
        yield paragraph(f"Line: {mark.name}.")


def _by_bar(ordered: Sequence[int], found: Sequence[Bar]) -> Iterator[int]:
    for bar in found:
        yield bisect_left(ordered, bar.end + 1) - bisect_left(ordered, bar.above + 1)


def _kinds(collected: Collected, names: dict[str, str]) -> list[Kind]:
    """The models that have a colour of their own, and the others."""
    counts: dict[str, int] = {}
    for name, shown in names.items():
        counts[shown] = counts.get(shown, 0) + len(collected.models[name].tokens)
    colours = (*COLOURS, "other")
    return [Kind(name, colours[min(place, len(COLOURS))], count) for place, (name, count) in enumerate(counts.items())]


def _marks(collected: Collected, limit: int, found: Sequence[Bar]) -> Iterator[LimitMark]:
    """The limit, and the context windows of the models, where they are within the bars."""
    from batchlint.facts import models

    limits = {limit: "the limit"} if limit else {}
    for name in collected.models:
        model = models().find(name) if name else None
        if model is not None and model.context_window is not None:
            known = limits.get(model.context_window)
            limits[model.context_window] = f"{known}, {name}" if known else f"the context window of {name}"
    for tokens, name in sorted(limits.items()):
        position = _position(tokens, found)
        if position is not None:
            yield LimitMark(position, f"{name}, {tokens:,} tokens")


def _position(tokens: int, found: Sequence[Bar]) -> float | None:
    """Where a number of tokens is, in bars from the left; None outside of them."""
    for place, bar in enumerate(found):
        if bar.above < tokens <= bar.end:
            above = max(bar.above, 1)
            return place + math.log(tokens / above) / math.log(bar.end / above) if bar.end > above else place + 1.0
    return None


def _models(collected: Collected) -> Iterator[str]:
    columns = [
        Column("model"),
        Column("requests", is_number=True),
        Column("tokens", is_number=True),
        Column("median", is_number=True),
        Column("p95", is_number=True),
        Column("max", is_number=True),
        Column("input cost", is_number=True),
        Column("output at most", is_number=True),
        Column("share of the input cost"),
    ]
    whole = sum(model.cost.input for model in collected.models.values() if model.cost is not None)
    rows = (_model(name or "(none)", model, whole) for name, model in sorted(collected.models.items()))
    return table("requests, tokens and cost by model, at batch prices", columns, rows)


def _model(name: str, model: OfModel, whole: float) -> list[Cell]:
    counted = [len(model.tokens), sum(model.tokens), model.quantile(0.5), model.quantile(0.95), max(model.tokens)]
    cells = [text_cell(name, 100), *map(number_cell, counted)]
    if model.cost is None:
        return [*cells, text_cell("no price known"), text_cell(""), text_cell("")]
    share = model.cost.input / whole if whole else 0.0
    money = [number_cell(each, dollars_text(each)) for each in (model.cost.input, model.cost.output_ceiling)]
    return [*cells, *money, Cell(share_bar(f"{share:.0%} of the input cost", share, "note"))]


def _made_of(collected: Collected) -> Iterator[str]:
    """How many tokens are those of the system prompts, of the tools, and so on."""
    whole = sum(collected.tokens_of.values()) or 1
    columns = [Column("part"), Column("tokens", is_number=True), Column("of all", is_number=True), Column("share")]
    rows = (
        [
            text_cell(name),
            number_cell(tokens),
            number_cell(tokens / whole, f"{tokens / whole:.0%}"),
            Cell(share_bar(f"{tokens / whole:.0%} of the tokens are {name}", tokens / whole, "part")),
        ]
        for name, tokens in collected.tokens_of.most_common()
    )
    return table("input tokens by what they are", columns, rows)


def _prefixes(collected: Collected, shared: Sequence[Prefix]) -> Iterator[str]:
    whole = _total(collected) or 1
    columns = [
        Column("model"),
        Column("tokens", is_number=True),
        Column("requests", is_number=True),
        Column("of all tokens", is_number=True),
        Column("cache_control"),
        Column("caching would save", is_number=True),
    ]
    rows = (_prefix(prefix, prefix.requests * prefix.tokens / whole) for prefix in shared[:PREFIXES])
    yield from table("shared prefixes, those first that most tokens are in", columns, rows)
    if len(shared) > PREFIXES:
        yield paragraph(f"{len(shared) - PREFIXES:,} more are not listed.")
    yield paragraph(
        "What caching would save is a ceiling: one request writes the cache for five minutes, all others read it. "
        "Requests of a batch run side by side, so some of them write it again."
    )


def _prefix(prefix: Prefix, share: float) -> list[Cell]:
    saved = saved_by_caching(prefix)
    return [
        text_cell(prefix.model or "(none)", 100),
        number_cell(prefix.tokens),
        number_cell(prefix.requests),
        number_cell(share, f"{share:.0%}"),
        text_cell("yes" if prefix.cached else "no"),
        text_cell("no price known") if saved is None else number_cell(saved, dollars_text(saved)),
    ]


def _largest(collected: Collected) -> Iterator[str]:
    columns = [
        Column("tokens", is_number=True),
        Column("at least", is_number=True),
        Column("at most", is_number=True),
        Column("place"),
        Column("custom_id"),
        Column("model"),
    ]
    rows = (
        [
            number_cell(each.estimate.tokens),
            number_cell(each.estimate.low),
            text_cell("unknown") if each.estimate.at_least else number_cell(each.estimate.high),
            text_cell(f"{each.path}:{each.line}"),
            text_cell(each.custom_id or "", 80),
            text_cell(each.model or "(none)", 100),
        ]
        for each in collected.largest
    )
    return table("the largest requests", columns, rows)
