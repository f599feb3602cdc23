"""More than one JSON value on a line of a line-JSON file, or a comma behind one.

Line-JSON has one value on each line, and nothing else. Programs that read a file line by line stop here, or take only
the first value. Commas at the ends of the lines are what is left of a list without its brackets.

What the values say is linted all the same.

Example:

    {"custom_id": "a", "params": {...}}{"custom_id": "b", "params": {...}}

Instead:

    {"custom_id": "a", "params": {...}}
    {"custom_id": "b", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import OneValueALine, safe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("source:several-values-on-line",),
    source="line-JSON convention; RFC 8259 allows one value a text",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"a line of line-JSON holds more than one value: {irregularity.detail}",
        help="write each request on a line of its own, without commas between them",
        fix=safe(OneValueALine()),
    )
