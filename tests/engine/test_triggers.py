"""Every rule's triggers are known ones, and what a usual request may trigger is covered by a check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from batchlint.engine.usual_checks import CHECKS, COVERED
from batchlint.resources import schema_text
from batchlint.rule import Rule
from batchlint.rules import all_rules
from batchlint.schema import API_VERSIONS
from batchlint.triggers import CARRIED, CARRIED_BY_TOOLS, DELIVERS, OBJECTS

REQUEST = json.loads(schema_text("batch-request-2023-06-01.schema.json"))
USUAL = json.loads(schema_text("usual-request-2023-06-01.schema.json"))
TRIGGERS = [(rule, trigger) for rule in all_rules().values() for trigger in rule.triggers]


def tags(part: Any, member: str = "type") -> Iterator[str]:
    """The values of the member `type` anywhere in a schema."""
    if isinstance(part, dict):
        of_member = part.get("properties", {}).get(member)
        if isinstance(of_member, dict):
            yield from [of_member["const"]] if "const" in of_member else of_member.get("enum", ())
        for inner in part.values():
            yield from tags(inner, member)
    elif isinstance(part, list):
        for inner in part:
            yield from tags(inner, member)


def members() -> set[str]:
    """The names that `member:` may have."""
    definitions = REQUEST["$defs"]
    names = {
        name
        for version in API_VERSIONS
        for name in json.loads(schema_text(f"batch-request-{version}.schema.json"))["$defs"]["Params"]["properties"]
    }
    inner = {
        f"{name}.{each}"
        for name in OBJECTS
        for definition in definitions.values()
        for each in definition.get("properties", {})
    }
    return names | inner


@pytest.mark.parametrize(("rule", "trigger"), TRIGGERS, ids=lambda each: each if isinstance(each, str) else each.name)
def test_the_trigger_is_a_known_one(rule: Rule, trigger: str) -> None:
    kind, colon, name = trigger.partition(":")
    assert kind + colon in DELIVERS, f"{rule.name}: no trigger is called {trigger!r}"
    known = set(tags(REQUEST))
    match kind:
        case "member":
            assert name in members()
        case "block" | "tool":
            assert name in known | {"custom"}
        case "carried":
            assert name in CARRIED_BY_TOOLS | set(CARRIED)
        case "role" | "first" | "last":
            assert name in set(tags(REQUEST, "role"))


def may_trigger(trigger: str) -> bool:
    """Whether a usual request may have this trigger by what does not count in it."""
    kind, _, name = trigger.partition(":")
    match kind:
        case "block":
            return name in set(tags(USUAL))
        case "carried":
            return name in {"cache_control"}
        case "role" | "last":
            return name == "assistant"
        case "request":
            return True
    return False


@pytest.mark.parametrize(("rule", "trigger"), TRIGGERS, ids=lambda each: each if isinstance(each, str) else each.name)
def test_what_a_usual_request_may_trigger_is_covered_by_a_check(rule: Rule, trigger: str) -> None:
    assert not may_trigger(trigger) or trigger in COVERED, (
        f"{rule.name} runs for usual requests, by {trigger!r}: make what it finds unusual (in usual.toml, or by "
        "a check in usual_checks.py), and name the check in COVERED"
    )


def test_the_checks_are_those_that_the_schema_names() -> None:
    names = [run.__name__ for run, _ in CHECKS]
    assert USUAL["x-checks"] == [*names, "size"]
    assert set(COVERED.values()) <= set(names)
