"""Where rows of results are, and what became of them, in a few numbers."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.results.versions import RequestPlace


class RowPlace(NamedTuple):
    """Where a result is: `results` counts the results files."""

    results: int
    offset: int
    length: int


NO_ROW = RowPlace(-1, 0, 0)


class Attempt(NamedTuple):
    """A row, and the number of its outcome."""

    row: RowPlace
    outcome: int


class RowCounts(NamedTuple):
    """The outcome of the rows of results: `read` is the sum of the others."""

    read: int
    counted: int
    superseded: int
    """Another row of the same request counts."""
    not_in_source: int


class Line(NamedTuple):
    """A request and what became of it, for a report that has a line for each."""

    custom_id: str
    outcome: int
    """The number of the outcome that counts."""
    place: RequestPlace
    results: int
    """The number of the results file that has the row that counts; negative where there is none."""
