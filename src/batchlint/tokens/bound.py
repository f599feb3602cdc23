"""A number of tokens that the estimate cannot exceed, from the size of a request: what most requests never get past.

A text costs at most so many tokens a byte. What the API adds to it costs tokens of its own, so messages, tools and
content blocks are counted, and the files among them looked at; texts are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from batchlint.tokens.calibration import certainty
from batchlint.tokens.conversation import MAX_DEPTH
from batchlint.tokens.files import document_pieces
from batchlint.tokens.piece import output_formats
from batchlint.tokens.profile import Profile, profile_of
from batchlint.tokens.written import written

WRITTEN_OUT = 1.5
"""How much longer JSON can get when the API writes it with spaces: `[1,2]` as `[1, 2]`."""
EMPTY_TOOL = 50
"""Bytes of a tool that says nothing, as the API writes it."""
TEXTUAL = ("text", "compaction")
ONCE = ("frame", "system", "forced_tool", "deferred_tools", "thinking", "task_budget", "output_format", "citations")
"""Terms that a request has once at most; `output_format` stands for the older place of an output format too."""
PER_BLOCK = ("tool_use", "tool_result", "parallel_tools", "image", "document", "search_result", "thinking_block")


class _Costs(NamedTuple):
    profile: Profile
    term: Mapping[str, float]
    """Tokens of each calibrated constant, none below zero."""
    per_byte: float
    once: float
    """Of a request whatever it holds."""
    message: float
    tool: float
    block: float
    """Of any content block that is not a text."""
    image: float
    """Of the largest image."""
    parameter: float


def upper_bound(params: dict[str, Any], size_in_bytes: int, model_id: str, at_least: int = 0) -> int:
    """The most that `estimate` can find; never tokenises. `size_in_bytes` is the size of the request in the file.

    Of bytes that are not a file's, `at_least` so many are reckoned with, even where there are fewer.
    """
    costs = _costs(model_id)
    added = costs.once
    if "output_config" in params or "output_format" in params:
        for output in output_formats(params).values():
            added += costs.per_byte * len(written(output).encode("utf-8", "surrogatepass"))
    tools = params.get("tools") or ()
    added += costs.tool * len(tools)
    for tool in tools:
        if kind := tool.get("type"):
            added += costs.profile.defined_tool(kind)[0]
    written_out = bool(tools)
    files = 0
    messages = params.get("messages") or ()
    added += costs.message * len(messages)
    for message in messages:
        content = message.get("content")
        if content.__class__ is list:
            blocks, bytes_of_files, use_of_tool = _blocks(content, costs)
            added += blocks
            files += bytes_of_files
            written_out = written_out or use_of_tool
    texts = max(size_in_bytes - files, at_least)
    return int(added + texts * costs.per_byte * (WRITTEN_OUT if written_out else 1)) + 1


@lru_cache(maxsize=256)
def _costs(model_id: str) -> _Costs:
    profile = profile_of(model_id)
    term = {name: max(0.0, tokens) for name, tokens in profile.calibration.structure.items()}
    per_byte = certainty()["per_byte"]
    prompts = max(profile.tool_prompt) + sum(profile.unknowable.values())
    return _Costs(
        profile=profile,
        term=term,
        per_byte=per_byte,
        once=sum(term.get(name, 0) for name in (*ONCE, "output_format")) + prompts,
        message=term["message"],
        tool=term["tool"] + term["tool_description"] + term["input_examples"] + EMPTY_TOOL * per_byte,
        block=sum(term.get(name, 0) for name in PER_BLOCK),
        image=profile.tier.tokens,
        parameter=term["parameter"],
    )


def _blocks(content: list[Any], costs: _Costs, depth: int = 0) -> tuple[float, int, bool]:
    """What the blocks cost beside their texts, how many bytes of them are files and no texts, and whether there is
    JSON among them that the API writes out.
    """
    added, files, written_out = 0.0, 0, False
    if depth > MAX_DEPTH:
        return added, files, written_out
    nested: list[list[Any]] = []
    for block in content:
        kind = block.get("type")
        if kind in TEXTUAL:
            continue
        added += costs.block
        source = block.get("source")
        if source.__class__ is dict:
            if source.get("type") == "base64":
                files += len(source.get("data") or "")
            if source.get("content").__class__ is list:
                nested.append(source["content"])
        if block.get("content").__class__ is list:
            nested.append(block["content"])
        if kind == "image":
            added += costs.image
        elif kind == "document":
            added += sum(
                costs.term.get(name, 0) * count
                for piece in document_pieces((), block)
                for name, count in piece.terms.items()
            )
        elif kind and kind.endswith("tool_use"):
            # The result of a tool use repeats its name.
            added += costs.parameter * len(block.get("input") or ())
            added += costs.per_byte * len((block.get("name") or "").encode("utf-8", "surrogatepass"))
            written_out = True
    for inner in nested:
        more, inner_files, inner_written_out = _blocks(inner, costs, depth + 1)
        added += more
        files += inner_files
        written_out = written_out or inner_written_out
    return added, files, written_out
