"""The toolsets for computer and browser use, and which of their members a request offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from batchlint.facts import tools
from batchlint.request import Request
from batchlint.rule import Pointer


class Toolset(NamedTuple):
    """One toolset of a request, of which the schema took everything."""

    pointer: Pointer
    type: str
    deferred: dict[str, bool]
    """The members that are enabled, and whether each is deferred."""


def toolsets(request: Request) -> Iterator[Toolset]:
    """The toolsets whose members are known; of one that the schema did not take whole, nothing can be said."""
    for pointer, tool in request.tools:
        known = tools().find(tool.get("type") or "custom")
        if known is None or not known.members or any(refused[:3] == pointer for refused in request.refused):
            continue
        configs: dict[str, dict[str, Any]] = tool.get("configs") or {}
        stated = {name: configs.get(name) or {} for name in known.members}
        yield Toolset(
            pointer,
            known.type,
            {
                name: bool(config.get("defer_loading"))
                for name, config in stated.items()
                if (name not in known.off if config.get("enabled") is None else config["enabled"])
            },
        )
