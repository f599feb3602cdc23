"""The result of opening, switching, closing or listing tabs that is not one `browser_state` alone.

The API writes what the model reads of `new_tab`, `switch_tab`, `close_tab` and `list_tabs` by itself, from a
`browser_state` without any text or image next to it. That of `new_tab` says which tab was opened: one `tab_opened`, of
the tab that is active. (A failed one is an error as usual, in words.)

The API then refuses the request, hours later; its text is not known.

Example: for a tool use with `"name": "new_tab", "toolset_name": "browser"`:

    {"type": "tool_result", "tool_use_id": "toolu_1", "toolset_name": "browser", "content": "opened"}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "toolset_name": "browser", "content": [{"type": "browser_state",
     "tabs": [{"tab_id": "2", "title": "", "url": "about:blank", "active": true}],
     "state_changes": [{"type": "tab_opened", "tab_id": "2"}]}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.browser_states import BROWSER, TAB_CALLS, state_of
from batchlint.analysis.pairing import answers
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="docs: tool-use/browser-use-tool (tab management results, request errors)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for use, result in answers(request):
        name = use.value.get("name")
        if use.value.get("toolset_name") != BROWSER or name not in TAB_CALLS or result.value.get("is_error"):
            continue
        content = result.value.get("content")
        kinds = [block.get("type") for block in content] if isinstance(content, list) else []
        if (*result.pointer, "content") in request.refused or None in kinds:
            continue
        if kinds != ["browser_state"]:
            yield Problem(
                pointer=result.pointer if content is None else (*result.pointer, "content"),
                message=f"the result of {name} has to be one browser_state and nothing else",
                help="write the tabs that are open after the call; what failed is an error with is_error",
            )
        elif name == "new_tab":
            yield from _opened(request, result)


def _opened(request: Request, result: Block) -> Iterator[Problem]:
    state = state_of(request, (*result.pointer, "content", 0), result.value["content"][0])
    if state is None or len(state.active) != 1:
        return  # Of the tabs themselves another rule speaks.
    active = state.tabs[state.active[0]]["tab_id"]
    if [change["tab_id"] for _, change in state.changed("tab_opened")] != [active]:
        yield Problem(
            pointer=(*state.pointer, "state_changes") if state.changes else state.pointer,
            message="the result of new_tab has to say that the active tab was opened, and no other",
            help=f'write "state_changes": [{{"type": "tab_opened", "tab_id": "{active[:40]}"}}]',
        )
