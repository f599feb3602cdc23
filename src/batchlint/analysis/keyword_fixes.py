"""Fixes for schema keywords that structured outputs do not take."""

from __future__ import annotations

import json

from batchlint.edits import Edit, Fix, Insert, Remove, Rename, Replace, safe, unsafe
from batchlint.json_schema.walk import Subschema

NO_PART = ("name", "strict")
"""What OpenAI writes next to a schema, and is no part of it."""


def fix_of_keyword(subschema: Subschema, keyword: str) -> Fix | None:
    """The fix for a keyword that is refused: another one that does as well, or words about it."""
    at = (*subschema.pointer, keyword)
    if keyword in NO_PART:
        return safe(Remove(at))
    if keyword == "oneOf":
        return None if "anyOf" in subschema.value else unsafe(Rename(at, "anyOf"))
    return into_description(subschema, keyword)


def into_description(subschema: Subschema, keyword: str) -> Fix | None:
    """The fix that takes a keyword out and writes what it says into the description; only for a plain value."""
    value = subschema.value[keyword]
    described = subschema.value.get("description", "")
    if isinstance(value, (dict, list)) or not isinstance(described, str):
        return None
    says = f"{keyword}: {value if isinstance(value, str) else json.dumps(value)}"
    place = (*subschema.pointer, "description")
    if described:
        add: Edit = Replace(place, f"{described}{' ' if described.endswith('.') else '; '}{says}")
    elif "description" in subschema.value:
        add = Replace(place, says)
    else:
        add = Insert(subschema.pointer, "description", says)
    return unsafe(Remove((*subschema.pointer, keyword)), add)
