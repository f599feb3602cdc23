"""The pieces of a request's messages: texts, tool uses and their results, thinking, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.tokens.files import document_pieces, image_piece
from batchlint.tokens.piece import Piece, Pointer, entries, members, string
from batchlint.tokens.profile import Profile

MAX_DEPTH = 12
"""Members and indexes on the way to a block that is followed: a text in a document in a tool result has nine."""


class Conversation:
    """The messages of a request, and what has to be known of all of them to count one of them."""

    def __init__(self, params: dict[str, Any], profile: Profile) -> None:
        self._messages = entries(params.get("messages"))
        self._profile = profile
        self._tool_names: dict[str, str] = {}
        self._cites = False
        self._cites_text = False
        edits = entries(members(params.get("context_management")).get("edits"))
        keeps = any(
            string(edit.get("type")).startswith("clear_thinking") and edit.get("keep") == "all" for edit in edits
        )
        self._thinking_from = self._last_user_turn() if profile.forgets_thinking and not keeps else 0

    def pieces(self) -> Iterator[Piece]:
        """The pieces of all messages, without those that the API leaves out."""
        start = self._compacted()
        for index, message in enumerate(self._messages[start:], start):
            yield from self._message(index, message)
        if self._cites:
            terms = {"citations": 1, "cited_text": int(self._cites_text)}
            yield Piece(("messages",), "citations", terms=terms)

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
            if source.get("type") == "text" and members(block.get("citations")).get("enabled"):
                self._cites_text = True
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
        if len(pointer) > MAX_DEPTH:
            return
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
        terms = {"thinking_block": 1, "sealed_thinking": 0 if text else sealed}
        return Piece(pointer, "thinking", (text,), terms, spare={"sealed_character": sealed})

    def _note_citations(self, block: dict[str, Any]) -> None:
        self._cites = self._cites or bool(members(block.get("citations")).get("enabled"))
