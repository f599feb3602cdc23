"""A stop sequence without a visible character.

A stop sequence must contain something other than whitespace: an empty one, a space or a line break is refused. Code
for other APIs often stops at `"\\n\\n"`.

The API then answers, for that request only and hours later: `stop_sequences: each stop sequence must contain
non-whitespace`.

Example:

    {"stop_sequences": ["\\n\\nHuman:", "\\n\\n"], ...}

Instead:

    {"stop_sequences": ["\\n\\nHuman:"], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.blank import blankness, severity_of
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:stop_sequences",),
    source="issue threads of 2024 to 2026, for example BerriAI/litellm 3286",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for index, sequence in enumerate(request.params.get("stop_sequences") or ()):
        kind = blankness(sequence)
        if kind is None:
            continue
        yield Problem(
            pointer=("params", "stop_sequences", index),
            message="an empty stop sequence" if kind == "empty" else "a stop sequence of whitespace alone",
            help="remove it, or write a text at which the answer is to end",
            api_error=errors().text("blank_stop_sequence"),
            severity=severity_of(kind),
        )
