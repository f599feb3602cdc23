"""The bundled schemas as another platform needs them: what a body must have there, and what it may not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchlint.facts.platform import Platform

Schema = Mapping[str, Any]


def for_platform(schema: Schema, platform: Platform) -> dict[str, Any]:
    """The schema of a request whose `custom_id` and `params` come from a platform's line; the schema itself is left
    as it is.
    """
    needed = [name for name in schema["required"] if name != "custom_id" or platform.id_required]
    params = _body(schema["$defs"]["Params"], platform)
    return {**schema, "required": needed, "$defs": {**schema["$defs"], "Params": params}}


def usual_for_platform(schema: Schema, platform: Platform) -> dict[str, Any]:
    """The same of the usual schema: what is special to the platform is not usual there."""
    changed = for_platform(schema, platform)
    definitions = changed["$defs"]
    for name in (*platform.missing.fields, platform.betas_field):
        definitions["Params"]["properties"].pop(name, None)
    missing = platform.missing.sources | platform.missing.blocks
    for name, definition in definitions.items():
        properties = definition.get("properties", {}) if isinstance(definition, dict) else {}
        kind = properties.get("type", {}).get("const")
        if kind in missing:
            definitions[name] = False
        elif kind == "base64":
            data = {**properties["data"], "maxLength": platform.limits.image_base64_length}
            definitions[name] = {**definition, "properties": {**properties, "data": data}}
    changed["required"] = list(schema["required"])
    return changed


def in_lines_of(schema: Schema, platform: Platform) -> dict[str, Any]:
    """A usual schema for the platform's lines as they are, with the names of the fields said (`x-item`)."""
    names = {"custom_id": platform.id, "params": platform.body}
    properties = {names[name]: inner for name, inner in schema["properties"].items()}
    required = [names[name] for name in schema["required"]]
    return {**schema, "required": required, "properties": properties, "x-item": [platform.id, platform.body]}


def _body(params: Schema, platform: Platform) -> dict[str, Any]:
    properties = {name: inner for name, inner in params["properties"].items() if name not in platform.fields}
    properties[platform.version_field] = {"type": "string", "const": platform.version_value}
    properties[platform.betas_field] = {"type": "array", "items": {"type": "string"}}
    required = [name for name in params["required"] if name not in platform.fields]
    return {**params, "required": [platform.version_field, *required], "properties": properties}
