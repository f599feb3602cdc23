"""A blank line between the lines of a JSONL file.

JSONL has a value on each line. Some readers pass over a blank line, others stop at it or count it as a request.

Example:

    {"custom_id": "a", "params": {...}}

    {"custom_id": "b", "params": {...}}

Instead:

    {"custom_id": "a", "params": {...}}
    {"custom_id": "b", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Splice, safe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="waste",
    since="0.1.0",
    triggers=("source:blank-line",),
    source="JSONL convention; readers differ",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"{irregularity.detail} between requests, at which some readers stop",
        help="write one request on each line, and no blank lines between them",
        fix=safe(Splice(irregularity.offset, irregularity.end_offset)),
    )
