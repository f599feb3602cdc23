"""The JSON Schemas that a request brings along, of its tools and for its answer, and what rules found in them.

What is found in a list of tools is remembered for the next request that has an equal one, and what is found in a schema
for every other place where the same schema is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from batchlint.caching import ByText, Latest
from batchlint.request import Request
from batchlint.rule import Pointer, Problem, Severity

if TYPE_CHECKING:
    from batchlint.edits import Fix

COMBINATORS = frozenset(("allOf", "anyOf", "oneOf"))
"""Keywords that hold alternatives, or parts, of a schema."""


class SchemaProblem(NamedTuple):
    """A problem at a place inside a schema, wherever the schema is."""

    pointer: Pointer
    message: str
    help: str
    error: str | None = None
    """The key of what the API answers, in `errors.toml`."""
    values: dict[str, object] = {}  # noqa: RUF012 - read only
    """What is filled in there, next to the path."""
    severity: Severity | None = None
    at_key: bool = False
    fix: Fix | None = None
    """What would mend it, with pointers from the schema on."""


FindFaults = Callable[[Any], Iterable[SchemaProblem]]
Made = TypeVar("Made")


class _Content:
    """A schema, and what functions made of it."""

    __slots__ = ("_made", "value")

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value
        self._made: dict[object, Any] = {}

    def once(self, make: Callable[[Any], Made]) -> Made:
        if make not in self._made:
            self._made[make] = make(self.value)
        made: Made = self._made[make]
        return made

    def faults(self, find: FindFaults) -> tuple[SchemaProblem, ...]:
        if find not in self._made:
            self._made[find] = tuple(find(self.value))
        faults: tuple[SchemaProblem, ...] = self._made[find]
        return faults


class EmbeddedSchema:
    """A schema in its place in a request."""

    __slots__ = ("_content", "_problems", "path", "pointer", "tool")

    def __init__(self, pointer: Pointer, path: str, schema: dict[str, Any], tool: dict[str, Any] | None = None) -> None:
        self.pointer = pointer
        self.path = path
        """How the API names it."""
        self.tool = tool
        """The definition of the tool whose input it describes; None for a schema of the answer."""
        self._content = _CONTENTS(schema)
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

    def once(self, measure: Callable[[Any], Made]) -> Made:
        """What a function makes of the schema; made once."""
        return self._content.once(measure)

    def _placed(self, fault: SchemaProblem) -> Problem:
        from batchlint.facts import errors

        return Problem(
            pointer=(*self.pointer, *fault.pointer),
            message=fault.message,
            help=fault.help,
            api_error=errors().text(fault.error, path=self.path, **fault.values) if fault.error else None,
            severity=fault.severity,
            at_key=fault.at_key,
            fix=None if fault.fix is None else fault.fix.below(self.pointer),
        )


class ToolList:
    """The tools of a request, and what was found in them, by the function that looked for it."""

    __slots__ = ("_problems", "schemas", "strict_schemas", "tools")

    def __init__(self, tools: list[dict[str, Any]]) -> None:
        self.tools = tools
        custom = [(index, tool) for index, tool in enumerate(tools) if _has_schema(tool)]
        self.schemas = tuple(_of_tool(index, tool, ".input_schema") for index, tool in custom)
        """The input_schema of every tool that has one."""
        self.strict_schemas = tuple(_of_tool(index, tool, "") for index, tool in custom if tool.get("strict"))
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


def answer_schemas(request: Request) -> tuple[EmbeddedSchema, ...]:
    """The schemas that the answer has to follow: of output_config.format, and of its older name output_format."""
    return request.once(_answer_schemas)


def structured_schemas(request: Request) -> tuple[EmbeddedSchema, ...]:
    """The schemas that the API compiles for the request: of strict tools, and of the answer."""
    return (*tool_list(request).strict_schemas, *answer_schemas(request))


def counted_in_all(request: Request, count: Callable[[Any], int]) -> tuple[int, Pointer]:
    """What a function counts in all schemas for structured outputs, and the place of the one that has most of it."""
    schemas = structured_schemas(request)
    counts = [schema.once(count) for schema in schemas]
    return sum(counts), schemas[counts.index(max(counts))].pointer if counts else ()


def structured_problems(request: Request, find: FindFaults) -> Iterable[Problem]:
    """What a function finds in those schemas."""
    for schema in structured_schemas(request):
        yield from schema.problems(find)


def _tool_list(request: Request) -> ToolList:
    return _LATEST_TOOLS(request.params.get("tools") or [])


def _answer_schemas(request: Request) -> tuple[EmbeddedSchema, ...]:
    formats = {
        "output_config.format.schema": (request.params.get("output_config") or {}).get("format"),
        "output_format.schema": request.params.get("output_format"),
    }
    return tuple(
        _LATEST_ANSWERS((path, form["schema"]))
        for path, form in formats.items()
        if form and form.get("schema") is not None
    )


def _answer_schema(place: tuple[str, dict[str, Any]]) -> EmbeddedSchema:
    path, schema = place
    return EmbeddedSchema(("params", *path.split(".")), path, schema)


def _has_schema(tool: dict[str, Any]) -> bool:
    return (tool.get("type") or "custom") == "custom" and tool.get("input_schema") is not None


def _of_tool(index: int, tool: dict[str, Any], suffix: str) -> EmbeddedSchema:
    pointer = ("params", "tools", index, "input_schema")
    return EmbeddedSchema(pointer, f"tools.{index}.custom{suffix}", tool["input_schema"], tool)


_CONTENTS = ByText(_Content)
_LATEST_TOOLS = Latest(ToolList)
_LATEST_ANSWERS = Latest(_answer_schema)
