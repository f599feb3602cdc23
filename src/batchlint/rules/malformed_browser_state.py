"""A `browser_state` that cannot be: what it says of tabs and downloads does not fit together.

As long as tabs are open, exactly one of them is active. Each `tab_id` stands for one tab, a tab that was opened
(`tab_opened`) is among the tabs, and a download has one change in a block at most: one that starts and ends during a
call is only reported as completed. No text in it holds control characters, line breaks among them.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "browser_state",
     "tabs": [{"tab_id": "1", "title": "Tides", "url": "https://example.com"}]}]}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "browser_state",
     "tabs": [{"tab_id": "1", "title": "Tides", "url": "https://example.com", "active": true}]}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.browser_states import BrowserState, browser_states, unprintable_texts
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:browser_state",),
    source="docs: tool-use/browser-use-tool (request errors, tabs, downloads); Python SDK",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for state in browser_states(request):
        yield from _tabs(state)
        yield from _changes(state)
        for pointer in unprintable_texts(state):
            yield Problem(
                pointer, "this text holds a control character or a line separator", "leave it out, or escape it"
            )


def _tabs(state: BrowserState) -> Iterator[Problem]:
    active = state.active
    if state.tabs and not active:
        message, advice = "no tab is active, and exactly one has to be", 'write "active": true in one of them'
        yield Problem((*state.pointer, "tabs"), message, advice)
    for position in active[1:]:
        message = f"a second active tab, after tabs.{active[0]}"
        yield Problem((*state.pointer, "tabs", position, "active"), message, 'write "active": true in one of them')
    first: dict[str, int] = {}
    for position, tab in enumerate(state.tabs):
        before = first.setdefault(tab["tab_id"], position)
        if before != position:
            message = f"the tab_id {tab['tab_id'][:40]!r} is also that of tabs.{before}"
            yield Problem((*state.pointer, "tabs", position, "tab_id"), message, "give each tab an id of its own")


def _changes(state: BrowserState) -> Iterator[Problem]:
    tabs = {tab["tab_id"] for tab in state.tabs}
    for pointer, change in state.changed("tab_opened"):
        if change["tab_id"] not in tabs:
            message = f"the tab {change['tab_id'][:40]!r} was opened, and is not among the tabs"
            yield Problem((*pointer, "tab_id"), message, "add it to `tabs`, or remove the change if it is closed again")
    downloads: set[str] = set()
    for pointer, change in state.changed("download_started", "download_completed", "download_failed"):
        if change["download_id"] in downloads:
            message = f"a second change of the download {change['download_id'][:40]!r} in one block"
            yield Problem((*pointer, "download_id"), message, "report the last one alone")
        downloads.add(change["download_id"])
