"""Bytes that are not UTF-8.

JSON is UTF-8. Files written as Latin-1, Windows-1252 or UTF-16 look right in an editor and are unreadable to the API.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: ...`.

Example: a file written with `open(path, "w", encoding="latin-1")`.

Instead: write it with `encoding="utf-8"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("source:invalid-utf-8",),
    source="anthropics/claude-code 74416 (2026-07-05); RFC 8259, section 8.1",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"not UTF-8: {irregularity.detail}",
        help="write the file with encoding utf-8",
        api_error="The request body is not valid JSON",
    )
