"""Creates one batch, and tells a refusal from an end that nobody knows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from batchlint.online.batches import BatchState, state_of
from batchlint.online.body import Body
from batchlint.online.client import is_online_error, reason, status_of, was_never_sent
from batchlint.sources import FileChanged

if TYPE_CHECKING:
    from anthropic import Anthropic

PATH: Final = "/v1/messages/batches"
BUSY_SERVER, TIMED_OUT = 529, 408
BUSY: Final = frozenset((429, BUSY_SERVER))
"""Answers that say: not now. No batch was created."""
CLIENT_ERRORS: Final = range(400, 500)
TRIES: Final = 6
LONGEST_WAIT: Final = 120.0
"""Seconds."""


class Refused(Exception):
    """No batch was created; the message says why."""


class Unknown(Exception):
    """Nobody knows whether a batch was created; the message says what happened."""


def create(client: Anthropic, body: Body, say: Callable[[str], None]) -> BatchState:
    """Creates the batch. Raises Refused and Unknown.

    It is repeated only where the API says that it has not begun: a second create would be a second batch, which costs
    as much as the first.
    """
    from anthropic.types.messages import MessageBatch

    for attempt in range(TRIES):
        try:
            return state_of(
                client.post(
                    PATH,
                    cast_to=MessageBatch,
                    content=iter(body),
                    options={"max_retries": 0, "headers": {"Content-Length": str(body.size)}},
                )
            )
        except Exception as error:
            if isinstance(error, FileChanged) or isinstance(error.__cause__, FileChanged):
                raise Refused("the file was changed while it was sent") from None
            if not is_online_error(error):
                raise
            status = status_of(error)
            if status in BUSY and attempt < TRIES - 1:
                seconds = wait_of(error, attempt)
                say(f"{reason(error)}; again in {seconds:.1f} s")
                time.sleep(seconds)
                continue
            refused = (
                status == BUSY_SERVER or was_never_sent(error) or (status in CLIENT_ERRORS and status != TIMED_OUT)
            )
            if refused:
                raise Refused("; ".join(filter(None, (reason(error), advice_for(error))))) from None
            raise Unknown(reason(error)) from None
    raise AssertionError("the last try returns or raises")


def advice_for(error: Exception) -> str:
    """Advice about a refusal whose code is known; empty for any other."""
    from batchlint.facts import outcomes

    known = outcomes().creation.get(getattr(error, "error_code", None) or "")
    return known.advice if known else ""


def wait_of(error: Exception, attempt: int) -> float:
    """Seconds until the next try: what the API asks for, or else half a second, and twice as long each time."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return min(max(float(headers[name]) * unit, 0.0), LONGEST_WAIT)
        except (KeyError, ValueError):
            continue
    return min(2.0**attempt / 2, LONGEST_WAIT)
