"""A thinking block with an empty signature.

The signature proves that the model wrote the thinking. A stream brings it in an event of its own, so programs that
put the message together from the other events lose it. A block that was made up cannot be sent at all.

The API then answers, for that request only and hours later: ``messages.1.content.0: Invalid `signature` in `thinking`
block``.

Example:

    {"role": "assistant", "content": [{"type": "thinking", "thinking": "Two and two ...", "signature": ""}, ...]}

Instead: send the block back as it came, or leave it out where no tool loop is going on.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:thinking",),
    source="issues that quote the refusal: lbjlaq/Antigravity-Manager 498, code-yeongyu/oh-my-openagent 2775",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("thinking"):
        if block.value.get("signature") == "":
            from batchlint.schema.api_path import api_path

            yield Problem(
                pointer=(*block.pointer, "signature"),
                message="the thinking block has an empty signature",
                help="send the block back as it came, or leave it out where no tool loop is going on",
                api_error=errors().text("invalid_signature", path=api_path(request.value, block.pointer)),
            )
