"""The schemas that the API compiles for structured outputs: the answer's schema, and the input of strict tools."""

from __future__ import annotations

from typing import Any

from batchlint.analysis.request_schemas import COMBINATORS
from batchlint.caching import LastSeen
from batchlint.facts import json_schema, limits
from batchlint.json_schema.walk import Subschema, in_force

THROUGH = frozenset(("properties", "items", *COMBINATORS))
"""The keywords by which one compiled schema leads to another; what is under a refused keyword is not looked at."""


def compiled(schema: Any) -> list[Subschema]:
    """The schemas that an answer has to follow, each once, without true and false."""
    return [subschema for subschema in compiled_or_trivial(schema) if isinstance(subschema.value, dict)]


compiled_or_trivial: LastSeen[Any, list[Subschema]] = LastSeen(lambda schema: list(in_force(schema, THROUGH)))
"""The schemas that an answer has to follow, each once, true and false included; many rules ask for them in turn."""


def types_of(schema: dict[str, Any]) -> list[str]:
    """The names under `type`, of one type or of a list; none where there is no `type`."""
    declared = schema.get("type")
    names = declared if isinstance(declared, list) else [declared]
    return [name for name in names if isinstance(name, str)]


def listed(schema: dict[str, Any], keyword: str) -> list[Any]:
    """The list under a keyword; an empty one where there is none."""
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def properties_of(schema: dict[str, Any]) -> dict[str, Any]:
    """The properties of an object's schema; none where there are none."""
    value = schema.get("properties")
    return value if isinstance(value, dict) else {}


def is_union(schema: Any) -> bool:
    """Whether a value may be of several types: by `anyOf`, or by a list of types."""
    return isinstance(schema, dict) and ("anyOf" in schema or len(types_of(schema)) > 1)


def refusing_type(keyword: str, schema: dict[str, Any]) -> str | None:
    """The type for which a keyword of a schema is refused; "any" where it always is, None where it is not."""
    if keyword in json_schema().refused.by_type["any"]:
        return "any"
    kinds = types_of(schema)
    if keyword == "minItems" and "array" in kinds:
        least = schema["minItems"]
        return "array" if isinstance(least, int) and least not in limits().strict.min_items else None
    if any(json_schema().accepted.has(keyword, kind) for kind in kinds):
        return None
    return next((kind for kind in kinds if json_schema().refused.has(keyword, kind)), None)
