"""A system prompt as the first message.

In other APIs the system prompt is the first message; here it is the field `system` next to `messages`. No model takes
it as a message at the beginning.

The API then answers, for that request only and hours later: `messages.0: use the top-level 'system' parameter for the
initial system prompt`.

Example:

    {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}], ...}

Instead:

    {"system": "Be brief.", "messages": [{"role": "user", "content": "Hello"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from batchlint.analysis.system_messages import is_directive
from batchlint.edits import Copied, Fix, Insert, Remove, unsafe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("role:system",),
    source="measured by users 2026-08-31; issue threads of 2026",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    first = request.messages[0]
    if first.get("role") != "system" or is_directive(first):
        return
    yield Problem(
        pointer=("params", "messages", 0),
        message="the system prompt is the first message",
        help="move its content into the top-level `system`",
        api_error=errors().text("leading_system"),
        fix=_fix(request),
    )


def _fix(request: Request) -> Fix | None:
    """The first messages as the system prompt, where there is none yet, and something is left to be answered."""
    messages = request.messages
    leading = [*takewhile(lambda index: messages[index].get("role") == "system", range(len(messages)))]
    if request.params.get("system") is not None or len(leading) == len(messages):
        return None
    texts = [Copied(("params", "messages", index, "content")) for index in leading]
    if len(leading) > 1 and not all(isinstance(messages[index].get("content"), str) for index in leading):
        return None
    system = texts[0] if len(texts) == 1 else [{"type": "text", "text": text} for text in texts]
    return unsafe(*(Remove(("params", "messages", index)) for index in leading), Insert(("params",), "system", system))
