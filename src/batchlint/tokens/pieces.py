"""Takes a request apart into the pieces that cost tokens, in the order in which the API puts them into the prompt.

How the API writes a tool, a tool use or a tool result is not documented; what is here (a tool is a line of JSON in
ASCII of its description, name and parameters; an output format is indented JSON; a tool use names its parameters one by
one; a tool result repeats the tool's name) is what recorded requests fit to within a few tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.tokens.conversation import Conversation
from batchlint.tokens.piece import Escaped, Piece, Pointer, entries, members, output_formats, string
from batchlint.tokens.profile import Profile

FORCED = ("any", "tool")


def pieces(params: dict[str, Any], profile: Profile) -> Iterator[Piece]:
    """Every piece of a request: tools, system prompt, messages, and what else the API adds."""
    yield Piece((), "frame", terms={"frame": 1})
    yield from _tools(params, profile)
    yield from _system(params, profile)
    yield from Conversation(params, profile).pieces()
    yield from _settings(params, profile)


def _tools(params: dict[str, Any], profile: Profile) -> Iterator[Piece]:
    tools = entries(params.get("tools"))
    if not tools:
        return
    choice = members(params.get("tool_choice"))
    forced = choice.get("type") in FORCED
    prompt = profile.tool_prompt[forced]
    if choice.get("disable_parallel_tool_use"):
        prompt -= profile.one_tool_at_a_time.get(string(choice.get("type")), 0)
    yield Piece(("tool_choice",) if choice else ("tools",), "tool-use prompt", fixed=prompt)
    if any(profile.defined_tool(string(tool.get("type")))[1] for tool in tools):
        yield Piece(("tools",), "tools of Anthropic", fixed=profile.first_client_tool)
    if members(params.get("thinking")).get("type") == "enabled" and profile.is_interleaved is not False:
        tokens = profile.interleaved_thinking
        spare = {"interleaved_thinking": tokens} if profile.is_interleaved is None else {}
        yield Piece(("thinking",), "thinking", fixed=0 if spare else tokens, spare=spare)
    if choice.get("type") == "tool":
        yield Piece(("tool_choice", "name"), "tool choice", (string(choice.get("name")),), {"forced_tool": 1})
    if any(tool.get("defer_loading") for tool in tools):
        yield Piece(("tools",), "deferred tools", terms={"deferred_tools": 1})
    added = _added_tools(params)
    for index, tool in enumerate(tools):
        if not tool.get("defer_loading") or string(tool.get("name")) in added:
            yield _tool(("tools", index), tool, profile)


def _tool(pointer: Pointer, tool: dict[str, Any], profile: Profile) -> Piece:
    if tool.get("type") not in (None, "custom"):
        tokens, known = profile.defined_tool(string(tool.get("type")))
        return Piece(pointer, "tool", fixed=tokens, at_least=not known)
    written = {"name": tool.get("name"), "parameters": tool.get("input_schema")}
    terms = {"tool": 1.0}
    if tool.get("description"):
        written, terms = {"description": tool["description"], **written}, {"tool": 1, "tool_description": 1}
    examples = tool.get("input_examples")
    if not examples:
        return Piece(pointer, "tool", (Escaped(written),), terms)
    return Piece(pointer, "tool", (Escaped(written), Escaped(examples)), {**terms, "input_examples": 1})


def _added_tools(params: dict[str, Any]) -> set[str]:
    """Names of deferred tools that the conversation has brought in."""
    return {
        string(reference.get("tool_name") or members(reference.get("tool")).get("name"))
        for message in entries(params.get("messages"))
        for block in entries(message.get("content"))
        for reference in (block, *entries(block.get("content")))
        if reference.get("type") in ("tool_reference", "tool_addition")
    }


def _system(params: dict[str, Any], profile: Profile) -> Iterator[Piece]:
    system = params.get("system")
    if not system:
        return
    yield Piece(("system",), "system prompt", terms={"system": 1})
    if isinstance(system, str):
        yield Piece(("system",), "system prompt", (system,))
    for index, block in enumerate(entries(system)):
        text = string(block.get("text"))
        if not text.startswith(profile.not_counted):
            yield Piece(("system", index), "system prompt", (text,))


def _settings(params: dict[str, Any], profile: Profile) -> Iterator[Piece]:
    if members(params.get("thinking")).get("type") == "enabled":
        yield Piece(("thinking",), "thinking", terms={"thinking": 1})
    if members(params.get("output_config")).get("task_budget"):
        yield Piece(("output_config", "task_budget"), "task budget", terms={"task_budget": 1})
    for pointer, schema in output_formats(params).items():
        yield Piece(pointer, "output format", (schema,), {"output_format": 1})
    for name, tokens in profile.unknowable.items():
        if params.get(name):
            yield Piece((name,), name, fixed=tokens, at_least=True)
