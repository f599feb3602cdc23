"""Shows a ledger."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final

from batchlint.ledger.entry import Entry
from batchlint.ledger.history import History, SentBatch


def table_lines(history: History, moment: datetime.datetime | None = None) -> Iterator[str]:
    """A line for each batch, and one for each sending of which nobody knows how it ended."""
    moment = moment or datetime.datetime.now(datetime.UTC)
    batches = list(history.batches.values())
    if batches:
        rows = [list(COLUMNS), *([cell(batch, moment) for cell in COLUMNS.values()] for batch in batches)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        for row in rows:
            yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
    for entry in history.open.values():
        yield (
            f"not known whether it was sent: {entry.source} ({entry.requests or 0:,} requests, {entry.at}); "
            "batchlint submit finds out"
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
    return f"not fetched; {days} days left" if days >= 0 else "not fetched; gone"


def _created(batch: SentBatch) -> str:
    return f"{batch.created_at:%Y-%m-%d %H:%M}" if batch.created_at else ""


COLUMNS: Final[dict[str, Callable[[SentBatch, datetime.datetime], str]]] = {
    "batch": lambda batch, moment: batch.id,
    "created (UTC)": lambda batch, moment: _created(batch),
    "attempt": lambda batch, moment: str(batch.attempt),
    "requests": lambda batch, moment: f"{batch.entry.requests:,}" if batch.entry.requests is not None else "",
    "source": lambda batch, moment: batch.entry.source or "",
    "after": lambda batch, moment: batch.entry.parent or "",
    "results": _results,
}
