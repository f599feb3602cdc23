"""The account as a table: a line for every id, for spreadsheets and scripts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from batchlint.plain import plain
from batchlint.reports import Look
from batchlint.results.examples import message_of
from batchlint.results.report import Report

COLUMNS = ("custom_id", "class", "result", "reason", "message", "source", "line", "index", "results")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write(report: Report, stream: TextIO, look: Look) -> None:  # noqa: ARG001
    """Writes the table; text that a spreadsheet would run begins with a quote."""
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in _rows(report):
        table.writerow([cell if isinstance(cell, int) else harmless(cell) for cell in row])


def harmless(text: str) -> str:
    """The text on one line, with a quote before what a spreadsheet would run."""
    text = plain(text)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def _rows(report: Report) -> Iterator[tuple[str | int, ...]]:
    account = report.account
    for number, custom_id in enumerate(account.requests.ids()):
        outcome, place, row = account.outcome(number), account.requests.place(number), account.row_place(number)
        yield (
            custom_id,
            outcome.of_class.name,
            outcome.result_type,
            outcome.reason,
            message_of(account, number),
            account.requests.sources[place.source].path,
            place.line,
            place.index,
            "" if row is None else account.files[row.results].source.path,
        )
    for custom_id, outcome_number in account.strangers.items():
        outcome = account.outcomes[outcome_number]
        yield (custom_id, "unknown", outcome.result_type, outcome.reason, outcome.message, "", "", "", "")
