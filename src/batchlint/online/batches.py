"""Batches as the API describes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from batchlint.ledger.entry import Entry, moment_of, timestamp

if TYPE_CHECKING:
    from anthropic import Anthropic
    from anthropic.types.messages import MessageBatch

PAGE = 100
KINDS = ("processing", "succeeded", "errored", "canceled", "expired")


class BatchState(NamedTuple):
    """A batch at one moment."""

    id: str
    status: str
    """"in_progress", "canceling" or "ended"."""
    created_at: datetime.datetime | None
    counts: Mapping[str, int]
    """Requests by what became of them; "processing" while the batch runs."""
    has_results: bool

    @property
    def requests(self) -> int:
        """How many it has in all."""
        return sum(self.counts.values())

    @property
    def created(self) -> str | None:
        """When it was created, as the ledger writes it."""
        return timestamp(self.created_at) if self.created_at else None

    def counts_text(self) -> str:
        """The counts in words."""
        return ", ".join(f"{count:,} {kind}" for kind, count in self.counts.items() if count) or "no requests"


class Newest(NamedTuple):
    """The newest batch there is, and whose batches these are."""

    batch: BatchState | None
    organization: str | None
    workspace: str | None


def state_of(batch: MessageBatch) -> BatchState:
    """The state in an answer of the API."""
    created = batch.created_at
    counts = {kind: getattr(batch.request_counts, kind, None) or 0 for kind in KINDS}
    return BatchState(
        batch.id,
        batch.processing_status,
        created if isinstance(created, datetime.datetime) else moment_of(str(created)),
        counts,
        bool(batch.results_url) and not batch.archived_at,
    )


def retrieve(client: Anthropic, batch: str) -> BatchState:
    """The state of a batch."""
    return state_of(client.messages.batches.retrieve(batch))


def newest(client: Anthropic) -> Newest:
    """What there is before a batch is created; asking also tells whether the key is good."""
    response = client.messages.batches.with_raw_response.list(limit=1)
    batches = response.parse().data
    headers = response.headers
    return Newest(
        state_of(batches[0]) if batches else None,
        headers.get("anthropic-organization-id"),
        headers.get("anthropic-workspace-id"),
    )


def newer_than(client: Anthropic, sending: Entry) -> Iterator[BatchState]:
    """The batches that were created after a sending was noted, by the API's own order and clock."""
    before = moment_of(sending.newest_created_at)
    for batch in client.messages.batches.list(limit=PAGE):
        state = state_of(batch)
        if state.id == sending.newest or (before and state.created_at and state.created_at < before):
            return
        yield state
