"""One JSON document, described by `schemas/results-report.schema.json`; the ids are written one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from batchlint import __version__
from batchlint.finding import pointer_text
from batchlint.reports import Look
from batchlint.reports.dumped import dumped, quoted
from batchlint.results.continuation import container_of
from batchlint.results.examples import Example
from batchlint.results.groups import ResultGroup
from batchlint.results.report import ResultsReport


def write(report: ResultsReport, stream: TextIO, look: Look) -> None:
    """Writes the document: ASCII only, since text from a file can hold what no encoding takes."""
    account = report.account
    head = {
        "batchlint": __version__,
        "sources": [
            {"path": source.path, "container": source.container, "requests": count}
            for source, count in zip(account.requests.sources, account.requests.counts, strict=True)
        ],
        "results": [
            {
                "path": file.source.path,
                "rows": rows.read,
                "counted": rows.counted,
                "superseded": rows.superseded,
                "not_in_source": rows.not_in_source,
                "unreadable": file.unreadable,
                "cut_off": file.is_cut_off,
            }
            for file, rows in zip(account.files, account.row_counts(), strict=True)
        ],
        "summary": _summary(report),
        "groups": [_group(group) for group in report.groups],
    }
    stream.write(dumped(head)[:-1] + ',\n "requests": [')
    separator = "\n  "
    for request in _requests(report):
        stream.write(separator + request)
        separator = ",\n  "
    stream.write("]}\n")


def _summary(report: ResultsReport) -> dict[str, Any]:
    account = report.account
    return {
        "requests": len(account.requests),
        "classes": account.classes(),
        "rows": account.all_rows()._asdict(),
        "not_in_source": list(account.strangers),
        "answered_twice": account.answered_twice,
        "usage": [
            {
                "model": total.model,
                "answers": total.answers,
                "input_tokens": total.input_tokens,
                "cache_write_tokens": total.cache_write_tokens,
                "cache_read_tokens": total.cache_read_tokens,
                "output_tokens": total.output_tokens,
                "server_tool_uses": total.server_tool_uses,
                "dollars": None if total.cost is None else round(total.cost, 6),
            }
            for total in account.usage.by_model.values()
        ],
        "batches": [
            {
                "id": batch.id,
                "available_until": None if batch.available_until is None else str(batch.available_until),
                "days_left": batch.days_left(report.today),
            }
            for batch in report.batches
        ],
        "notes": list(report.notes()),
    }


def _group(group: ResultGroup) -> dict[str, Any]:
    outcome = group.outcome
    return {
        "class": outcome.of_class.name,
        "result": outcome.result_type or None,
        "reason": outcome.reason or None,
        "message": outcome.message or None,
        "advice": outcome.of_class.advice,
        "count": group.count,
        "examples": [_example(example) for example in group.examples],
    }


def _example(example: Example) -> dict[str, Any]:
    caught = example.caught
    return {
        "custom_id": example.custom_id,
        "index": example.index,
        "path": example.path,
        "line": example.line,
        "column": example.column,
        "pointer": None if example.pointer is None else pointer_text(example.pointer),
        "message": example.message or None,
        "advice": example.advice,
        "rule": None
        if caught is None
        else {"name": caught.rule, "severity": caught.severity, "message": caught.message, "help": caught.help},
    }


def _requests(report: ResultsReport) -> Iterator[str]:
    """A line for every request; what many have in common is encoded once."""
    account = report.account
    outcomes = [
        f'"class": "{each.of_class.name}", "reason": {dumped(each.reason or None)}' for each in account.outcomes
    ]
    sources = [dumped(source.path) for source in account.requests.sources]
    results = [*(dumped(file.source.path) for file in account.files), "null"]
    goes_on = [each.of_class.name == "continue" for each in account.outcomes]
    for number, (custom_id, outcome, place, file) in enumerate(account.lines()):
        container = container_of(account, number) if goes_on[outcome] else None
        yield (
            f'{{"custom_id": {quoted(custom_id)}, {outcomes[outcome]}, "path": {sources[place.source]}, '
            f'"line": {place.line}, "index": {place.index}, "results": {results[file]}'
            + (f', "container": {quoted(container.id)}}}' if container is not None else "}")
        )
