"""The statistics for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.batch import Batch
from batchlint.reports.closing import dollars_text, how_many
from batchlint.reports.plain import plain
from batchlint.stats.collect import Collected, OfModel
from batchlint.stats.histogram import bars
from batchlint.stats.prefix import NAMED
from batchlint.terminal.paint import Paint
from batchlint.terminal.table import TextColumn, laid_out
from batchlint.terminal.wrap import wrapped

LONGEST_BAR = 60
"""Columns of the longest bar at most."""
LEAST_BAR = 10
EIGHTHS = " ▏▎▍▌▋▊▉█"
FILES_NAMED = 10
"""Files that are named one by one."""
COLUMNS = (
    TextColumn("model", least=30),
    TextColumn("requests", right=True),
    TextColumn("tokens", right=True),
    TextColumn("median", right=True, rank=1),
    TextColumn("p95", right=True, rank=3),
    TextColumn("max", right=True, rank=2),
    TextColumn("input cost", right=True),
    TextColumn("output at most", right=True),
)


def text_lines(
    collected: Collected, files: list[Batch], limit: int, paint: Paint, *, wide: bool = False
) -> Iterator[str]:
    """The lines of the report; `limit` is the tokens that a request may have, 0 for no limit."""
    for text in _about_files(collected, files):
        yield from wrapped(text, paint.screen, indent="  ")
    if not collected.requests:
        return
    yield ""
    yield from _models(collected, paint, wide)
    yield ""
    yield from _histogram(collected, limit, paint)
    yield ""
    yield from _largest(collected, files, paint)
    if collected.images or collected.pages:
        yield ""
        yield f"{how_many(collected.images, 'image')}, {how_many(collected.pages, 'page')} of PDFs"
    yield from _prefixes(collected, paint)


def _about_files(collected: Collected, files: list[Batch]) -> Iterator[str]:
    for batch in files[:FILES_NAMED]:
        yield (
            f"{plain(batch.path)}: {how_many(batch.requests, 'request')}, {_size(batch.sent_bytes)} as it will be sent"
        )
    if len(files) > FILES_NAMED:
        more = files[FILES_NAMED:]
        requests = how_many(sum(batch.requests for batch in more), "request")
        yield f"... {how_many(len(more), 'more file')}: {requests} (--format json names all)"
    if collected.unreadable:
        verb = "is" if collected.unreadable == 1 else "are"
        yield f"{how_many(collected.unreadable, 'item')} {verb} no request that can be read, and left out"


def _models(collected: Collected, paint: Paint, wide: bool) -> Iterator[str]:
    rows = [_row(name or "(none)", model) for name, model in sorted(collected.models.items())]
    table = laid_out(COLUMNS, rows, paint, wide=wide)
    yield from table.lines
    for text in (*_left_out(table.left_out), *_about_models(collected)):
        yield from wrapped(text, paint.screen)


def _left_out(names: list[str]) -> Iterator[str]:
    if names:
        yield f"(no room for: {', '.join(names)}; --wide shows all)"


def _about_models(collected: Collected) -> Iterator[str]:
    models = collected.models.values()
    total = sum(sum(model.tokens) for model in models)
    low, high = sum(model.low for model in models), sum(model.high for model in models)
    yield f"tokens are estimated: {total:,} in all, each request within its own interval (together {low:,} to {high:,})"
    if collected.from_characters:
        yield "this installation has no token ranks: the estimates are made from characters alone, and wider"
    if any(model.at_least for model in models):
        yield "some requests refer to what is not in the file (URLs, file ids, server tools); they cost more"
    if any(model.cost for model in models):
        yield "costs are at batch prices in US dollars, without caching; output is a ceiling: every max_tokens used up"


def _row(name: str, model: OfModel) -> list[str]:
    money = [dollars_text(model.cost.input), dollars_text(model.cost.output_ceiling)] if model.cost else ["", ""]
    numbers = [len(model.tokens), sum(model.tokens), model.quantile(0.5), model.quantile(0.95), max(model.tokens)]
    return [plain(name[:60]), *(f"{number:,}" for number in numbers), *money]


def _histogram(collected: Collected, limit: int, paint: Paint) -> Iterator[str]:
    tokens = [each for model in collected.models.values() for each in model.tokens]
    shown = bars(tokens, limit)
    over = sum(each > limit for each in tokens) if limit else 0
    about = "" if not limit else f", {over:,} over the limit of {limit:,}" if over else f", none over {limit:,}"
    yield f"{paint.painted('tokens a request', 'bold')}{about}"
    ends = max(len(f"{bar.end:,}") for bar in shown)
    counts = max(len(f"{bar.requests:,}") for bar in shown)
    room = max(min(paint.screen.prose - ends - counts - 13, LONGEST_BAR), LEAST_BAR)
    most = max(bar.requests for bar in shown)
    for place, bar in enumerate(shown):
        if bar.over_limit and (place == 0 or not shown[place - 1].over_limit):
            yield paint.painted(paint.screen.shown(f"  limit {limit:>{ends},}  {'─' * room}"), "error")
        drawn = paint.screen.shown(_drawn(bar.requests / most, room, bool(bar.requests)))
        line = f"{paint.painted(drawn, 'error' if bar.over_limit else 'note')}{' ' * (room - len(drawn))}"
        yield f"  up to {bar.end:>{ends},}  {line}  {bar.requests:>{counts},}"


def _drawn(share: float, room: int, any_at_all: bool) -> str:
    """A bar of eighths of a column; what is there is seen."""
    eighths = max(round(share * room * 8), int(any_at_all))
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def _largest(collected: Collected, files: list[Batch], paint: Paint) -> Iterator[str]:
    totals = {batch.path: batch.requests for batch in files}
    yield paint.painted("largest requests", "bold")
    for request in collected.largest:
        named = f', "{plain(request.custom_id[:64])}"' if request.custom_id else ""
        more = "at least " if request.estimate.at_least else ""
        estimate = request.estimate
        first = f"  {more}{estimate.tokens:,} tokens ({estimate.low:,} to {estimate.high:,})  "
        place = f"{plain(request.path)}:{request.line}"
        number = f"request {request.number + 1:,} of {totals[request.path]:,}"
        yield from wrapped(f"{place} ({number}{named})", paint.screen, first, "      ")


def _prefixes(collected: Collected, paint: Paint) -> Iterator[str]:
    shared = collected.prefixes.shared()
    if not shared:
        return
    yield ""
    title = "tools and system prompts that requests share (a cache could hold them)"
    for line in wrapped(title, paint.screen):
        yield paint.painted(line, "bold")
    total = sum(sum(model.tokens) for model in collected.models.values())
    for prefix in shared[:NAMED]:
        part = prefix.requests * prefix.tokens / total
        how = "cache_control is there" if prefix.cached else "without cache_control"
        share = f"{part:.0%}" if part >= 0.01 else "< 1%"
        text = f"{prefix.tokens:,} tokens in {how_many(prefix.requests, 'request')}, {share} of all tokens, {how}"
        yield from wrapped(text, paint.screen, "  ", "      ")
    if len(shared) > NAMED:
        yield f"  ... and {len(shared) - NAMED:,} more"


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 100_000 else f"{number:,} bytes"
