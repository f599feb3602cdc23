"""Waits until a batch has ended."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from batchlint.online.batches import BatchState, retrieve
from batchlint.online.client import is_gone, is_online_error, raise_if_not_allowed, reason, status_of
from batchlint.online.download import NotFetched

if TYPE_CHECKING:
    from anthropic import Anthropic

FIRST: Final = 2.0
"""Seconds before the second look; they double up to what was asked for."""
FAILURES: Final = 10
"""Looks in a row that may fail."""


def ended(client: Anthropic, batch_id: str, wait: bool, every: float, show: bool) -> BatchState:
    """The batch, once it has ended; raises NotFetched where it has not and `wait` is not set, or where it is gone.

    `every` is the longest time between two looks in seconds; `show` shows the counts on one line of standard error.
    """
    start, pause, failures = time.monotonic(), min(FIRST, every), 0
    try:
        while True:
            try:
                batch = retrieve(client, batch_id)
                failures = 0
            except Exception as error:
                failures += 1
                _raise_if_final(error, batch_id, failures if wait else FAILURES)
            else:
                if batch.status == "ended":
                    return _with_results(batch)
                if not wait:
                    raise NotFetched(f"{batch_id}: not ended yet ({batch.status}: {batch.told()}); --wait waits for it")
                if show:
                    minutes = (time.monotonic() - start) / 60
                    sys.stderr.write(f"\r\x1b[K{batch_id}: {batch.status}, {batch.told()}, {minutes:.0f} min")
                    sys.stderr.flush()
            time.sleep(pause)
            pause = min(2 * pause, every)
    finally:
        if show:
            sys.stderr.write("\r\x1b[K")


def _with_results(batch: BatchState) -> BatchState:
    if not batch.has_results:
        raise NotFetched(f"{batch.id}: ended ({batch.told()}), and its results are gone: they are kept for 29 days")
    return batch


def _raise_if_final(error: Exception, batch_id: str, failures: int) -> None:
    if not is_online_error(error):
        raise error
    raise_if_not_allowed(error)
    if is_gone(error):
        raise NotFetched(
            f"{batch_id}: no such batch for this key ({reason(error)}); batches belong to the workspace that sent them"
        ) from None
    status = status_of(error)
    refused = status is not None and 400 <= status < 500 and status not in (408, 409, 429)
    if refused or failures >= FAILURES:
        raise NotFetched(f"{batch_id}: {reason(error)}") from None
