"""Waits until a batch has ended."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from batchlint.online.batches import BatchState, retrieve
from batchlint.online.client import is_gone, is_online_error, raise_if_not_allowed, reason, status_of
from batchlint.online.create import CLIENT_ERRORS
from batchlint.online.download import NotFetched

if TYPE_CHECKING:
    from anthropic import Anthropic

FIRST: Final = 2.0
"""Seconds before the second look; they double up to what was asked for."""
FAILURES: Final = 10
"""Looks in a row that may fail."""
NOT_FOUND_YET: Final = 4
"""Looks in a row that may not find a batch that was sent."""
PASSING: Final = frozenset((404, 408, 409, 429))
"""Answers that may be others at the next look."""


def ended(client: Anthropic, batch_id: str, wait: bool, every: float, show: bool, sent: bool) -> BatchState:
    """The batch, once it has ended; raises NotFetched where it has not and `wait` is not set, or where it is gone.

    `every` is the longest time between two looks in seconds; `show` shows the counts on one line of standard error.
    `sent` says that the ledger knows the batch: a 404 may then only mean that the API has not caught up with it.
    """
    start, pause, failures = time.monotonic(), min(FIRST, every), 0
    try:
        while True:
            try:
                batch = retrieve(client, batch_id)
                failures = 0
            except Exception as error:
                failures += 1
                allowed = (NOT_FOUND_YET if sent else 1) if is_gone(error) else FAILURES
                _raise_if_final(error, batch_id, is_last=not wait or failures >= allowed)
            else:
                if batch.status == "ended":
                    return _with_results(batch)
                if not wait:
                    raise NotFetched(
                        f"{batch_id}: not ended yet ({batch.status}: {batch.counts_text()}); --wait waits for it"
                    )
                if show:
                    minutes = (time.monotonic() - start) / 60
                    sys.stderr.write(f"\r\x1b[K{batch_id}: {batch.status}, {batch.counts_text()}, {minutes:.0f} min")
                    sys.stderr.flush()
            time.sleep(pause)
            pause = min(2 * pause, every)
    finally:
        if show:
            sys.stderr.write("\r\x1b[K")


def _with_results(batch: BatchState) -> BatchState:
    if not batch.has_results:
        raise NotFetched(
            f"{batch.id}: ended ({batch.counts_text()}), and its results are gone: they are kept for 29 days"
        )
    return batch


def _raise_if_final(error: Exception, batch_id: str, is_last: bool) -> None:
    """Raises NotFetched for the last failure that is put up with, and for what another look does not mend."""
    if not is_online_error(error):
        raise error
    raise_if_not_allowed(error)
    status = status_of(error)
    if is_gone(error) and is_last:
        raise NotFetched(
            f"{batch_id}: no such batch for this key ({reason(error)}); batches belong to the workspace that sent them"
        ) from None
    if is_last or (status in CLIENT_ERRORS and status not in PASSING):
        raise NotFetched(f"{batch_id}: {reason(error)}") from None
