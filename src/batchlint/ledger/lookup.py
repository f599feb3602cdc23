"""Looks up in the ledger which batch results files belong to, and whether their failures were sent again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from batchlint.files.atomic import sha256_of
from batchlint.ledger.history import History, SentBatch

if TYPE_CHECKING:
    from batchlint.results.batch_objects import BatchObject


def batches_of_results(history: History, paths: Sequence[str]) -> list[SentBatch]:
    """The batches whose results were saved with the bytes of these files, in their order; others are passed over,
    and so are pipes, which can be read once. Raises OSError.
    """
    if not history.batches:
        return []
    found = (history.of_results(sha256_of(path)) for path in paths if Path(path).is_file())
    return list({batch.id: batch for batch in found if batch is not None}.values())


def sent_again(history: History, batches: Collection[SentBatch]) -> Iterator[SentBatch]:
    """The batches that were sent again from these, and whose own results are not among them."""
    given = {batch.id for batch in batches}
    for batch in batches:
        yield from (each for each in history.retries_of(batch.id) if each.id not in given)


def batch_object(batch: SentBatch) -> BatchObject:
    """The same as a batch object, as far as it is known."""
    from batchlint.results.batch_objects import BatchObject

    counts = batch.fetched.counts if batch.fetched is not None else None
    return BatchObject(batch.id, batch.created_at, "", False, counts or {})
