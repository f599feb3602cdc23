"""Code that Claude wrote and that still runs: it waits in its container, which the next request has to name."""

from __future__ import annotations

from batchlint.analysis.server_calls import caller_of, server_calls
from batchlint.request import Block, Request
from batchlint.rule import Pointer

CONTAINER = (("params", "container"), ("params", "container", "id"))


def unnamed_container(request: Request) -> Pointer | None:
    """Where the id of a container is missing; None where one is named, or was there and the schema refused it."""
    container = request.params.get("container")
    named = container.get("id") if isinstance(container, dict) else container
    if named or not request.refused.isdisjoint(CONTAINER):
        return None
    return ("params",) if container is None else ("params", "container")


def pending_code(request: Request) -> tuple[Block, Block] | None:
    """The first call of code execution that is still open, and a call that its code made; None where there is none.

    A call by code may have its result already: what counts for the API is that the code which made it has none.
    """
    open_calls = {call.value.get("id"): call for call in request.once(server_calls).open}
    for use in request.blocks_of("server_tool_use", "mcp_tool_use", "tool_use") if open_calls else ():
        code = open_calls.get(caller_of(use).get("tool_id"))
        if code is not None:
            return code, use
    return None
