"""The results report as one page to look at: what came back in the order of the file, what it cost, what to do."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO

from batchlint.html.bins import PositionCounts
from batchlint.html.charts import Kind, share_bar, stacked
from batchlint.html.page import Section, numbers, page, paragraph
from batchlint.html.table import Cell, Column, number_cell, table, text_cell
from batchlint.reports import Look
from batchlint.reports.closing import dollars_text, how_many
from batchlint.results.closing import next_steps, usage_lines
from batchlint.results.formats.groups_html import articles, colour_of
from batchlint.results.report import ResultsReport, rows_line
from batchlint.results.rows import row_of
from batchlint.results.usage import ModelUsage
from batchlint.sources.decode import decode

LARGEST = 10
"""Answers that are listed as the largest."""


def write(report: ResultsReport, stream: TextIO, look: Look) -> None:
    """Writes the page; `look.max_findings` groups at most, 0: all."""
    account = report.account
    sources = ", ".join(source.path for source in account.requests.sources)
    files = ", ".join(file.source.path for file in account.files)
    title = f"Results of {how_many(len(account.requests), 'request')}"
    for line in page(title, f"{sources}; results: {files}", _sections(report, look)):
        stream.write(line + "\n")


def _sections(report: ResultsReport, look: Look) -> Iterator[Section]:
    yield Section("At a glance", _summary(report))
    yield Section("What came back, in the order of the file", _over_the_file(report))
    if report.groups:
        yield Section("What to do", articles(report.groups, look.max_findings))
    if report.account.usage.by_model:
        yield Section("Tokens and cost", _models(report))
    reasons = _stop_reasons(report)
    if reasons:
        yield Section("How the answers ended", _counted("stop_reason", reasons))
        yield Section("The largest answers", _largest(report))
    if report.attempts:
        yield Section("Attempts", _attempts(report))


def _summary(report: ResultsReport) -> Iterator[str]:
    account = report.account
    counts = account.classes()
    facts = {outcome.of_class.name: outcome.of_class for outcome in account.outcomes}
    again = sum(count for name, count in counts.items() if facts[name].retried)
    fix = sum(count for name, count in counts.items() if facts[name].needs_fix)
    costs = [each.cost for each in account.usage.by_model.values() if each.cost is not None]
    yield from numbers(
        [
            ("requests", f"{len(account.requests):,}"),
            ("answered", f"{counts.get('ok', 0):,}"),
            ("to send again", f"{again:,}"),
            ("to fix", f"{fix:,}"),
            ("cost in US dollars", dollars_text(sum(costs)) if costs else "unknown"),
        ]
    )
    for line in (*usage_lines(account.usage), *next_steps(account), f"{rows_line(account)}."):
        yield paragraph(line.strip())
    for note in report.notes():
        yield paragraph(f"Note: {note}.")


def _over_the_file(report: ResultsReport) -> Iterator[str]:
    account = report.account
    counts = account.classes()
    positions = PositionCounts()
    positions.reach(len(account.requests))
    names = [outcome.of_class.name for outcome in account.outcomes]
    for number in range(len(account.requests)):
        positions.add(number, names[account.outcome_number(number)])
    facts = {outcome.of_class.name: outcome.of_class for outcome in account.outcomes}
    kinds = [Kind(name, colour_of(name), count) for name, count in counts.items()]
    description = "; ".join(f"{kind.count:,} {kind.name} ({facts[kind.name].meaning})" for kind in kinds)
    yield from stacked("classes", "What came back, in the order of the file", description, kinds, list(positions))
    rows = (
        [
            text_cell(kind.name),
            number_cell(kind.count),
            text_cell(facts[kind.name].meaning),
            text_cell(facts[kind.name].advice),
        ]
        for kind in kinds
    )
    columns = [Column("class"), Column("requests", True), Column("meaning"), Column("what to do")]
    yield from table("classes", columns, rows)


def _models(report: ResultsReport) -> Iterator[str]:
    totals = sorted(report.account.usage.by_model.values(), key=lambda each: (-(each.cost or 0), each.model))
    most = max(_tokens(each) for each in totals) or 1
    columns = [
        Column("model"),
        Column("answers", True),
        Column("input tokens", True),
        Column("written to cache", True),
        Column("read from cache", True),
        Column("output tokens", True),
        Column("cost", True),
        Column("tokens"),
    ]
    rows = (
        [
            text_cell(each.model, 100),
            number_cell(each.answers),
            number_cell(each.input_tokens),
            number_cell(each.cache_write_tokens),
            number_cell(each.cache_read_tokens),
            number_cell(each.output_tokens),
            _cost(each),
            Cell(share_bar(f"{_tokens(each):,} tokens", _tokens(each) / most, "note")),
        ]
        for each in totals
    )
    return table("tokens and cost by model, at batch prices", columns, rows)


def _tokens(usage: ModelUsage) -> int:
    return usage.input_tokens + usage.output_tokens


def _cost(usage: ModelUsage) -> Cell:
    return text_cell("no price known") if usage.cost is None else number_cell(usage.cost, dollars_text(usage.cost))


def _stop_reasons(report: ResultsReport) -> Counter[str]:
    """How often each stop_reason came."""
    account = report.account
    numbers_of_outcomes = Counter(account.outcome_number(number) for number in range(len(account.requests)))
    reasons: Counter[str] = Counter()
    for number, count in numbers_of_outcomes.items():
        outcome = account.outcomes[number]
        if outcome.result_type == "succeeded":
            reasons[outcome.reason] += count
    return reasons


def _counted(name: str, counts: Counter[str]) -> Iterator[str]:
    most = max(counts.values())
    rows = (
        [text_cell(each, 100), number_cell(count), Cell(share_bar(f"{count:,} of {name} {each}", count / most, "note"))]
        for each, count in counts.most_common()
    )
    return table(f"answers by {name}", [Column(name), Column("answers", True), Column("share")], rows)


def _largest(report: ResultsReport) -> Iterator[str]:
    """The answers with the most bytes, each with the tokens that it says it took."""
    account = report.account
    sizes = ((place.length, -number) for number in range(len(account.requests)) if (place := account.row_place(number)))
    largest = [(-number, size) for size, number in heapq.nlargest(LARGEST, sizes)]
    ids = account.requests.ids_of([number for number, _ in largest])
    columns = [
        Column("custom_id"),
        Column("source"),
        Column("class"),
        Column("bytes", True),
        Column("output tokens", True),
    ]
    return table(
        "the largest answers", columns, (_answer(report, number, size, ids[number]) for number, size in largest)
    )


def _answer(report: ResultsReport, number: int, size: int, custom_id: str) -> list[Cell]:
    account = report.account
    place = account.requests.place(number)
    tokens = _output_tokens(account.row(number))
    return [
        text_cell(custom_id, 80),
        text_cell(f"{account.requests.sources[place.source].path}:{place.line}"),
        text_cell(account.outcome(number).of_class.name),
        number_cell(size),
        text_cell("") if tokens is None else number_cell(tokens),
    ]


def _output_tokens(raw: bytes) -> int | None:
    row = row_of(decode(raw).value)
    message = row.result.get("message") if row is not None else None
    usage = message.get("usage") if isinstance(message, dict) else None
    tokens = usage.get("output_tokens") if isinstance(usage, dict) else None
    return tokens if tokens.__class__ is int else None


def _attempts(report: ResultsReport) -> Iterable[str]:
    """The batches that the ledger knows, in the order of their attempts, with what came of each."""
    columns = [Column("attempt", True), Column("batch"), Column("created"), Column("results"), Column("succeeded")]
    rows = []
    for batch in report.attempts:
        counts = batch.fetched.counts if batch.fetched is not None and batch.fetched.counts else {}
        total = sum(counts.values())
        share = counts.get("succeeded", 0) / total if total else 0.0
        said = ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "not fetched"
        created = batch.created_at.strftime("%Y-%m-%d %H:%M UTC") if batch.created_at is not None else "unknown"
        rows.append(
            [
                number_cell(batch.attempt),
                text_cell(batch.id, 100),
                text_cell(created),
                text_cell(said),
                Cell(share_bar(f"{share:.0%} succeeded", share, "good")),
            ]
        )
    return table("attempts that the ledger knows", columns, rows)
