"""Optional members that are null: the API takes them as absent, whatever the SDK's types say.

Recorded requests with null in optional members of every kind were accepted; only a required member may not be null.
"""

from typing import Any

from .sdk import Json


def with_null(schema: Json) -> Json:
    """The schema in which every optional member of a definition may be null."""
    definitions = {name: _definition(definition) for name, definition in schema["$defs"].items()}
    return {**schema, "$defs": definitions}


def _definition(definition: Json) -> Json:
    required = definition.get("required", [])
    properties = definition["properties"]
    return {
        **definition,
        "properties": {name: value if name in required else _nullable(value) for name, value in properties.items()},
    }


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
