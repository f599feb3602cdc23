"""The usual schema of an API version, compiled: whether it takes a request, and which values of one count."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.resources import schema_text

if TYPE_CHECKING:
    from batchlint.facts.platform import Platform

Json = Mapping[str, Any]
Read = Callable[[Any, list[Any], list[float]], None]
"""Adds what counts of a value to the counted values, or to the numbers."""
DEPTH = 2
"""How deep below params there may be values that count."""


class UsualSchema(NamedTuple):
    """A usual schema, ready to be used."""

    takes: Callable[[Any], bool]
    takes_plain: Callable[[Any], bool]
    """Takes those of the same requests of which no tool, and no format of the answer, counts by its bytes."""
    readers: Mapping[str, Read | None]
    """How each member of params counts; None where it does not."""
    plain_readers: Mapping[str, Read | None]
    """How each does in what `takes_plain` takes."""


def usual_document(version: str, platform: Platform | None) -> dict[str, Any]:
    """The usual schema of an API version as JSON, as a platform has it."""
    schema: dict[str, Any] = json.loads(schema_text(f"usual-request-{version}.schema.json"))
    if platform is None:
        return schema
    from batchlint.schema.platform import usual_for_platform

    return usual_for_platform(schema, platform)


def usual_schema(version: str, platform: Platform | None = None) -> UsualSchema:
    """The usual schema of an API version, as a platform has it; compiled once."""
    return _usual_schema(version, platform and platform.key)


@cache
def _usual_schema(version: str, platform: str | None) -> UsualSchema:
    from batchlint.facts import platforms

    schema = usual_document(version, None if platform is None else platforms().by_key[platform])
    takes, readers = _compiled(schema)
    takes_plain, plain_readers = _compiled(_without_choices(schema))
    return UsualSchema(takes, takes_plain, readers, plain_readers)


def _compiled(schema: dict[str, Any]) -> tuple[Callable[[Any], bool], Mapping[str, Read | None]]:
    from jsonschema_rs import validator_for

    compiler = _Compiler(schema["$defs"])
    members = schema["$defs"]["Params"]["properties"]
    readers = {name: compiler.reader(inner) for name, inner in members.items()}
    return validator_for(schema, validate_formats=False).is_valid, readers


def _without_choices(schema: Any) -> Any:
    """A copy of a part of the schema that takes what counts by its bytes, unless it is plain, only where it is."""
    if isinstance(schema, list):
        return [_without_choices(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if _is_choice(schema) and "then" not in schema:
        schema = {**{key: each for key, each in schema.items() if key not in ("if", "else")}, **schema["if"]}
    return {key: _without_choices(each) for key, each in schema.items()}


def _is_choice(schema: Json) -> bool:
    return "$ref" in schema.get("if", ())


class _Compiler:
    """Makes readers of the parts of a usual schema."""

    def __init__(self, definitions: Json) -> None:
        self._definitions = definitions

    def reader(self, schema: Json, depth: int = 0) -> Read | None:
        """What reads the counted values of what this part describes; None where nothing of it counts."""
        if schema.get("x-counts") == "bytes":
            return lambda value, counted, numbers: counted.append(value)
        if schema.get("x-counts") == "number":
            return lambda value, counted, numbers: numbers.append(value)
        if _is_choice(schema):
            return self._choice(schema, depth)
        if "$ref" in schema:
            schema = self._definitions[schema["$ref"].removeprefix("#/$defs/")]
        found = {
            name: self.reader(inner, depth + 1) for name, inner in schema.get("properties", {}).items() if depth < 2
        }
        members = {name: read for name, read in found.items() if read is not None}
        return _of_members(members) if members else None

    def _choice(self, schema: Json, depth: int) -> Read:
        from jsonschema_rs import validator_for

        condition = {**schema["if"], "$defs": self._definitions}
        is_plain = validator_for(condition, validate_formats=False).is_valid
        plain = self.reader(schema.get("then", {}), depth)
        other = self.reader(schema.get("else", {}), depth)

        def read(value: Any, counted: list[Any], numbers: list[float]) -> None:
            of_plain = is_plain(value)
            counted.append(of_plain)
            if (inner := plain if of_plain else other) is not None:
                inner(value, counted, numbers)

        return read


def _of_members(members: Mapping[str, Read]) -> Read:
    def read(value: Any, counted: list[Any], numbers: list[float]) -> None:
        for name, inner in value.items():
            if name in members:
                counted.append(name)
                members[name](inner, counted, numbers)

    return read
