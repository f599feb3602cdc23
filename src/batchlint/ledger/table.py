"""Shows a ledger."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final

from batchlint.ledger.entry import Entry
from batchlint.ledger.history import History, SentBatch
from batchlint.reports.closing import how_many
from batchlint.reports.plain import plain
from batchlint.terminal.paint import Paint
from batchlint.terminal.table import TextColumn, laid_out
from batchlint.terminal.wrap import wrapped


def table_lines(
    history: History, paint: Paint, moment: datetime.datetime | None = None, *, wide: bool = False
) -> Iterator[str]:
    """A line for each batch, and one for each sending of which nobody knows how it ended."""
    moment = moment or datetime.datetime.now(datetime.UTC)
    batches = list(history.batches.values())
    if batches:
        rows = [[plain(cell(batch, moment)) for cell in CELLS.values()] for batch in batches]
        table = laid_out(list(CELLS), rows, paint, wide=wide)
        yield from table.lines
        if table.left_out:
            yield from wrapped(f"(no room for: {', '.join(table.left_out)}; --wide shows all)", paint.screen)
    for entry in history.open.values():
        yield from wrapped(
            plain(
                f"not known whether it was sent: {entry.source} ({how_many(entry.requests or 0, 'request')}, "
                f"{entry.at}); batchlint submit finds out"
            ),
            paint.screen,
            indent="  ",
        )


def objects(history: History) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "batches": [_object(batch) for batch in history.batches.values()],
        "open": [_known(entry) for entry in history.open.values()],
    }


def _object(batch: SentBatch) -> dict[str, Any]:
    until = batch.available_until
    return {
        **_known(batch.entry),
        "attempt": batch.attempt,
        "available_until": until.isoformat() if until else None,
        "fetched": _known(batch.fetched) if batch.fetched else None,
    }


def _known(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(entry).items() if value is not None}


def _results(batch: SentBatch, moment: datetime.datetime) -> str:
    if batch.fetched is not None:
        counts = ", ".join(f"{count:,} {name}" for name, count in (batch.fetched.counts or {}).items() if count)
        return f"{batch.fetched.results or 'saved'} ({counts})" if counts else batch.fetched.results or "saved"
    until = batch.available_until
    if until is None:
        return ""
    days = (until - moment).days
    return f"not fetched; {how_many(days, 'day')} left" if days >= 0 else "not fetched; gone"


def _created(batch: SentBatch) -> str:
    return f"{batch.created_at:%Y-%m-%d %H:%M}" if batch.created_at else ""


CELLS: Final[dict[TextColumn, Callable[[SentBatch, datetime.datetime], str]]] = {
    TextColumn("batch", least=12): lambda batch, moment: batch.id,
    TextColumn("created (UTC)", rank=3): lambda batch, moment: _created(batch),
    TextColumn("attempt", right=True, rank=2): lambda batch, moment: str(batch.attempt),
    TextColumn("requests", right=True, rank=1): (
        lambda batch, moment: f"{batch.entry.requests:,}" if batch.entry.requests is not None else ""
    ),
    TextColumn("source", least=16): lambda batch, moment: batch.entry.source or "",
    TextColumn("after", rank=4): lambda batch, moment: batch.entry.parent or "",
    TextColumn("results", least=26): _results,
}
