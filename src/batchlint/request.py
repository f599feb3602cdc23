"""A request as the rules see it: its params, and what is found out of them once for all rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from batchlint.options import Options
from batchlint.rule import Pointer, Related

if TYPE_CHECKING:
    from batchlint.facts import Model

Derived = TypeVar("Derived")

NESTING_BLOCKS = ("tool_result", "mcp_tool_result", "search_result")
"""Content blocks whose own `content` may be a list of content blocks; a document holds them under `source`."""


class Block(NamedTuple):
    """A content block and where it is."""

    pointer: Pointer
    type: str
    value: dict[str, Any]
    role: str
    """The message's role; `system` for the top-level system prompt."""
    message: int | None
    """The index of the message; None in the top-level system prompt."""
    parent: str | None
    """The type of the block that holds this one; None for a block of a message's own."""


class Request:
    """One request of a batch.

    Every value in `params` has the JSON type that the schema asks for; any member may be missing.
    """

    __slots__ = (
        "_blocks",
        "_blocks_of",
        "_derived",
        "custom_id",
        "first_use",
        "index",
        "model",
        "options",
        "params",
        "refused",
        "size",
        "value",
    )

    def __init__(
        self,
        value: dict[str, Any],
        index: int,
        size: int,
        options: Options,
        model: Model | None = None,
        first_use: Related | None = None,
        refused: frozenset[Pointer] = frozenset(),
    ) -> None:
        self.value = value
        self.index = index
        self.size = size
        """Bytes of the item in the file."""
        self.options = options
        self.params: dict[str, Any] = value.get("params") or {}
        self.custom_id: str | None = value.get("custom_id")
        self.model = model
        """The known facts about the model; None where the model itself is not known."""
        self.first_use = first_use
        """The first request with the same custom_id, where there is one before this."""
        self.refused = refused
        """Places of what the schema refused and was taken out: a member that was there is not missing."""
        self._blocks: list[Block] | None = None
        self._blocks_of: dict[tuple[str, ...], list[Block]] = {}
        self._derived: dict[object, object] | None = None

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages; an element that the schema refused is an empty object."""
        return self.params.get("messages") or []

    @property
    def blocks(self) -> list[Block]:
        """Every content block of system and messages, blocks inside blocks after the block that holds them."""
        if self._blocks is None:
            self._blocks = _blocks(self.params)
        return self._blocks

    def blocks_of(self, *types: str) -> list[Block]:
        """The content blocks of these types, in order; not to be changed."""
        if types not in self._blocks_of:
            self._blocks_of[types] = _blocks(self.params, types)
        return self._blocks_of[types]

    def once(self, derive: Callable[[Request], Derived]) -> Derived:
        """What this function makes of the request, worked out once for all rules that ask for it."""
        if self._derived is None:
            self._derived = {}
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        return cast("Derived", self._derived[derive])

    @property
    def tools(self) -> list[tuple[Pointer, dict[str, Any]]]:
        """The tool definitions with their places."""
        return [(("params", "tools", index), tool) for index, tool in enumerate(self.params.get("tools") or ())]


def _blocks(params: dict[str, Any], types: tuple[str, ...] | None = None) -> list[Block]:
    """The content blocks of these types, or all: of what is not asked for nothing is built."""
    found: list[Block] = []
    system = params.get("system")
    if isinstance(system, list):
        _add_blocks(found, types, system, ("params", "system"), "system", None, None)
    for index, message in enumerate(params.get("messages") or ()):
        content = message.get("content")
        if isinstance(content, list):
            at = ("params", "messages", index, "content")
            _add_blocks(found, types, content, at, message.get("role", ""), index, None)
    return found


def _add_blocks(
    found: list[Block],
    types: tuple[str, ...] | None,
    content: list[Any],
    at: Pointer,
    role: str,
    message: int | None,
    parent: str | None,
) -> None:
    for position, value in enumerate(content):
        kind = value.get("type", "") if isinstance(value, dict) else ""
        if types is None or kind in types:
            found.append(Block((*at, position), kind, value, role, message, parent))
        if kind in NESTING_BLOCKS:
            inner = value.get("content")
            if isinstance(inner, list):
                _add_blocks(found, types, inner, (*at, position, "content"), role, message, kind)
        elif kind == "document":
            inner = (value.get("source") or {}).get("content")
            if isinstance(inner, list):
                _add_blocks(found, types, inner, (*at, position, "source", "content"), role, message, kind)
