"""The last lines of a report: how much was found, and what it would cost."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.reports.tally import Tally


def closing_lines(tally: Tally) -> Iterator[str]:
    """How many findings there are, and the blast radius: what would refuse the whole batch, what only its request."""
    requests = how_many(tally.requests, "request")
    rules = how_many(len(tally.rules), "rule")
    yield f"{how_many(tally.errors, 'error')} and {how_many(tally.warnings, 'warning')} of {rules} in {requests}."
    batch, request, waste = (tally.impacts[impact] for impact in ("batch", "request", "waste"))
    if batch:
        yield f"{how_many(batch, 'error')} would refuse the whole batch when it is created: nothing would run."
    if request:
        own = "its own request" if request == 1 else "only their own requests"
        failing = how_many(tally.failing_requests, "request")
        yield f"{how_many(request, 'error')} would fail {own}, hours later; {failing} with errors in all."
    if waste:
        yield f"{how_many(waste, 'error')} would run all the same, against a limit of your own, and cost."
    yield from _about_old_facts(tally)


def _about_old_facts(tally: Tally) -> Iterator[str]:
    """A line where something was found that a newer batchlint might judge otherwise."""
    if tally.judged_for is None:
        return
    from batchlint.facts import models
    from batchlint.facts.knowledge import too_old_for

    if too_old_for(tally.judged_for):
        day = models().checked
        before = f"{(tally.judged_for - day).days:,} days before"
        yield f"What is known of models is of {day}, {before}: a newer batchlint may know better."


def how_many(number: int, noun: str) -> str:
    """A number and what it counts, in the singular for one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def dollars_text(dollars: float) -> str:
    """An amount of money with its cents; less than one is said to be less."""
    return "< $0.01" if 0 < dollars < 0.01 else f"${dollars:,.2f}"
