"""NaN or Infinity where a number should be.

JSON has no NaN and no Infinity. Python's `json.dumps` writes them all the same, for example for an empty cell of a
table, and many readers refuse the text.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: ...`.

Example:

    {"type": "tool_use", "id": "toolu_1", "name": "score", "input": {"value": NaN}}

Instead:

    {"type": "tool_use", "id": "toolu_1", "name": "score", "input": {"value": null}}
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
    triggers=("source:non-finite-number",),
    source="RFC 8259, section 6",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"{irregularity.detail} is not a valid JSON number",
        help="write null, or leave the field out; in Python, json.dumps(..., allow_nan=False) finds it early",
        api_error=not_json(),
    )
