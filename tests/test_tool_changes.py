"""What is defined at each point of a conversation that adds and removes tools."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from batchlint.analysis.tool_changes import taken_names, undefined_references
from batchlint.options import Options
from batchlint.request import Request

NAMES = ("get_weather", "get_tides", "web_search")
Step = tuple[str, str]
STEPS = st.lists(st.tuples(st.sampled_from(["define", "add", "remove"]), st.sampled_from(NAMES)), max_size=8)


def own(name: str) -> dict[str, Any]:
    return {"name": name, "input_schema": {"type": "object"}}


def request_of(defined: set[str], steps: list[Step], **params: Any) -> Request:
    blocks = []
    for step, name in steps:
        tool = {"type": "tool_definition", "definition": own(name)} if step == "define" else None
        kind = "tool_removal" if step == "remove" else "tool_addition"
        blocks.append({"type": kind, "tool": tool or {"type": "tool_reference", "name": name}})
    messages = [{"role": "user", "content": "Hi"}, *({"role": "system", "content": [block]} for block in blocks)]
    params = {"tools": [own(name) for name in sorted(defined)], "messages": messages, **params}
    return Request({"params": params}, 0, 0, Options())


@given(st.sets(st.sampled_from(NAMES)), STEPS)
def test_a_name_is_defined_from_its_definition_on(defined: set[str], steps: list[Step]) -> None:
    expected, known = [], set(defined)
    for position, (step, name) in enumerate(steps):
        if step == "define":
            known.add(name)
        elif name not in known:
            expected.append((position + 1, name))
    found = [(each.pointer[2], each.name) for each in undefined_references(request_of(defined, steps))]
    assert found == expected


@given(STEPS)
def test_where_nobody_knows_what_is_defined_nothing_is_said(steps: list[Step]) -> None:
    toolset = {"type": "browser_toolset_20260801"}
    assert list(undefined_references(request_of(set(), steps, tools=[toolset]))) == []
    assert list(undefined_references(request_of(set(), steps, tools=[{}]))) == []


@given(STEPS)
def test_a_tool_of_ones_own_takes_the_place_of_another(steps: list[Step]) -> None:
    assert list(taken_names(request_of(set(NAMES), steps))) == []


@given(STEPS)
def test_a_name_of_anthropics_is_taken_until_it_is_removed(steps: list[Step]) -> None:
    search = {"type": "web_search_20250305", "name": "web_search"}
    expected = []
    for position, (step, name) in enumerate(steps):
        if name == "web_search" and step == "remove":
            break
        if name == "web_search" and step == "define":
            expected.append(position + 1)
    found = [pointer[2] for pointer, _ in taken_names(request_of(set(), steps, tools=[search]))]
    assert found == expected
