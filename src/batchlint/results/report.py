"""The results report: what became of every request, as data; the formats say it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from batchlint.reports.closing import how_many
from batchlint.results.account import Account
from batchlint.results.batch_objects import BatchObject
from batchlint.results.groups import ResultGroup
from batchlint.results.results_file import ResultsFile

if TYPE_CHECKING:
    from batchlint.ledger import SentBatch

SHOWN_IDS = 5
"""Ids that a note names."""


@dataclass(frozen=True, slots=True)
class ResultsReport:
    """The outcome of a batch."""

    account: Account
    groups: Sequence[ResultGroup]
    batches: Sequence[BatchObject]
    today: datetime.date
    attempts: Sequence[SentBatch] = ()
    """The batches of the results, where the ledger knows them."""

    @property
    def all_ok(self) -> bool:
        """Whether every request was answered whole, and nothing is odd."""
        return (
            set(self.account.classes()) <= {"ok"}
            and not self.account.strangers
            and not any(file.unreadable or file.is_cut_off for file in self.account.files)
        )

    @property
    def one_cause(self) -> ResultGroup | None:
        """The one group that all requests are in, where there are several requests."""
        if len(self.groups) == 1 and 1 < len(self.account.requests) == self.groups[0].count:
            return self.groups[0]
        return None

    def notes(self) -> Iterator[str]:
        """What else is to be said, a sentence each: what is odd about the files, and what does not add up."""
        account = self.account
        for file in account.files:
            yield from _notes_on(file)
        yield from _notes_on_sources(account)
        if account.strangers:
            some = ", ".join(repr(each[:64]) for each in list(account.strangers)[:SHOWN_IDS])
            more = ", ..." if len(account.strangers) > SHOWN_IDS else ""
            yield (
                f"{how_many(len(account.strangers), 'id')} of the results in no source: {some}{more}; "
                "name every file that was sent"
            )
        if account.answered_twice:
            yield (
                f"{how_many(account.answered_twice, 'request')} succeeded more than once, and each answer was billed: "
                "the better one counts"
            )
        if account.flat_errors:
            yield (
                f"{how_many(account.flat_errors, 'error')} not in the API's shape (result.error.error.message), "
                "but flat, as other programs save them"
            )
        for batch in self.batches:
            yield from _notes_on_batch(batch, self.today)
        yield from self._counts_that_differ()

    def _counts_that_differ(self) -> Iterator[str]:
        """Where the batches' own counts, all together, are not those of the results."""
        if not self.batches or len(self.batches) != len(self.account.files):
            return
        said = sum(batch.results for batch in self.batches)
        there = sum(file.rows for file in self.account.files)
        if said and said != there:
            yield f"the API counted {said:,} results, the files hold {there:,}: download them again"


def rows_line(account: Account) -> str:
    """The outcome of every row of the results: one line, whose numbers add up."""
    rows = account.all_rows()
    parts = [f"{rows.counted:,} {'counts' if rows.counted == 1 else 'count'}"]
    if rows.superseded:
        verb = "gives" if rows.superseded == 1 else "give"
        parts.append(f"{rows.superseded:,} {verb} way to another row of the same request")
    if rows.not_in_source:
        parts.append(f"{rows.not_in_source:,} {'belongs' if rows.not_in_source == 1 else 'belong'} to no source")
    return f"{how_many(rows.read, 'row')} of results: {', '.join(parts)}"


def _notes_on(file: ResultsFile) -> Iterator[str]:
    path = file.source.path
    if file.is_cut_off:
        yield f"{path} is cut off: download it again before you send what is missing"
    elif file.unreadable:
        why = f": {file.first_wrong}" if file.first_wrong else ""
        count = how_many(file.unreadable, "line")
        yield f"{path}:{file.first_unreadable}: {count} without a result, the first is here{why}"
    if not file.rows:
        yield f"{path} holds no results"
    if file.repeated:
        yield f"{path}: {how_many(file.repeated, 'id')} more than once in the same file"


def _notes_on_sources(account: Account) -> Iterator[str]:
    requests = account.requests
    if requests.first_without_id is not None:
        path, line = requests.first_without_id
        count = how_many(requests.without_id, "request")
        yield f"{path}:{line}: {count} without a custom_id, which no result can belong to; the first is here"
    for number, source in enumerate(requests.sources):
        if requests.replaced[number]:
            yield (
                f"{source.path}: {how_many(requests.replaced[number], 'request')} in place of those with the same id "
                "in an earlier source"
            )


def _notes_on_batch(batch: BatchObject, today: datetime.date) -> Iterator[str]:
    if batch.processing_status and batch.processing_status != "ended":
        yield f"{batch.id}: the batch has not ended ({batch.processing_status}): these are not all results"
    left = batch.days_left(today)
    if left is not None:
        until = f"until {batch.available_until}"
        if left < 0 or batch.is_archived:
            yield f"{batch.id}: the results could be downloaded {until}; keep your copy"
        else:
            yield f"{batch.id}: the results can be downloaded {until} ({how_many(left, 'day')} left)"
