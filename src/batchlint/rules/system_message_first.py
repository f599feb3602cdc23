"""A system prompt as the first message.

In other APIs the system prompt is the first message; here it is the member `system` beside `messages`. No model takes
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

from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.views.system_messages import is_directive

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("role:system",),
    source="measured by users 2026-08-31; issue threads of 2026",
    checked="2026-11-23",
    reads=("outline",),
)


def check(request: Request) -> Iterator[Problem]:
    first = request.messages[0]
    if first.get("role") != "system" or is_directive(first):
        return
    from batchlint.facts import errors

    yield Problem(
        pointer=("params", "messages", 0),
        message="the system prompt is the first message",
        help="move its content into the top-level `system`",
        api_error=errors().text("leading_system"),
    )
