"""Objects over several lines, one after the other.

Line-JSON has each value on one line. Objects that were written with an indent, one after the other, are neither
line-JSON nor a list: programs that read the file line by line stop at the first line.

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
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("source:pretty-printed-values",),
    source="line-JSON convention",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"objects over several lines, one after the other: {irregularity.detail}",
        help="write each request on one line (jq -c . FILE), or all of them as one list (jq -s . FILE)",
        fix=safe(OneValueALine()),
    )
