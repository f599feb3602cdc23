"""The history of each batch, put together from the entries of a ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from batchlint.ledger.entry import Entry, moment_of


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch that was sent, and what is known of its results."""

    id: str
    entry: Entry
    """Of its sending."""
    fetched: Entry | None = None
    """The last time that its results were saved."""

    @property
    def attempt(self) -> int:
        """1 for the first attempt."""
        return self.entry.attempt or 1

    @property
    def created_at(self) -> datetime.datetime | None:
        """When the API created it; where that was not noted, when the ledger was told of it."""
        return moment_of(self.entry.created_at) or moment_of(self.entry.at)

    @property
    def available_until(self) -> datetime.datetime | None:
        """When its results go away."""
        if self.created_at is None:
            return None
        from batchlint.facts import limits

        return self.created_at + datetime.timedelta(days=limits().batch.results_days)


class History:
    """The batches of a ledger, and the sendings of which nobody knows how they ended."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.batches: dict[str, SentBatch] = {}
        """By id, in the order in which they were sent."""
        self.open: dict[str, Entry] = {}
        """By sha256 of the source: sendings without an end."""
        for entry in entries:
            self._take(entry)

    def of_source(self, sha256: str) -> list[SentBatch]:
        """The batches that were made of a file with these bytes, oldest first."""
        return [batch for batch in self.batches.values() if batch.entry.sha256 == sha256]

    def of_results(self, sha256: str) -> SentBatch | None:
        """The batch whose results were saved with these bytes."""
        found = (batch for batch in self.batches.values() if batch.fetched and batch.fetched.results_sha256 == sha256)
        return next(found, None)

    def retries_of(self, batch: str) -> list[SentBatch]:
        """The batches that were sent again from this one."""
        return [each for each in self.batches.values() if each.entry.parent == batch]

    def next_attempt(self, parent: str | None, sha256: str) -> int:
        """The number of an attempt that follows a batch, or else those that were made of the same bytes."""
        if parent is not None:
            return self.batches[parent].attempt + 1 if parent in self.batches else 2
        return 1 + max((batch.attempt for batch in self.of_source(sha256)), default=0)

    def _take(self, entry: Entry) -> None:
        if entry.event == "sending" and entry.sha256:
            self.open[entry.sha256] = entry
        elif entry.event == "not-sent" and entry.sha256:
            self.open.pop(entry.sha256, None)
        elif entry.event == "sent" and entry.batch:
            self.open.pop(entry.sha256 or "", None)
            self.batches[entry.batch] = SentBatch(entry.batch, entry)
        elif entry.event == "fetched" and entry.batch:
            batch = self.batches.get(entry.batch) or SentBatch(entry.batch, entry)
            self.batches[entry.batch] = replace(batch, fetched=entry)
