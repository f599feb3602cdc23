"""Batches as different programs write them: in each, what the last column of docs/speed.md names differs by request.

`mixed` is the general case: several models, half with a system prompt, texts as blocks or strings, a third with further
turns, a fifth with a tool, a third with a user_id. The others change one habit each.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from typing import Any

from benchmarks.texts import text

Request = dict[str, Any]
MODELS = ("claude-opus-4-8", "claude-sonnet-4-6", "claude-haiku-4-5")
MANY_MODELS = (*MODELS, "claude-opus-5", "claude-sonnet-4-5", "claude-opus-4-6", "claude-opus-4-7", "claude-fable-5-1")
TYPES = ("string", "number", "integer", "boolean")
WORDS = (
    "amount author city country date email id kind label language name note page phone price score status title".split()
)


def mixed(r: random.Random, size: int) -> Request:
    """Params in which nothing is odd, and little the same."""
    question = text(r, size)
    messages: list[Request] = [
        {"role": "user", "content": question if r.random() < 0.5 else [{"type": "text", "text": question}]}
    ]
    if r.random() < 0.33:
        messages += [{"role": "assistant", "content": text(r, 200)}, {"role": "user", "content": text(r, 100)}]
    params: Request = {"model": r.choice(MODELS), "max_tokens": r.choice((256, 1024, 2048)), "messages": messages}
    if r.random() < 0.5:
        params["system"] = text(r, 300)
    if r.random() < 0.2:
        params["tools"] = [tool(random.Random(0), "look_up")]
    if r.random() < 0.33:
        params["metadata"] = {"user_id": f"user-{r.randrange(977)}"}
    return params


def tool(r: random.Random, name: str) -> Request:
    """A tool of one's own, with a few described parameters."""
    parameters = {each: {"type": r.choice(TYPES), "description": text(r, 40)} for each in r.sample(WORDS, 3)}
    schema = {"type": "object", "properties": parameters, "required": list(parameters)[:1]}
    return {"name": name, "description": text(r, 150), "input_schema": schema}


def sampling(r: random.Random, size: int) -> Request:
    """Limits and stop sequences of all values."""
    stops = [text(r, 6) for _ in range(r.randrange(3))]
    return mixed(r, size) | {"max_tokens": r.randrange(100, 4096), "stop_sequences": stops}


def user_ids(r: random.Random, size: int) -> Request:
    """A user_id of its own in each request."""
    return mixed(r, size) | {"metadata": {"user_id": str(uuid.UUID(int=r.getrandbits(128)))}}


def many_models(r: random.Random, size: int) -> Request:
    """Eight models."""
    return mixed(r, size) | {"model": r.choice(MANY_MODELS)}


def different_tools(r: random.Random, size: int) -> Request:
    """Other tools in each request."""
    return mixed(r, size) | {"tools": [tool(r, f"tool_{number}") for number in range(r.randint(1, 4))]}


def few_shot(r: random.Random, size: int) -> Request:
    """Two to twenty turns."""
    messages: list[Request] = []
    for _ in range(r.randint(1, 10)):
        messages += [{"role": "user", "content": text(r, 200)}, {"role": "assistant", "content": text(r, 80)}]
    return mixed(r, size) | {"messages": [*messages, {"role": "user", "content": text(r, 200)}]}


def tool_inputs(r: random.Random, size: int) -> Request:
    """Tool uses whose inputs have other members each time."""
    messages: list[Request] = [{"role": "user", "content": text(r, 300)}]
    for _ in range(r.randint(2, max(2, size // 700))):
        uses: list[Request] = [
            {
                "type": "tool_use",
                "id": f"toolu_{r.getrandbits(60):x}",
                "name": f"tool_{r.randrange(5)}",
                "input": {each: r.choice((r.random(), r.randrange(99), text(r, 30))) for each in r.sample(WORDS, 3)},
            }
            for _ in range(r.randint(1, 2))
        ]
        results = [
            {"type": "tool_result", "tool_use_id": use["id"], "content": text(r, r.randint(50, 800))} for use in uses
        ]
        spoken: list[Request] = [{"type": "text", "text": text(r, 60)}]
        messages += [{"role": "assistant", "content": spoken + uses}, {"role": "user", "content": results}]
    tools = [tool(random.Random(number), f"tool_{number}") for number in range(5)]
    return mixed(r, size) | {"tools": tools, "messages": messages}


def documents(r: random.Random, size: int) -> Request:
    """Text documents with titles, some to be cited from."""
    cited = r.random() < 0.5
    blocks: list[Request] = [
        {
            "type": "document",
            "source": {"type": "text", "media_type": "text/plain", "data": text(r, size // 2)},
            "title": text(r, 30),
            **({"citations": {"enabled": True}} if cited else {}),
        }
        for _ in range(r.randint(1, 3))
    ]
    return mixed(r, size) | {
        "messages": [{"role": "user", "content": [*blocks, {"type": "text", "text": text(r, 90)}]}]
    }


def answer_schemas(r: random.Random, size: int) -> Request:
    """Another schema of the answer in each request."""
    properties = {
        each: {"type": r.choice(TYPES), "description": text(r, 30)} for each in r.sample(WORDS, r.randint(2, 8))
    }
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return mixed(r, size) | {"output_config": {"format": {"type": "json_schema", "schema": schema}}}


def caching(r: random.Random, size: int) -> Request:
    """Cache breakpoints in varying places."""

    def block(words: str) -> Request:
        mark = {"cache_control": {"type": "ephemeral"}} if r.random() < 0.5 else {}
        return {"type": "text", "text": words, **mark}

    system = [block(text(r, 300)) for _ in range(r.randint(1, 2))]
    question = [block(text(r, size // 2)) for _ in range(r.randint(1, 2))]
    return mixed(r, size) | {"system": system, "messages": [{"role": "user", "content": question}]}


def thinking(r: random.Random, size: int) -> Request:
    """Thinking budgets."""
    budget = r.choice((1024, 2048, 4096, 8192))
    options = {"max_tokens": budget + r.randrange(256, 4096), "thinking": {"type": "enabled", "budget_tokens": budget}}
    return mixed(r, size) | options | {"model": "claude-haiku-4-5"}


def short(r: random.Random, size: int) -> Request:
    """A short question and no more."""
    return {"model": r.choice(MODELS), "max_tokens": 64, "messages": [{"role": "user", "content": text(r, size)}]}


HABITS: dict[str, tuple[Callable[[random.Random, int], Request], int, int]] = {
    "mixed": (mixed, 100_000, 1_900),
    "sampling": (sampling, 90_000, 1_900),
    "user-ids": (user_ids, 90_000, 1_900),
    "many-models": (many_models, 90_000, 1_900),
    "different-tools": (different_tools, 70_000, 1_900),
    "few-shot": (few_shot, 80_000, 1_900),
    "tool-inputs": (tool_inputs, 30_000, 5_000),
    "documents": (documents, 60_000, 1_900),
    "answer-schemas": (answer_schemas, 80_000, 1_900),
    "caching": (caching, 70_000, 1_900),
    "thinking": (thinking, 90_000, 1_900),
    "short-questions": (short, 100_000, 250),
}
"""Name: how the params are made, how many requests there are, and about how many characters of text each has."""
