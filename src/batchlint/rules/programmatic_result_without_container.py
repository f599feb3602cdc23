"""Results for code that waits for them, without the container that it runs in.

When code that Claude wrote has called tools (`caller` names code execution), it waits in its container. The request
that brings the results must name that container. Containers that idle are given up after minutes, so such a request
rarely fits a batch at all.

The API then answers with an `invalid_request_error`, for that request only and hours later.

Example: a conversation that ends in a `tool_result` for a tool use with `"caller": {"type":
"code_execution_20260120", ...}`, in a request without `container`.

Instead: `"container": "container_..."`, with the id of the response that made the call.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.views.pairing import exchanges
from batchlint.views.server_calls import caller_of

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("unusual-exchange",),
    source="docs: tool-use/programmatic-tool-calling",
    checked="2026-11-23",
)

CONTAINER = (("params", "container"), ("params", "container", "id"))


def check(request: Request) -> Iterator[Problem]:
    container = request.params.get("container")
    if container.get("id") if isinstance(container, dict) else container:
        return
    if not request.refused.isdisjoint(CONTAINER):
        return
    ends = request.once(exchanges)[-1:]
    for exchange in ends:
        if exchange.last and exchange.results and any(map(caller_of, exchange.uses)):
            yield Problem(
                pointer=("params",) if container is None else ("params", "container"),
                message="code waits for these tool results, and `container` does not say in which container",
                help="add the container's id, as it stands in the response that made the call",
            )
