"""How an answer that is not finished goes on, and the container that it needs for that."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.results.account import Account
from batchlint.results.classify import UNOFFERED
from batchlint.results.rows import row_of
from batchlint.sources.decode import decode

FOR_UNOFFERED = (
    "send a new request that ends with this answer and a tool_result for each of its calls (is_error: true for a tool "
    "that you do not have), with the same tools"
)
LONGEST_ID = 200
"""Characters of a container's id that are shown."""


class Container(NamedTuple):
    """Where the code of an answer ran."""

    id: str
    expires_at: str
    """As the API says it; empty where it does not."""


def container_of(account: Account, number: int) -> Container | None:
    """The container of an answer that is to go on; None for any other, and where it has none."""
    if account.outcome(number).of_class.name != "continue":
        return None
    row = row_of(decode(account.row(number)).value)
    message = row.result.get("message") if row is not None else None
    container = message.get("container") if isinstance(message, dict) else None
    name = container.get("id") if isinstance(container, dict) else container
    if not isinstance(name, str) or not name:
        return None
    until = container.get("expires_at") if isinstance(container, dict) else None
    return Container(name[:LONGEST_ID], until[:LONGEST_ID] if isinstance(until, str) else "")


def advice_for(account: Account, number: int) -> str:
    """Advice about a request, as a sentence without a capital; empty where there is nothing to do."""
    outcome = account.outcome(number)
    advice = FOR_UNOFFERED if outcome.message.startswith(UNOFFERED) else outcome.of_class.advice
    container = container_of(account, number)
    if container is None:
        return advice
    until = f" (it expires at {container.expires_at})" if container.expires_at else ""
    return f'{advice} and "container": "{container.id}"{until}'
