"""More than one JSON value on a line of a JSONL file, or a comma after one.

JSONL has one value on each line, and nothing else. Values one after the other are a warning: `jq -s` reads them,
and so does whoever reads a file value by value; programs that read it line by line stop here, or take only the first
value. Commas at the ends of the lines, which are left of a list without its brackets, are an error: no program reads
those.

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
from batchlint.sources.concatenated import COMMA_AFTER
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="batch",
    since="0.1.0",
    triggers=("source:several-values-on-line",),
    source="JSONL convention; RFC 8259 allows one value a text; tried with jq and Python, 2026-11-28",
    checked="2026-11-28",
    fixes=("safe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    commas = irregularity.detail.startswith(COMMA_AFTER)
    readers = "no program reads that" if commas else "jq -s reads that, programs that go line by line do not"
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"a line of JSONL holds more than one value: {irregularity.detail}; {readers}",
        help="write each request on a line of its own, without commas between them",
        severity="error" if commas else None,
        fix=safe(OneValueALine()),
    )
