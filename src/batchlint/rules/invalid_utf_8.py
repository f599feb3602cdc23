"""Bytes that are not UTF-8.

JSON is UTF-8. Files written as Latin-1, Windows-1252 or UTF-16 look right in an editor and are unreadable to the API;
so are compressed files.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: ...`.

Example: a file written with `open(path, "w", encoding="latin-1")`.

Instead: write it with `encoding="utf-8"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.not_json import not_json
from batchlint.edits import Recode, safe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("source:invalid-utf-8",),
    source="anthropics/claude-code 74416 (2026-07-05); RFC 8259, section 8.1",
    checked="2026-11-23",
    fixes=("safe",),
)

MARKED = ("the file is UTF-16", "the file is UTF-32")
"""What is said of files that begin with the mark of their encoding."""


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"this is not UTF-8: {irregularity.detail}",
        help=_help(irregularity.detail),
        api_error=not_json(),
        fix=safe(Recode()) if irregularity.detail in MARKED else None,
    )


def _help(detail: str) -> str:
    if any(word in detail for word in ("table", "database", "container")):
        return "write its rows as JSONL: a request on each line"
    if "compressed" in detail or "archive" in detail:
        return "unpack it first"
    return "write the file in UTF-8 (in Python: open(path, 'w', encoding='utf-8'))"
