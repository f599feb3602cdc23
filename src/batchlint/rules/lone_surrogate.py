"""Half of a character: an escape such as `\\ud83d` without its other half.

A character outside the first 65,536, such as an emoji, is written as two escapes. A text that was cut between them
holds half a character, which is no text at all.

The API answers at once, and nothing of the batch runs: `The request body is not valid JSON: no low surrogate in
string: line 1 column 64132`.

Example:

    {"role": "user", "content": "well done \\ud83d"}

Instead:

    {"role": "user", "content": "well done \\ud83d\\ude00"}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("source:lone-surrogate",),
    source="issue threads of 2025 and 2026, for example anthropics/claude-code 60394",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"half of a surrogate pair: {irregularity.detail}",
        help="cut texts at characters, not at UTF-16 units; or write the whole pair",
        api_error="The request body is not valid JSON: no low surrogate in string",
    )
