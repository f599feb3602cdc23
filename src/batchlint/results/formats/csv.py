"""The account as a table: a line for every id, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TextIO

from batchlint.reports import Look
from batchlint.reports.plain import plain
from batchlint.results.continuation import container_of
from batchlint.results.examples import message_of
from batchlint.results.report import ResultsReport

COLUMNS = ("custom_id", "class", "result", "reason", "message", "source", "line", "index", "results", "container")
FORMULA = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the beginning of a formula."""
PASSED_OVER = frozenset(("Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Zs"))
"""Categories of characters that are not seen, or not by themselves; a spreadsheet may drop them."""
PLAIN = "[A-Za-z0-9][A-Za-z0-9_-]*"
"""Text in which nothing needs a second look."""


def write(report: ResultsReport, stream: TextIO, look: Look) -> None:
    """Writes the table; text that a spreadsheet would run begins with a quote."""
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_rows(report))


def harmless(text: str) -> str:
    """The text on one line, with a quote before what a spreadsheet would run."""
    runs = begins_formula(text)
    text = plain(text)
    return f"'{text}" if runs or begins_formula(text) else text


def begins_formula(text: str) -> bool:
    """Whether the first character that is seen begins a formula; its full-width form does too."""
    from unicodedata import category, normalize

    first = next((character for character in text if category(character) not in PASSED_OVER), "")
    return not FORMULA.isdisjoint(normalize("NFKC", first)[:1])


def _rows(report: ResultsReport) -> Iterator[tuple[str | int, ...]]:
    account = report.account
    is_plain = re.compile(PLAIN).fullmatch
    outcomes = [(each.of_class.name, harmless(each.result_type), harmless(each.reason)) for each in account.outcomes]
    messages = [harmless(each.message) for each in account.outcomes]
    sources = [harmless(source.path) for source in account.requests.sources]
    goes_on = [each.of_class.name == "continue" for each in account.outcomes]
    results = [*(harmless(file.source.path) for file in account.files), ""]
    for number, (custom_id, outcome, place, file) in enumerate(account.lines()):
        message = messages[outcome] and (harmless(message_of(account, number)) or messages[outcome])
        container = container_of(account, number) if goes_on[outcome] else None
        name = custom_id if is_plain(custom_id) else harmless(custom_id)
        where = (sources[place.source], place.line, place.index, results[file])
        yield (name, *outcomes[outcome], message, *where, harmless(container.id) if container is not None else "")
    for custom_id, outcome in account.strangers.items():
        _, *what = outcomes[outcome]
        yield (harmless(custom_id), "unknown", *what, messages[outcome], "", "", "", "", "")
