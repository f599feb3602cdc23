"""Checks of usual requests that the usual schema cannot express: order, sums, and the content of files.

Each check is given the params of a request that the usual schema takes. It returns None where they are not usual, right
or wrong, and otherwise a text that counts like the values that count: what a rule might make depend on them.
`native/src/checks.rs` does the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, Final

from batchlint.engine.dispatch import USES, free_values
from batchlint.engine.size import INDENTED
from batchlint.engine.usual_tool_use import BY_SERVER, EXCHANGING, in_order
from batchlint.facts import limits
from batchlint.sources.shallow import holds_infinity

Params = dict[str, Any]
Block = dict[str, Any]
Check = Callable[[Params], str | None]
THINKING: Final = ("thinking", "redacted_thinking")
DEEP: Final = "deep"
"""What is said of an answer whose schema has more levels than is reckoned with where only its bytes are looked at."""
COUNTED_KINDS: Final = frozenset({"tool_use", "server_tool_use", *THINKING})
"""Kinds of blocks of which it counts whether there are any."""


def turns(params: Params) -> str | None:
    """The user speaks first; where the assistant speaks last, it is a plain text that can be continued.

    The system speaks between the user and the assistant, or last.
    """
    messages = params["messages"]
    roles = [message["role"] for message in messages]
    if roles[0] != "user":
        return None
    if "system" in roles and not _are_between(roles):
        return None
    kind = "system" if "system" in roles else ""
    if roles[-1] != "assistant":
        return kind
    content = messages[-1]["content"]
    is_plain = content.__class__ is str and messages[-2]["role"] == "user" and not content[-1].isspace()
    return f"prefill {kind}" if is_plain else None


def _are_between(roles: list[str]) -> bool:
    return all(
        roles[at - 1] == "user" and roles[at + 1 : at + 2] != ["user"]
        for at, role in enumerate(roles)
        if role == "system"
    )


def exchange(params: Params) -> str | None:
    """Each use of a tool has its result, in order; where the model thinks, turns that use tools begin with that."""
    messages = params["messages"]
    if not in_order(messages):
        return None
    thinks = (params.get("thinking") or {}).get("type") not in (None, "disabled")
    found = set()
    for message in messages:
        kinds = [block["type"] for block in _blocks(message)]
        found.update(kinds)
        if thinks and "tool_use" in kinds and kinds[0] not in THINKING:
            return None
    return " ".join(sorted(found & COUNTED_KINDS))


def references(params: Params) -> str | None:
    """What searches for tools have found are tools of the request."""
    names = {tool.get("name") for tool in params.get("tools") or ()}
    for message in params["messages"]:
        for block in _blocks(message):
            found = block["content"]["tool_references"] if block["type"] == "tool_search_tool_result" else _inner(block)
            if any(each["type"] == "tool_reference" and each["tool_name"] not in names for each in found):
                return None
    return ""


def images(params: Params) -> str | None:
    """Few images, each of a known format, as large as its header says, and as it is declared."""
    from batchlint.engine.usual_images import usual_images

    return "images" if usual_images(params["messages"]) else None


def documents(params: Params) -> str | None:
    """All documents are cited from, or none is; none where the answer has a format."""
    found = {
        "cited" if (block.get("citations") or {}).get("enabled") else "not cited"
        for message in params["messages"]
        for block in _blocks(message)
        if block["type"] == "document"
    }
    if "cited" in found and ((params.get("output_config") or {}).get("format") or params.get("output_format")):
        return None
    return " ".join(found) if len(found) == 1 else None


def breakpoints(params: Params) -> str | None:
    """No more cache breakpoints than are allowed, wherever they are, and all of them for the same time."""
    found = [each["cache_control"] for each in _holders(params) if "cache_control" in each]
    lifetimes = {str(each.get("ttl")) if each.__class__ is dict else "" for each in found}
    if len(found) > limits().cache.breakpoints or len(lifetimes) > 1 or (found and "cache_control" in params):
        return None
    return " ".join(lifetimes)


def tool_names(params: Params) -> str | None:
    """Each tool has a name of its own, and a tool that must be used is among them."""
    names = [tool.get("name") for tool in params.get("tools") or ()]
    if len(set(names)) < len(names):
        return None
    chosen = (params.get("tool_choice") or {}).get("name")
    if chosen is not None and chosen not in names:
        return None
    return "tools" if names else ""


def answer_schema(params: Params) -> str | None:
    """The schema of the answer leaves few properties optional, and requires none that it does not describe.

    Beside tools it leaves none optional: the API adds up those of the answer and of strict tools.
    One that is not plain counts by its bytes, so what is said of it here does not matter.
    """
    optional = deepest = 0
    answer = ((params.get("output_config") or {}).get("format") or {}).get("schema")
    for levels, properties, required in _parts_of_schema(answer):
        if not properties.keys() >= required:
            return None
        optional += len(properties) - len(required)
        deepest = max(deepest, levels)
    most = 0 if params.get("tools") else limits().strict.optional_properties
    if optional > most:
        return None
    return "" if deepest <= INDENTED else DEEP


def thinking_budget(params: Params) -> str | None:
    """What thinking may take is less than what the whole answer may have."""
    budget = (params.get("thinking") or {}).get("budget_tokens")
    return "" if budget is None or budget < params["max_tokens"] else None


def finite_numbers(params: Params) -> str | None:
    """No number that tools are given is larger than numbers can be, such as 1e400; elsewhere the schema sees to it."""
    return None if holds_infinity(free_values(params)) else ""


COVERED: Final[Mapping[str, str]] = {
    "last:assistant": "turns",
    "role:system": "turns",
    "block:thinking": "exchange",
    **{f"block:{kind}": "exchange" for kind in BY_SERVER},
    "block:tool_reference": "references",
    "block:document": "documents",
    "carried:cache_control": "breakpoints",
}
"""Triggers that a usual request may have though their rules find nothing in it, each with the check that sees to it."""

ALWAYS: Final[frozenset[str]] = frozenset()
"""For a check that every request needs."""

CHECKS: Final[Sequence[tuple[Check, frozenset[str]]]] = (
    (turns, ALWAYS),
    (exchange, EXCHANGING),
    (references, frozenset({"tool_reference", "tool_search_tool_result"})),
    (images, frozenset({"image"})),
    (documents, frozenset({"document"})),
    (breakpoints, frozenset({"carried:cache_control"})),
    (tool_names, frozenset({"member:tools", "member:tool_choice"})),
    (answer_schema, frozenset({"output-format"})),
    (thinking_budget, frozenset({"member:thinking"})),
    (finite_numbers, USES),
)
"""The checks that the usual schema names, each with the triggers without which it has nothing to look at; the
one called `size` is a matter of the run's own limits.
"""


def _blocks(message: dict[str, Any]) -> list[Block]:
    """The content blocks of a message; none of one that is a text."""
    content = message["content"]
    return content if content.__class__ is list else []


def _inner(block: Block) -> list[Block]:
    """The content blocks inside a block."""
    content = block.get("content")
    return content if content.__class__ is list else []


def _holders(params: Params) -> Iterator[dict[str, Any]]:
    """Whatever may have a cache breakpoint: tools, blocks, and blocks inside blocks."""
    yield from params.get("tools") or ()
    system = params.get("system")
    yield from system if system.__class__ is list else ()
    for message in params["messages"]:
        for block in _blocks(message):
            yield block
            yield from _inner(block)


NO_PROPERTIES: Final[dict[str, Any]] = {}
NONE_REQUIRED: Final[frozenset[str]] = frozenset()


def _parts_of_schema(schema: Any) -> Iterator[tuple[int, dict[str, Any], Set[str]]]:
    """Of each object and list in a plain schema of an answer, how many levels there are down to what it is made of, the
    properties that are described, and the names of those that are required.

    Levels are counted from what holds the format: the format, the schema, its properties, one of them, a list in that.
    """
    waiting = [(2, schema)]
    while waiting:
        level, part = waiting.pop()
        if part.__class__ is not dict:
            continue
        properties, required = part.get("properties"), part.get("required")
        if properties.__class__ is dict:
            waiting += [(level + 2, each) for each in properties.values() if each.__class__ is dict and _holds(each)]
            yield level + 3, properties, set(map(str, required)) if required.__class__ is list else NONE_REQUIRED
        else:
            yield level + 1, NO_PROPERTIES, NONE_REQUIRED
        if "items" in part:
            waiting.append((level + 1, part["items"]))


def _holds(schema: dict[str, Any]) -> bool:
    """Whether a plain schema may hold another one."""
    return "properties" in schema or "items" in schema
