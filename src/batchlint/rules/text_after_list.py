"""Something after the end of the list or of the body.

A JSON file holds one value. What comes after it makes the whole file unreadable.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: ...`.

Example:

    [{"custom_id": "a", "params": {...}}] [{"custom_id": "b", "params": {...}}]

Instead:

    [{"custom_id": "a", "params": {...}}, {"custom_id": "b", "params": {...}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.not_json import not_json
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("source:text-after-list",),
    source="RFC 8259: one value a text",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"extra content after the end of the requests ({irregularity.detail}): it is ignored",
        help="join the lists into one, or remove what comes after",
        api_error=not_json(),
    )
