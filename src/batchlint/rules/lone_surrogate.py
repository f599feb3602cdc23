"""Half of a character: an escape such as `\\ud83d` without its other half.

A character outside the first 65,536, such as an emoji, is written as two escapes. A text that was cut between them
holds half a character, which is no text at all.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: no low surrogate in
string: line 1 column 64132 (char 64131)`.

Example:

    {"role": "user", "content": "well done \\ud83d"}

Instead:

    {"role": "user", "content": "well done \\ud83d\\ude00"}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.not_json import not_json
from batchlint.edits import ReplaceSurrogates, unsafe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("source:lone-surrogate",),
    source="issue threads of 2025 and 2026, for example anthropics/claude-code 60394 and 9586",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    is_first_half = irregularity.detail[2:4].lower() in ("d8", "d9", "da", "db")
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"half of a character, its other half is missing: {irregularity.detail}",
        help="cut texts between characters; in Python: text.encode('utf-8', 'replace').decode() puts a ? in its place",
        api_error=not_json("no_low_surrogate" if is_first_half else "invalid_high_surrogate"),
        fix=unsafe(ReplaceSurrogates(irregularity.offset)),
    )
