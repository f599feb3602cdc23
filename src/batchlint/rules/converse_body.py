"""A body of Bedrock's Converse API: known by its form, and checked for little else.

A job of Amazon Bedrock takes bodies of InvokeModel, which are those of Claude's Messages API, or of Converse, where it
was created for these. Of the latter batchlint knows the form alone; that there is such a body is said once a file.

What is found in the form fails the record when it is run. A record with `toolConfig` fails with an error 400: of the
two forms, only InvokeModel may use tools in a batch.

Example:

    {"recordId": "a", "modelInput": {"messages": [{"role": "user", "content": [{"text": "Hello"}]}], "toolConfig": {}}}

Instead:

    {"recordId": "a", "modelInput": {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 100, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.rule import Metadata, Pointer, Problem
from batchlint.sources.item import Foreign, Item

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("refused-item",),
    source="AWS: batch-inference, batch-inference-data, API reference of Converse",
    checked="2026-11-28",
)

NOTE = "this is a body of the Converse API: only its form is checked"


def check(item: Item) -> Iterator[Problem]:
    value = item.value
    if not isinstance(value, Foreign) or value.body is None:
        return
    yield Problem(("params",), NOTE, help=value.instead, severity="warning", once=True)
    body = value.body
    if "toolConfig" in body:
        yield Problem(
            ("params", "toolConfig"),
            "a record with `toolConfig` fails in a batch",
            help="use tools by a body of InvokeModel, in the form of Claude's Messages API",
            at_key=True,
        )
    yield from _form(body)


def _form(body: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with the messages and the system prompt."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        at: Pointer = ("params", "messages") if "messages" in body else ("params",)
        yield Problem(at, "`messages` should be a list of messages", help="write messages: [{role, content: [...]}]")
        messages = []
    for index, message in enumerate(messages):
        at = ("params", "messages", index)
        if not isinstance(message, dict) or message.get("role") not in ("user", "assistant"):
            yield Problem(at, "a message has a `role`, user or assistant", help="write {role, content: [...]}")
        elif not isinstance(message.get("content"), list):
            place = (*at, "content") if "content" in message else at
            yield Problem(place, "`content` is a list of blocks in the Converse API", help='write [{"text": ...}]')
        else:
            yield from _blocks((*at, "content"), message["content"])
    if "system" in body and not isinstance(body["system"], list):
        message = "`system` is a list of blocks in the Converse API"
        yield Problem(("params", "system"), message, help='write [{"text": ...}]')


def _blocks(at: Pointer, blocks: list[Any]) -> Iterator[Problem]:
    for place, block in enumerate(blocks):
        if isinstance(block, dict) and "type" in block:
            yield Problem(
                (*at, place, "type"),
                "a block of the Converse API has no `type`",
                help='name the kind as the key: {"text": ...}, {"image": {...}}',
                at_key=True,
            )
