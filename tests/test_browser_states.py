"""What a browser reports fits together, or is found where it does not."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from batchlint.options import Options
from batchlint.request import Request
from batchlint.rules import all_rules

PLAIN = st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cc", "Zl", "Zp", "Cs")), max_size=8)
IDS = st.lists(PLAIN.filter(bool), unique=True, max_size=5)


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    """A `browser_state` as it should be."""
    names = draw(IDS)
    active = draw(st.integers(0, len(names) - 1)) if names else None
    tabs = [
        {"tab_id": name, "title": draw(PLAIN), "url": draw(PLAIN), "active": position == active}
        for position, name in enumerate(names)
    ]
    changes: list[dict[str, Any]] = [{"type": "tab_opened", "tab_id": name} for name in names if draw(st.booleans())]
    for name in draw(IDS):
        kind = draw(st.sampled_from(["started", "completed", "failed"]))
        changes.append({"type": f"download_{kind}", "download_id": name, "url": draw(PLAIN)})
    return {"type": "browser_state", "tabs": tabs} | ({"state_changes": changes} if changes else {})


def found(state: dict[str, Any], refused: frozenset[Any] = frozenset()) -> list[tuple[str | int, ...]]:
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": [state]}
    params = {"messages": [{"role": "user", "content": [result]}]}
    request = Request({"params": params}, 0, 0, Options(), refused=refused)
    problems = all_rules()["malformed-browser-state"].check(request)
    return [(problem.pointer or ())[6:] for problem in problems]


HERE = ("params", "messages", 0, "content", 0, "content", 0)


@given(states())
def test_what_fits_together_is_silent(state: dict[str, Any]) -> None:
    assert found(state) == []


@given(states().filter(lambda state: bool(state["tabs"])), st.data())
def test_every_tab_more_that_is_active_is_found_and_none_at_all_too(state: dict[str, Any], data: st.DataObject) -> None:
    marked = data.draw(st.lists(st.booleans(), min_size=len(state["tabs"]), max_size=len(state["tabs"])))
    for tab, mark in zip(state["tabs"], marked, strict=True):
        tab["active"] = mark
    active = [position for position, mark in enumerate(marked) if mark]
    expected = [(0, "tabs", position, "active") for position in active[1:]] if active else [(0, "tabs")]
    assert found(state) == expected


@given(states().filter(lambda state: bool(state["tabs"])), st.data())
def test_a_tab_id_that_is_used_again_is_found_where_it_is(state: dict[str, Any], data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(state["tabs"]))["tab_id"]
    state["tabs"].append({"tab_id": again, "title": "", "url": ""})
    assert found(state) == [(0, "tabs", len(state["tabs"]) - 1, "tab_id")]


@given(states(), st.sampled_from("\n\x00\x7f\x9f\u2028\u2029"), PLAIN, PLAIN)
def test_a_control_character_is_found_in_any_text(state: dict[str, Any], bad: str, before: str, after: str) -> None:
    change = {"type": "download_failed", "download_id": "a new one\x20of nine", "url": f"{before}{bad}{after}"}
    state["state_changes"] = [*state.get("state_changes", []), change]
    assert found(state) == [(0, "state_changes", len(state["state_changes"]) - 1, "url")]


@given(states())
def test_of_what_the_schema_did_not_take_nothing_is_said(state: dict[str, Any]) -> None:
    for tab in state["tabs"]:
        tab["active"] = True
    assert found(state, frozenset({(*HERE, "tabs", 0, "title")})) == []
