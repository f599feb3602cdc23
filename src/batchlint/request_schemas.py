"""The JSON Schemas that a request brings along, of its tools and for its answer, and what rules found in them.

A program that writes a batch repeats the same tools and the same schema in every request. So what is found in a list of
tools is remembered for the next request that has an equal one, and what is found in a schema for every other place
where the same schema stands.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from batchlint.request import Request
from batchlint.rule import Pointer, Problem, Severity

LATEST = 8
"""Values that are compared with the next one: files that mix a few lists of tools are as usual as those with one."""
LARGEST_REQUEST_REMEMBERED = 1_000_000
"""Bytes; nothing of a larger request is kept, so that memory stays bounded."""
LARGEST_SCHEMA_REMEMBERED = 65_536
SCHEMAS_REMEMBERED = 1_000_000
"""Bytes of all schemas remembered; then they are forgotten, and remembered anew."""

Value = TypeVar("Value")
Made = TypeVar("Made")


class Fault(NamedTuple):
    """A problem at a place inside a schema, wherever the schema stands."""

    pointer: Pointer
    message: str
    help: str
    error: str | None = None
    """The key of what the API answers, in `errors.toml`."""
    values: dict[str, object] = {}  # noqa: RUF012 - read only
    """What is filled in there, beside the path."""
    severity: Severity | None = None
    at_key: bool = False


FindFaults = Callable[[Any], Iterable[Fault]]


class _Content:
    """A schema, and the faults found in it by function."""

    __slots__ = ("_faults", "value")

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value
        self._faults: dict[FindFaults, tuple[Fault, ...]] = {}

    def faults(self, find: FindFaults) -> tuple[Fault, ...]:
        if find not in self._faults:
            self._faults[find] = tuple(find(self.value))
        return self._faults[find]


class RequestSchema:
    """A schema in its place in a request."""

    __slots__ = ("_content", "_problems", "path", "pointer", "tool")

    def __init__(self, pointer: Pointer, path: str, content: _Content, tool: dict[str, Any] | None = None) -> None:
        self.pointer = pointer
        self.path = path
        """How the API names it."""
        self.tool = tool
        """The definition of the tool whose input it describes; None for a schema of the answer."""
        self._content = content
        self._problems: dict[FindFaults, tuple[Problem, ...]] = {}

    @property
    def value(self) -> dict[str, Any]:
        """The schema itself."""
        return self._content.value

    def problems(self, find: FindFaults) -> tuple[Problem, ...]:
        """The faults that a function finds in the schema, as problems at their places in the request; found once."""
        if find not in self._problems:
            self._problems[find] = tuple(map(self._placed, self._content.faults(find)))
        return self._problems[find]

    def _placed(self, fault: Fault) -> Problem:
        from batchlint.facts import errors

        return Problem(
            pointer=(*self.pointer, *fault.pointer),
            message=fault.message,
            help=fault.help,
            api_error=errors().text(fault.error, path=self.path, **fault.values) if fault.error else None,
            severity=fault.severity,
            at_key=fault.at_key,
        )


class ToolList:
    """The tools of a request, and what was found in them by function."""

    __slots__ = ("_problems", "schemas", "strict_schemas", "tools")

    def __init__(self, tools: list[dict[str, Any]]) -> None:
        self.tools = tools
        self.schemas = tuple(
            _of_tool(index, tool, ".input_schema") for index, tool in enumerate(tools) if _has_schema(tool)
        )
        """The input_schema of every tool that has one."""
        self.strict_schemas = tuple(
            _of_tool(index, tool, "") for index, tool in enumerate(tools) if tool.get("strict") and _has_schema(tool)
        )
        """Those of tools with `strict: true`."""
        self._problems: dict[Callable[[ToolList], Iterable[Problem]], tuple[Problem, ...]] = {}

    def problems(self, find: Callable[[ToolList], Iterable[Problem]]) -> tuple[Problem, ...]:
        """What a function finds in the tools; found once for all requests with the same tools."""
        if find not in self._problems:
            self._problems[find] = tuple(find(self))
        return self._problems[find]


def tool_list(request: Request) -> ToolList:
    """The tools of a request."""
    return request.once(_tool_list)


def structured_schemas(request: Request) -> tuple[RequestSchema, ...]:
    """The schemas that the API compiles for the request: of strict tools, and of the answer."""
    return request.once(_structured_schemas)


def _tool_list(request: Request) -> ToolList:
    tools = request.params.get("tools") or []
    return ToolList(tools) if request.size > LARGEST_REQUEST_REMEMBERED else _LATEST_TOOLS.made_of(tools)


def _structured_schemas(request: Request) -> tuple[RequestSchema, ...]:
    formats = []
    for holder, member in ((request.params.get("output_config") or {}, "format"), (request.params, "output_format")):
        schema = (holder.get(member) or {}).get("schema")
        if isinstance(schema, dict):
            place = ("output_config", "format", "schema") if member == "format" else ("output_format", "schema")
            formats.append(RequestSchema(("params", *place), ".".join(place), _content(schema)))
    return (*tool_list(request).strict_schemas, *formats)


def _has_schema(tool: dict[str, Any]) -> bool:
    return (tool.get("type") or "custom") == "custom" and isinstance(tool.get("input_schema"), dict)


def _of_tool(index: int, tool: dict[str, Any], suffix: str) -> RequestSchema:
    pointer = ("params", "tools", index, "input_schema")
    return RequestSchema(pointer, f"tools.{index}.custom{suffix}", _content(tool["input_schema"]), tool)


class _Latest(Generic[Value, Made]):
    """What was made of the latest values, for the next one that equals one of them."""

    def __init__(self, make: Callable[[Value], Made]) -> None:
        self._make = make
        self._latest: list[tuple[Value, Made]] = []

    def made_of(self, value: Value) -> Made:
        for known, made in self._latest:
            if known == value:
                return made
        made = self._make(value)
        self._latest = [(value, made), *self._latest[: LATEST - 1]]
        return made


_LATEST_TOOLS: _Latest[list[dict[str, Any]], ToolList] = _Latest(ToolList)


class _Contents:
    """Schemas by what is written in them."""

    def __init__(self) -> None:
        self._contents: dict[bytes, _Content] = {}
        self._size = 0

    def of(self, schema: dict[str, Any]) -> _Content:
        text = marshal.dumps(schema, 2)  # Version 2 writes equal values as equal bytes, and tells 1 from true.
        if len(text) > LARGEST_SCHEMA_REMEMBERED:
            return _Content(schema)
        content = self._contents.get(text)
        if content is None:
            if self._size > SCHEMAS_REMEMBERED:
                self._contents.clear()
                self._size = 0
            content = self._contents[text] = _Content(schema)
            self._size += len(text)
        return content


_CONTENTS = _Contents()


def _content(schema: dict[str, Any]) -> _Content:
    return _CONTENTS.of(schema)
