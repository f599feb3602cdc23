"""The tools that Anthropic defines: `tools.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from batchlint.facts.reading import entries, read

CALLERS = ("direct", "code_execution", "calling")


class ToolType(NamedTuple):
    """One `type` of tool. The header that it needs is in `betas().tools`."""

    type: str
    side: Literal["server", "client"]
    """Who runs it: Anthropic, or the program that sent the request."""
    source: str
    checked: date
    name: str | None = None
    """The only name that it may have; None: it has none."""
    reserves: str | None = None
    """A name that no other tool of the request may have."""
    uses: tuple[str, ...] = ()
    """Names of server_tool_use blocks that it brings about."""
    default_caller: Literal["direct", "code_execution"] = "direct"
    refuses: tuple[str, ...] = ()
    """Members that it does not take, although other tools do."""
    tokens: int | None = None
    """Input tokens that its definition adds, where documented."""
    members: tuple[str, ...] = ()
    """The tools that it is made of, where it is a set."""
    off: tuple[str, ...] = ()
    """Members that are disabled unless the request enables them."""
    refused_with: tuple[str, ...] = ()
    """Beta headers next to which it is refused."""

    @property
    def family(self) -> str:
        """What all versions of the tool share: `text_editor`, or `computer`, as a tool or as a toolset."""
        return self.type.partition("_20")[0].removesuffix("_toolset")


class Tools(NamedTuple):
    """Anthropic's tools by type, and what belongs to their use."""

    types: Mapping[str, ToolType]
    results: Mapping[str, str]
    """The type of block that answers a server_tool_use, by its name."""
    direct_callers: tuple[str, ...]
    code_execution_callers: tuple[str, ...]
    calling: tuple[str, ...]
    """The types of code execution whose code calls other tools; where one is needed and missing, the API adds it."""

    def find(self, tool_type: str) -> ToolType | None:
        """The tool of that type; None for `custom` and for a type that is not known."""
        return self.types.get(tool_type)


def load() -> Tools:
    """Reads `tools.toml`."""
    document = read("tools")
    types = {}
    for name, table in entries(document, "tool").items():
        values: dict[str, Any] = {
            member: tuple(value) if isinstance(value, list) else value for member, value in table.items()
        }
        types[name] = ToolType(type=name, **values)
    callers = document["callers"]
    return Tools(types, document["results"], *(tuple(callers[name]) for name in CALLERS))
