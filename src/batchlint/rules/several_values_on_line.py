"""More than one JSON value on a line of a line-JSON file.

Line-JSON has one value on each line. Programs that read a file line by line stop here, or take only the first value.

What the values say is linted all the same.

Example:

    {"custom_id": "a", "params": {...}}{"custom_id": "b", "params": {...}}

Instead:

    {"custom_id": "a", "params": {...}}
    {"custom_id": "b", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("source:several-values-on-line",),
    source="line-JSON convention; RFC 8259 allows one value a text",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"more than one value on a line: {irregularity.detail}",
        help="write one request on each line, without commas between the lines",
        api_error="The request body is not valid JSON",
    )
