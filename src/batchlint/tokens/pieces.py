"""Takes a request apart into the pieces that cost tokens, in the order in which the API puts them into the prompt.

How the API writes a tool, a tool use or a tool result is not documented; what stands here (a tool is a line of JSON
of its description, name and parameters; an output format is indented JSON; a tool use names its parameters one by
one; a tool result repeats the tool's name) is what recorded requests fit to within a few tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.tokens.files import document_pieces, image_piece
from batchlint.tokens.piece import Piece, Pointer, entries, members, output_formats, string
from batchlint.tokens.profile import Profile

FORCED = ("any", "tool")


def pieces(params: dict[str, Any], profile: Profile) -> Iterator[Piece]:
    """Every piece of a request: tools, system prompt, messages, and what else the API adds."""
    yield Piece((), "frame", terms={"frame": 1})
    yield from _tools(params, profile)
    yield from _system(params, profile)
    yield from _Conversation(params, profile).pieces()
    yield from _settings(params, profile)


def _tools(params: dict[str, Any], profile: Profile) -> Iterator[Piece]:
    tools = entries(params.get("tools"))
    if not tools:
        return
    choice = members(params.get("tool_choice"))
    forced = choice.get("type") in FORCED
    yield Piece(("tool_choice",) if choice else ("tools",), "tool-use prompt", fixed=profile.tool_prompt[forced])
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
        return Piece(pointer, "tool", (written,), terms)
    return Piece(pointer, "tool", (written, examples), {**terms, "input_examples": 1})


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


class _Conversation:
    """The messages of a request, and what has to be known of all of them to count one."""

    def __init__(self, params: dict[str, Any], profile: Profile) -> None:
        self._messages = entries(params.get("messages"))
        self._profile = profile
        self._tool_names: dict[str, str] = {}
        self._cites = False
        edits = entries(members(params.get("context_management")).get("edits"))
        keeps = any(
            string(edit.get("type")).startswith("clear_thinking") and edit.get("keep") == "all" for edit in edits
        )
        self._thinking_from = self._last_user_turn() if profile.forgets_thinking and not keeps else 0

    def pieces(self) -> Iterator[Piece]:
        start = self._compacted()
        for index, message in enumerate(self._messages[start:], start):
            yield from self._message(index, message)
        if self._cites:
            yield Piece(("messages",), "citations", terms={"citations": 1})

    def _last_user_turn(self) -> int:
        """The last message of the user that is more than results of tools."""
        for index in range(len(self._messages) - 1, 0, -1):
            message = self._messages[index]
            content = message.get("content")
            if message.get("role") == "user" and (
                isinstance(content, str) or any(block.get("type") != "tool_result" for block in entries(content))
            ):
                return index
        return 0

    def _compacted(self) -> int:
        """The last message with a compaction, which stands for everything before it; 0: none."""
        return max(
            (
                index
                for index, message in enumerate(self._messages)
                if any(block.get("type") == "compaction" for block in entries(message.get("content")))
            ),
            default=0,
        )

    def _message(self, index: int, message: dict[str, Any]) -> Iterator[Piece]:
        pointer: Pointer = ("messages", index)
        prefill = message.get("role") == "assistant" and index == len(self._messages) - 1
        content = message.get("content")
        text = (content,) if isinstance(content, str) else ()
        yield Piece((*pointer, "content") if text else pointer, "text", text, {} if prefill else {"message": 1})
        blocks = entries(content)
        if sum(block.get("type") == "tool_use" for block in blocks) > 1:
            yield Piece(pointer, "parallel tool use", terms={"parallel_tools": 1})
        for place, block in enumerate(blocks):
            yield from self._block((*pointer, "content", place), block, index)

    def _block(self, pointer: Pointer, block: dict[str, Any], message: int) -> Iterator[Piece]:
        kind = string(block.get("type"))
        if kind in ("text", "compaction"):
            yield Piece(pointer, "text", (string(block.get("text") or block.get("content")),))
        elif kind in ("thinking", "redacted_thinking"):
            if message >= self._thinking_from:
                yield self._thinking(pointer, block)
        elif kind in ("tool_use", "server_tool_use", "mcp_tool_use"):
            yield self._tool_use(pointer, block)
        elif kind in ("tool_result", "mcp_tool_result"):
            name = self._tool_names.pop(string(block.get("tool_use_id")), "")
            yield Piece(pointer, "tool result", (name,), {"tool_result": 1})
            yield from self._nested((*pointer, "content"), block.get("content"), message, "tool result")
        elif kind == "image":
            yield image_piece(pointer, block, self._profile)
        elif kind == "document":
            self._note_citations(block)
            yield from document_pieces(pointer, block)
            source = members(block.get("source"))
            yield from self._nested((*pointer, "source", "content"), source.get("content"), message, "document")
        elif kind == "search_result":
            self._note_citations(block)
            about = (string(block.get("source")), string(block.get("title")))
            yield Piece(pointer, "search result", about, {"search_result": 1})
            yield from self._nested((*pointer, "content"), block.get("content"), message, "search result")
        elif kind not in ("tool_reference", "tool_addition", "tool_removal"):
            yield Piece(pointer, kind or "content block", (string(block.get("text")),), at_least=True)

    def _nested(self, pointer: Pointer, content: object, message: int, what: str) -> Iterator[Piece]:
        if isinstance(content, str):
            yield Piece(pointer, what, (content,))
        for index, block in enumerate(entries(content)):
            for piece in self._block((*pointer, index), block, message):
                yield piece._replace(what=what) if piece.what == "text" else piece

    def _tool_use(self, pointer: Pointer, block: dict[str, Any]) -> Piece:
        name = string(block.get("name"))
        self._tool_names[string(block.get("id"))] = name
        parameters = members(block.get("input"))
        values: Iterable[Any] = (part for item in parameters.items() for part in item)
        terms = {"tool_use": 1, "parameter": len(parameters)}
        return Piece(pointer, "tool use", (name, *values), terms, at_least=block.get("type") != "tool_use")

    def _thinking(self, pointer: Pointer, block: dict[str, Any]) -> Piece:
        """The text is a summary at most; the whole of it is sealed in the signature."""
        sealed = len(string(block.get("signature") or block.get("data")))
        text = string(block.get("thinking"))
        return Piece(pointer, "thinking", (text,), {"thinking_block": 1}, spare={"sealed_character": sealed})

    def _note_citations(self, block: dict[str, Any]) -> None:
        self._cites = self._cites or bool(members(block.get("citations")).get("enabled"))
