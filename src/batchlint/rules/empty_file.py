"""A file without a request.

There is nothing in the file but blanks, or nothing at all.

The API answers at once: `requests: List should have at least 1 item after validation, not 0`.

Example: a file of 0 bytes.

Instead: a file with at least one request.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("source:empty-file",),
    source="live capture 2026-09-02",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"the file has no requests: {irregularity.detail}",
        help="see why the program that writes it wrote nothing",
        api_error=errors().text("too_few_items", path="requests", limit=1, found=0),
    )
