"""Conversations with tools, as the API takes them: turns in one message or two, results in any order, texts around."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Message = dict[str, Any]
Content = dict[str, Any]

MODEL = "claude-opus-4-8"
TOOLS: list[dict[str, Any]] = [
    {"name": name, "description": "Looks things up.", "input_schema": {"type": "object", "properties": {}}}
    for name in ("search", "calculate", "remember")
]
WEB_SEARCH = {"type": "web_search_20250305", "name": "web_search"}

texts = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20).map(
    lambda text: f"{text.strip()}."
)
text_blocks = texts.map(lambda text: {"type": "text", "text": text})


@st.composite
def requests(draw: st.DrawFn, ids_come_again: bool = True) -> dict[str, Any]:
    """A whole request with a conversation that ends in a user turn."""
    params = {
        "model": MODEL,
        "max_tokens": draw(st.integers(1, 4096)),
        "tools": [*TOOLS, WEB_SEARCH],
        "messages": draw(conversations(ids_come_again)),
    }
    return {"custom_id": "a", "params": params}


@st.composite
def conversations(draw: st.DrawFn, ids_come_again: bool = True) -> list[Message]:
    """One to four exchanges of tool use and results, with plain turns between them.

    `ids_come_again`: whether a later turn may use the ids of an earlier one, once they were answered.
    """
    numbers = itertools.count()
    messages = [draw(user_texts())]
    for _ in range(draw(st.integers(1, 4))):
        if ids_come_again and draw(st.booleans()):
            numbers = itertools.count()
        messages += draw(exchanges(numbers))
        if draw(st.booleans()):
            messages += [{"role": "assistant", "content": draw(texts)}, draw(user_texts())]
    if draw(st.booleans()):
        messages += draw(waiting_server_calls(numbers))
    return messages


@st.composite
def user_texts(draw: st.DrawFn) -> Message:
    """A user message of text: a string, or one or two blocks."""
    content = draw(st.one_of(texts, st.lists(text_blocks, min_size=1, max_size=2)))
    return {"role": "user", "content": content}


@st.composite
def exchanges(draw: st.DrawFn, numbers: Iterator[int]) -> list[Message]:
    """An assistant turn with one to three tool uses, and the user turn with their results."""
    ids = [f"toolu_{number}" for number in itertools.islice(numbers, draw(st.integers(1, 3)))]
    before = draw(st.lists(text_blocks, max_size=1)) + draw(st.one_of(st.just([]), server_calls(numbers)))
    uses = [_tool_use(tool_id, draw(st.sampled_from(TOOLS))["name"]) for tool_id in ids]
    results = [draw(tool_results(tool_id)) for tool_id in draw(st.permutations(ids))]
    after = draw(st.lists(text_blocks, max_size=1))
    return [*draw(split("assistant", before + uses)), *draw(split("user", results + after)), *draw(system_messages())]


@st.composite
def waiting_server_calls(draw: st.DrawFn, numbers: Iterator[int]) -> list[Message]:
    """The end of a conversation in which a server tool waits for the results of the user's own tool."""
    number = next(numbers)
    uses = [_server_tool_use(f"srvtoolu_{number}"), _tool_use(f"toolu_{number}", "search")]
    return [
        {"role": "assistant", "content": draw(texts)},
        draw(user_texts()),
        {"role": "assistant", "content": uses},
        {"role": "user", "content": [draw(tool_results(f"toolu_{number}"))]},
    ]


@st.composite
def server_calls(draw: st.DrawFn, numbers: Iterator[int]) -> list[Content]:
    """A call of a server tool that was answered."""
    tool_id = f"srvtoolu_{next(numbers)}"
    name, kind, content = draw(st.sampled_from(ANSWERS))
    return [
        _server_tool_use(tool_id) | {"name": name},
        {"type": kind, "tool_use_id": tool_id, "content": content},
        *draw(st.lists(text_blocks, max_size=1)),
    ]


ANSWERS: list[tuple[str, str, Any]] = [
    ("web_search", "web_search_tool_result", []),
    (
        "tool_search_tool_bm25",
        "tool_search_tool_result",
        {
            "type": "tool_search_tool_search_result",
            "tool_references": [{"type": "tool_reference", "tool_name": "search"}],
        },
    ),
    (
        "bash_code_execution",
        "bash_code_execution_tool_result",
        {"type": "bash_code_execution_result", "content": [], "return_code": 0, "stderr": "", "stdout": "1"},
    ),
    (
        "web_fetch",
        "web_fetch_tool_result",
        {
            "type": "web_fetch_result",
            "url": "https://a.example/x",
            "content": {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "x"}},
        },
    ),
]
"""Of server tools the name, and the type of block and the content that come back."""


@st.composite
def tool_results(draw: st.DrawFn, tool_id: str) -> Content:
    """A result for that tool use: a string, blocks, or nothing."""
    content = draw(st.one_of(st.none(), texts, st.lists(text_blocks, max_size=2)))
    result = {"type": "tool_result", "tool_use_id": tool_id}
    return (
        result if content is None else result | {"content": content, "is_error": bool(content) and draw(st.booleans())}
    )


@st.composite
def split(draw: st.DrawFn, role: str, blocks: list[Content]) -> list[Message]:
    """The blocks of a turn in one message or in two."""
    at = draw(st.integers(0, len(blocks) - 1))
    return [{"role": role, "content": part} for part in (blocks[:at], blocks[at:]) if part]


@st.composite
def system_messages(draw: st.DrawFn) -> list[Message]:
    """Now and then a system message, with the assistant turn that must come after it, and a user turn."""
    if draw(st.integers(0, 3)):
        return []
    return [
        {"role": "system", "content": draw(texts)},
        {"role": "assistant", "content": draw(texts)},
        draw(user_texts()),
    ]


def _tool_use(tool_id: str, name: str) -> Content:
    return {"type": "tool_use", "id": tool_id, "name": name, "input": {}}


def _server_tool_use(tool_id: str) -> Content:
    return {"type": "server_tool_use", "id": tool_id, "name": "web_search", "input": {"query": "tides"}}
