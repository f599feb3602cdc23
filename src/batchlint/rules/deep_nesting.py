"""A value nested deeper than readers of JSON like.

Many readers of JSON stop somewhere between 100 and 1,000 levels. No refusal by the API is known for it, so more than
200 levels are a warning. What is deeper than 500 levels is not judged by batchlint, and that is an error: nothing may
pass for good that nobody has looked at. The rest of such a request is judged as any other.

Example: a list inside a list, 500 times.

Instead: a flatter value, or the deep part as a string.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.flaw import TOO_DEEP
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("source:deep-nesting", "source:unjudged-depth"),
    source="limits of the readers, measured",
    checked="2026-11-23",
)

SHOWN_STEPS = 8
"""Steps of the pointer that are given: two hundred would help nobody."""


def check(irregularity: Irregularity) -> Iterator[Problem]:
    pointer = irregularity.pointer or ()
    yield Problem(
        pointer=pointer[:SHOWN_STEPS],
        message=irregularity.detail,
        severity="error" if irregularity.kind == TOO_DEEP else None,
        help="make the value flatter, or write the deep part as a string",
    )
