"""Which members of a toolset a request offers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.analysis.toolsets import toolsets
from batchlint.facts import tools
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rules import all_rules

TYPES = ("browser_toolset_20260801", "computer_toolset_20260801")
FLAG = st.sampled_from([True, False, None])


def request_with(tool: dict[str, Any]) -> Request:
    return Request({"params": {"tools": [tool]}}, 0, 0, Options())


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("configs", [None, {}])
def test_without_a_word_the_usual_fields_are_offered(kind: str, configs: object) -> None:
    known = tools().types[kind]
    (toolset,) = toolsets(request_with({"type": kind, "configs": configs}))
    assert toolset.deferred == {name: False for name in known.members if name not in known.off}


@given(st.sampled_from(TYPES), st.data())
def test_what_is_enabled_and_deferred_is_what_configs_say(kind: str, data: st.DataObject) -> None:
    known = tools().types[kind]
    config = st.fixed_dictionaries({}, optional={"enabled": FLAG, "defer_loading": FLAG}) | st.none()
    configs = data.draw(st.dictionaries(st.sampled_from(known.members), config))
    request = request_with({"type": kind, "configs": configs})
    (toolset,) = toolsets(request)
    for name in known.members:
        said = configs.get(name) or {}
        enabled = said.get("enabled")
        offered = name not in known.off if enabled is None else enabled
        assert (name in toolset.deferred) is offered
        if offered:
            assert toolset.deferred[name] is bool(said.get("defer_loading"))
    rules = all_rules()
    assert bool(list(rules["toolset-without-members"].check(request))) is not bool(toolset.deferred)
    mixed = len(set(toolset.deferred.values())) > 1
    assert bool(list(rules["mixed-toolset-deferral"].check(request))) is mixed


def test_a_tool_that_is_not_a_toolset_has_no_fields() -> None:
    assert list(toolsets(request_with({"name": "computer", "input_schema": {"type": "object"}}))) == []
    refused = frozenset({("params", "tools", 0, "configs", "zoom")})
    tool = {"type": TYPES[1], "configs": {}}
    assert list(toolsets(Request({"params": {"tools": [tool]}}, 0, 0, Options(), refused=refused))) == []
