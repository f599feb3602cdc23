"""The `browser_state` blocks of a request: what a browser that the caller runs looked like after a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from batchlint.request import Request
from batchlint.rule import Pointer

BROWSER = "browser"
"""The `toolset_name` of the calls that such blocks answer."""
TAB_CALLS = frozenset({"new_tab", "switch_tab", "close_tab", "list_tabs"})
"""The members of that toolset whose result is such a block and nothing else."""

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class BrowserState(NamedTuple):
    """One block, of which the schema took everything."""

    pointer: Pointer
    tabs: list[dict[str, Any]]
    changes: list[dict[str, Any]]

    @property
    def active(self) -> list[int]:
        """The positions of the tabs that are marked as active."""
        return [position for position, tab in enumerate(self.tabs) if tab.get("active")]

    def changed(self, *kinds: str) -> Iterator[tuple[Pointer, dict[str, Any]]]:
        """The changes of these types with their places."""
        for position, change in enumerate(self.changes):
            if change.get("type") in kinds:
                yield (*self.pointer, "state_changes", position), change


def browser_states(request: Request) -> Iterator[BrowserState]:
    """The blocks of a request; of one that the schema did not take whole, nothing can be said."""
    for block in request.blocks_of("browser_state"):
        state = state_of(request, block.pointer, block.value)
        if state is not None:
            yield state


def state_of(request: Request, pointer: Pointer, value: dict[str, Any]) -> BrowserState | None:
    """A block at its place; None where the schema refused something in it."""
    if any(refused[: len(pointer)] == pointer for refused in request.refused):
        return None
    return BrowserState(pointer, value.get("tabs") or [], value.get("state_changes") or [])


def unprintable_texts(state: BrowserState) -> Iterator[Pointer]:
    """The texts that hold a control character, or a line or paragraph separator."""
    for name, objects in (("tabs", state.tabs), ("state_changes", state.changes)):
        for position, holder in enumerate(objects):
            for member, text in holder.items():
                if isinstance(text, str) and UNPRINTABLE.search(text):
                    yield (*state.pointer, name, position, member)
