"""The attempts that the ledger knows of, for results and retry."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from batchlint.cli import UsageError, tell
from batchlint.cli.log import ledger_of
from batchlint.ledger import History, NotALedger, SentBatch
from batchlint.ledger.lookup import batch_object, batches_of_results, sent_again
from batchlint.results.batch_objects import BatchObject
from batchlint.results.errors import Refusal, reading


class KnownAttempts(NamedTuple):
    """The batches of the results, as the ledger knows them."""

    ledger: str
    batches: list[SentBatch]
    sent_again: list[SentBatch]
    """Batches that were sent again from them, of which no results are given."""

    @property
    def objects(self) -> list[BatchObject]:
        """The same as batch objects."""
        return [batch_object(batch) for batch in self.batches]

    @property
    def next_attempt(self) -> int:
        """The number that sending them again has at least."""
        return 1 + max((batch.attempt for batch in self.batches), default=1)

    def tell(self) -> None:
        """Tells a person which attempts these are."""
        for batch in self.batches:
            after = f" after {batch.entry.parent}" if batch.entry.parent else ""
            tell(f"note: {batch.id}: attempt {batch.attempt}{after}, says {self.ledger}")

    def refuse_second_retry(self) -> None:
        """Raises Refusal where the failures were sent again, and what came of it is not given."""
        if self.sent_again:
            again = ", ".join(f"{batch.id} (attempt {batch.attempt})" for batch in self.sent_again)
            raise Refusal(
                f"these failures were sent again as {again}, says {self.ledger}: they would be paid twice, so nothing "
                "was written\ngive the results of that attempt too, or --force"
            )


def known_attempts(args: argparse.Namespace) -> KnownAttempts:
    """What the ledger says of the results that are given; nothing, where there is no ledger."""
    ledger = ledger_of(args)
    try:
        with reading(str(ledger.path)):
            history = History(ledger.entries())
    except NotALedger as error:
        raise UsageError(error) from None
    batches = []
    for path in args.results:
        with reading(path):
            batches += batches_of_results(history, [path])
    return KnownAttempts(str(ledger.path), batches, list(sent_again(history, batches)))
