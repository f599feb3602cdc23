"""Entries for batches that were submitted otherwise."""

from __future__ import annotations

from collections import Counter

from batchlint.files.atomic import sha256_of_source
from batchlint.ledger.entry import Entry, now
from batchlint.ledger.history import History
from batchlint.results.opening import open_input
from batchlint.results.rows import lines_of, row_of
from batchlint.sources import Irregularity, Item, open_source, steady


def sent_entry(history: History, batch: str, source: str | None, created_at: str | None, parent: str | None) -> Entry:
    """A batch that was sent, with what its source says. Raises OSError."""
    sha256 = requests = None
    if source is not None:
        with open_source(source) as opened, steady(opened):
            sha256 = sha256_of_source(opened)
            requests = sum(isinstance(item, Item) for item in opened)
    return Entry(
        event="sent",
        at=now(),
        batch=batch,
        source=source,
        sha256=sha256,
        requests=requests,
        attempt=history.next_attempt(parent, sha256 or ""),
        parent=parent,
        created_at=created_at or now(),
        by_hand=True,
    )


def fetched_entry(batch: str, results: str) -> Entry:
    """Results that were saved, counted by type. Raises OSError."""
    counts: Counter[str] = Counter()
    with open_input(results) as source, steady(source):
        for line in lines_of(source):
            row = None if isinstance(line, Irregularity) else row_of(line.value)
            if row is not None:
                counts[str(row.result.get("type"))] += 1
        sha256 = sha256_of_source(source)
    return Entry(
        event="fetched",
        at=now(),
        batch=batch,
        results=results,
        results_sha256=sha256,
        counts=dict(counts),
        by_hand=True,
    )
