"""An assistant message at the end that ends with whitespace.

The model continues the text of the last assistant message, and the API wants it to end with a visible character.

The API then answers, for that request only and hours later: `messages: final assistant content cannot end with
trailing whitespace`.

Example:

    {"messages": [{"role": "user", "content": "Capital?"}, {"role": "assistant", "content": "It is "}], ...}

Instead:

    {"messages": [{"role": "user", "content": "Capital?"}, {"role": "assistant", "content": "It is"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.blank import ASCII_WHITESPACE
from batchlint.analysis.prefill import prefill_of
from batchlint.edits import Replace, safe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("last:assistant",),
    source="issue threads of 2024 to 2026",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterator[Problem]:
    if request.model is None or not request.model.accepts_prefill:
        return
    prefill = prefill_of(request)
    if prefill is None or not prefill.text[-1:].isspace():
        return
    text = prefill.text.rstrip()
    yield Problem(
        pointer=prefill.pointer,
        message="the assistant message that is to be continued ends with whitespace",
        help="remove the whitespace at its end (in Python: text.rstrip())",
        api_error=errors().text("trailing_whitespace"),
        severity=None if prefill.text[-1] in ASCII_WHITESPACE else "warning",
        fix=safe(Replace(prefill.pointer, text)) if text else None,
    )
