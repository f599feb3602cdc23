"""A value that ends before it is complete.

The line or the file ends inside a value, as it does when a program was stopped while it wrote, a disk was full, or a
download was cut.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: ...`.

Example:

    {"custom_id": "a", "params": {"model": "claude-op

Instead: write the file again, whole.
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
    triggers=("source:truncated-json",),
    source="recorded answers of the API; RFC 8259",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"the JSON ends too early, {irregularity.detail}",
        help="it was cut off: write it again, or remove the broken end",
        api_error=not_json(),
    )
