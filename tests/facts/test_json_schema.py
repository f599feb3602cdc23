"""The keywords of JSON Schema are those of its metaschema, and no keyword is both accepted and refused."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

from batchlint.facts import json_schema, limits

VOCABULARIES = ("core", "applicator", "validation", "meta-data", "content", "unevaluated")
BASE = "https://json-schema.org/draft/2020-12"


def holds(definition: Any) -> str | None:
    """What a keyword's value is, as the metaschema describes it."""
    if not isinstance(definition, dict):
        return None
    if definition.get("$dynamicRef") == "#meta":
        return "schema"
    if definition.get("$ref") == "#/$defs/schemaArray":
        return "list"
    inner = definition.get("additionalProperties")
    named = isinstance(inner, dict) and "#meta" in str(inner)
    return "names" if named else None


def test_the_keywords_that_hold_schemas_are_those_of_the_metaschema() -> None:
    documents = [f"{BASE}/meta/{name}" for name in VOCABULARIES] + [f"{BASE}/schema"]
    properties = {
        keyword: kind
        for document in documents
        for keyword, definition in REGISTRY[document].contents["properties"].items()
        if (kind := holds(definition)) is not None
    }
    assert dict(json_schema().applicators) == properties


def test_the_types_are_those_of_the_metaschema() -> None:
    validation = REGISTRY[f"{BASE}/meta/validation"].contents
    assert set(json_schema().types) == set(validation["$defs"]["simpleTypes"]["enum"])
    assert set(json_schema().meant_types.values()) <= set(json_schema().types)
    assert not set(json_schema().meant_types) & set(json_schema().types)


@pytest.mark.parametrize("kind", ["object", "array", "string", "integer", "number", "boolean", "null"])
def test_no_keyword_is_in_two_lists(kind: str) -> None:
    lists = (json_schema().accepted, json_schema().refused, json_schema().disputed)
    keywords = [keyword for each in lists for name in ("any", kind) for keyword in each.by_type.get(name, ())]
    doubled = {keyword for keyword in keywords if keywords.count(keyword) > 1}
    assert doubled == set()


def test_what_is_refused_next_to_a_union_is_accepted_elsewhere_or_a_relic() -> None:
    assert json_schema().refused_beside_combinators >= {
        "type",
        "properties",
        "required",
        "additionalProperties",
        "$ref",
    }
    assert 1 in limits().strict.min_items
