"""Optional members that are null: the API takes most of them as absent, whatever the SDK's types say.

Recorded requests with null in optional members of every kind were accepted; a required member may not be null, nor
those that the overlay calls refused.
"""

from collections.abc import Set
from typing import Any

from .sdk import Json


def with_null(schema: Json, refused: Set[tuple[str, str]]) -> Json:
    """The schema in which every optional member of a definition may be null, but those (definition, member) names."""
    definitions = {}
    for name, definition in schema["$defs"].items():
        required = {*definition.get("required", []), *(member for holder, member in refused if holder == name)}
        definitions[name] = _definition(definition, required)
    return {**schema, "$defs": definitions}


def _definition(definition: Json, never_null: Set[str]) -> Json:
    properties = {
        name: value if name in never_null else _nullable(value) for name, value in definition["properties"].items()
    }
    return {**definition, "properties": properties}


def _nullable(place: Json) -> Json:
    if "const" in place:
        return {**{key: value for key, value in place.items() if key != "const"}, "enum": [place["const"], None]}
    if "enum" in place:
        values: list[Any] = place["enum"]
        return place if None in values else {**place, "enum": [*values, None]}
    if "type" not in place:
        return place
    types = place["type"] if isinstance(place["type"], list) else [place["type"]]
    return place if "null" in types else {**place, "type": [*types, "null"]}
