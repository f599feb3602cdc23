"""A value nested deeper than readers of JSON like.

The reader of batchlint stops at 200 levels, and takes a slower one for such a request. No refusal by the API is known
for it; other readers have limits of their own.

Example: a list inside a list, 500 times.

Instead: a flatter value, or the deep part as a string.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    wakes_on=("source:deep-nesting",),
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
        help="make the value flatter, or write the deep part as a string",
    )
