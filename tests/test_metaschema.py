"""What is no JSON Schema is reported, and where; what is one is not."""

from __future__ import annotations

from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from batchlint.json_schema.metaschema import is_valid, metaschema_violations
from batchlint.json_schema.wording import advised, described

KEYWORDS = (
    *("type", "properties", "items", "required", "enum", "anyOf", "$defs", "minimum", "exclusiveMinimum", "pattern"),
    *("multipleOf", "minLength", "uniqueItems", "$ref", "$id", "$anchor", "dependencies", "prefixItems", "const"),
    *("additionalProperties", "description", "deprecated", "dependentRequired", "nullable"),
)
LEAVES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 0, -1, 2.5, "", "string", "object", "dict", "#a", "a b", []]
)
schema_like = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYWORDS), inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "type"]), inner, max_size=2)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYWORDS), schema_like, max_size=4))
def test_every_schema_that_is_refused_is_explained(schema: dict[str, Any]) -> None:
    found = list(metaschema_violations(schema))
    assert is_valid(schema) == (found == [])
    for invalidity in found:
        node: Any = schema
        for key in invalidity.pointer:
            node = node[key]
        assert node == invalidity.value
        assert "\n" not in described(invalidity)
        assert advised(invalidity)


@given(st.dictionaries(st.sampled_from(KEYWORDS), schema_like, max_size=4))
def test_the_reference_implementation_is_of_the_same_opinion(schema: dict[str, Any]) -> None:
    metaschema = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    assert metaschema.is_valid(schema) == is_valid(schema)


def test_a_deep_schema_is_explained() -> None:
    schema: dict[str, Any] = {"type": "dict"}
    for _ in range(195):
        schema = {"type": "object", "properties": {"a": schema}}
    (invalidity,) = metaschema_violations(schema)
    assert len(invalidity.pointer) == 195 * 2 + 1
