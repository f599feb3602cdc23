"""Objects over several lines, one after the other.

JSONL has each value on one line. Objects that were written with an indent, one after the other, are neither
JSONL nor a list. It is a warning, because `jq -s` reads them, as does whoever reads a file value by value; programs
that read it line by line stop at the first line.

What the values say is linted all the same.

Example:

    {
      "custom_id": "a"
    }
    {
      "custom_id": "b"
    }

Instead:

    {"custom_id": "a"}
    {"custom_id": "b"}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import OneValueALine, safe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="batch",
    since="0.1.0",
    triggers=("source:pretty-printed-values",),
    source="JSONL convention; tried with jq and Python, 2026-11-28",
    checked="2026-11-28",
    fixes=("safe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"objects over several lines, one after the other: {irregularity.detail}; jq -s reads that, programs "
        "that go line by line do not",
        help="write each request on one line (jq -c . FILE), or all of them as one list (jq -s . FILE)",
        fix=safe(OneValueALine()),
    )
