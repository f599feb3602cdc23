"""The last lines of a report: how much was found, and what it would cost."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.tally import Tally


def closing_lines(tally: Tally) -> Iterator[str]:
    """How many findings there are, and the blast radius: what would refuse the whole batch, what only its request."""
    requests = _counted(tally.requests, "request")
    rules = _counted(len(tally.rules), "rule")
    yield f"{_counted(tally.errors, 'error')} and {_counted(tally.warnings, 'warning')} of {rules} in {requests}."
    batch, request = tally.impacts["batch"], tally.errors - tally.impacts["batch"]
    if batch:
        yield f"{_counted(batch, 'error')} would refuse the whole batch when it is created: nothing would run."
    if request:
        failing = _counted(tally.failing_requests, "request")
        yield f"{_counted(request, 'error')} would fail only their own request, hours later: {failing} with errors."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
