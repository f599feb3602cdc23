"""A value that is not JSON.

A comma too many, a missing quote, a comment, single quotes, Python's True and None, a line break inside a string (which
is written `\\n`): one broken request makes the body of the whole batch unreadable, and a program that wraps the lines
into a body stops at this one.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: ...`.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 10,}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 10}}
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
    triggers=("source:invalid-json",),
    source="recorded answers of the API; RFC 8259",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"this is not JSON: {irregularity.detail}",
        help="let a JSON library write the file (in Python: json.dumps), and nothing edit it by hand",
        api_error=not_json(),
    )
