"""The last lines of a report: how much was found, and what it would cost."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.tally import Tally


def closing_lines(tally: Tally) -> Iterator[str]:
    """How many findings there are, and the blast radius: what would refuse the whole batch, what only its request."""
    requests = _counted(tally.requests, "request")
    rules = _counted(len(tally.rules), "rule")
    yield f"{_counted(tally.errors, 'error')} and {_counted(tally.warnings, 'warning')} of {rules} in {requests}."
    batch, request, waste = (tally.impacts[impact] for impact in ("batch", "request", "waste"))
    if batch:
        yield f"{_counted(batch, 'error')} would refuse the whole batch when it is created: nothing would run."
    if request:
        own = "its own request" if request == 1 else "only their own requests"
        failing = _counted(tally.failing_requests, "request")
        yield f"{_counted(request, 'error')} would fail {own}, hours later; {failing} with errors in all."
    if waste:
        yield f"{_counted(waste, 'error')} would run all the same, against a limit of your own, and cost."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
