"""Submits files as batches, each once, whatever happens in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from batchlint.ledger import Entry, History, Ledger
from batchlint.ledger.entry import now
from batchlint.online.batches import BatchState, newer_than, newest, retrieve
from batchlint.online.client import is_online_error, raise_if_not_allowed, reason, was_never_sent
from batchlint.online.create import Refused, Unknown, create

if TYPE_CHECKING:
    from anthropic import Anthropic

    from batchlint.online.body import Body

LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the list of batches."""


class OutgoingFile(NamedTuple):
    """A file that is to be sent."""

    path: str
    sha256: str
    requests: int
    body: Body
    parent: str | None
    """The batch that it is sent again from."""


class Stopped(Exception):
    """Nothing further is sent; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Submitter:
    """What a submission needs.

    `say` tells a person; `settle` is how many seconds a batch that was created is given to appear in the list.
    """

    client: Anthropic
    ledger: Ledger
    say: Callable[[str], None]
    api_version: str
    betas: list[str]
    settle: float
    again: bool = False
    """Whether what was sent before is sent once more."""

    def submit(self, part: OutgoingFile) -> None:
        """Sends a file unless it was sent before; raises Stopped, and NotReady for a key that is refused."""
        history = History(self.ledger.entries())
        if part.sha256 in history.open:
            self._find_out(history, history.open[part.sha256])
            history = History(self.ledger.entries())
        before = history.of_source(part.sha256)
        if before and not self.again:
            self.say(f"{part.path}: sent already as {before[-1].id}; nothing is sent (--again sends it once more)")
            return
        if before and part.parent is None:
            part = part._replace(parent=before[-1].id)
        sending = self._sending(part, history)
        self.ledger.add(sending)
        try:
            batch = create(self.client, part.body, self.say)
        except Refused as error:
            self.ledger.add(_end(sending, "not-sent", reason=str(error)))
            raise Stopped(f"{part.path}: not sent: {error}") from None
        except Unknown as error:
            self.say(f"{part.path}: {error}; looking whether the batch was created all the same")
            self._find_out(History(self.ledger.entries()), sending)
            raise Stopped(f"{part.path}: not sent: {error}; run the same command again") from None
        self._sent(sending, batch)

    def adopt(self, part: OutgoingFile, batch_id: str) -> None:
        """Notes that a sending of which the end is not known has become this batch."""
        sending = self._open(part)
        try:
            batch = retrieve(self.client, batch_id)
        except Exception as error:
            raise self._stopped(error, f"{batch_id} cannot be looked at") from None
        if batch.requests != part.requests:
            raise Stopped(
                f"{batch_id} has {batch.requests:,} requests, {part.path} has {part.requests:,}: not this one"
            )
        self._sent(sending, batch)

    def disown(self, part: OutgoingFile) -> None:
        """Notes that a sending of which the end is not known has become no batch."""
        self.ledger.add(_end(self._open(part), "not-sent", reason="said by hand", by_hand=True))

    def _open(self, part: OutgoingFile) -> Entry:
        sending = History(self.ledger.entries()).open.get(part.sha256)
        if sending is None:
            raise Stopped(f"{part.path}: the ledger knows of no sending of it whose end is not known")
        return sending

    def _sending(self, part: OutgoingFile, history: History) -> Entry:
        try:
            there = newest(self.client)
        except Exception as error:
            raise self._stopped(error, f"{part.path}: not sent") from None
        return Entry(
            event="sending",
            at=now(),
            source=part.path,
            sha256=part.sha256,
            requests=part.requests,
            body_bytes=part.body.size,
            attempt=history.next_attempt(part.parent, part.sha256),
            parent=part.parent,
            api_version=self.api_version,
            betas=self.betas,
            newest=there.batch.id if there.batch else None,
            newest_created_at=there.batch.created if there.batch else None,
            organization=there.organization,
            workspace=there.workspace,
        )

    def _sent(self, sending: Entry, batch: BatchState) -> None:
        end = _end(sending, "sent", batch=batch.id, created_at=batch.created)
        self.ledger.add(end)
        self.say(f"{sending.source}: sent as {batch.id} ({sending.requests:,} requests, attempt {sending.attempt})")

    def _find_out(self, history: History, sending: Entry) -> None:
        """Looks whether an earlier create has landed. Notes it if surely not; else raises Stopped, and nothing is
        sent.
        """
        self.say(f"{sending.source}: an earlier create of it has no known end; looking at the batches since")
        until = time.monotonic() + self.settle
        while True:
            try:
                found = [
                    batch
                    for batch in newer_than(self.client, sending)
                    if batch.id not in history.batches and batch.requests == sending.requests
                ]
            except Exception as error:
                raise self._stopped(error, f"{sending.source}: not known whether it was sent") from None
            if found:
                named = ", ".join(f"{batch.id} (created {batch.created})" for batch in found)
                raise Stopped(
                    f"{sending.source}: nothing is sent, since it may be sent already: {named} has as many requests\n"
                    f"If that is it: batchlint submit --landed {found[0].id} {sending.source}\n"
                    f"If not: batchlint submit --not-landed {sending.source}"
                )
            left = until - time.monotonic()
            if left <= 0:
                break
            time.sleep(min(left, LOOK_EVERY))
        self.ledger.add(_end(sending, "not-sent", reason="not among the batches"))
        self.say(f"{sending.source}: no batch of {sending.requests:,} requests was created since: it was not sent")

    def _stopped(self, error: Exception, what: str) -> Exception:
        """The exception to raise for one of the SDK; raises NotReady itself, and what is no error of the SDK."""
        if not is_online_error(error):
            raise error
        raise_if_not_allowed(error)
        hint = "; is the API's address right?" if was_never_sent(error) else ""
        return Stopped(f"{what}: {reason(error)}{hint}")


def _end(sending: Entry, event: str, **known: object) -> Entry:
    """The entry that ends a sending, with what is known of it."""
    import dataclasses

    return dataclasses.replace(sending, event=event, at=now(), newest=None, newest_created_at=None, **known)  # type: ignore[arg-type]
