"""The ledger: an append-only file of what was sent, and what came of it.

    submit, fetch, log --add -> entries, one locked line each -> what is known of each batch -> log, results, retry

Offline, and without any key or prompt in it: ids, names of files, sha256 sums, counts and times.
"""

from batchlint.ledger.entry import Entry
from batchlint.ledger.file import DEFAULT_LEDGER, Ledger, NotALedger
from batchlint.ledger.history import History, SentBatch

__all__ = ["DEFAULT_LEDGER", "Entry", "History", "Ledger", "NotALedger", "SentBatch"]
