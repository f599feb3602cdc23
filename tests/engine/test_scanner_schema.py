"""The scanner's reading of a schema is that of the validator."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import validator_for

from batchlint.resources import schema_text
from batchlint.schema import API_VERSIONS
from tests.engine.scanning import needs_scanner, of_params, scanner, verdict

pytestmark = needs_scanner
Json = dict[str, Any]
NAMES = ["a", "b", "type", "longer-name"]
TEXTS = ["", "a", "b", "ab", "é", "漢字", "😀", " ", "a\n", 'q"', "zz" * 20]
names = st.sampled_from(NAMES)
texts = st.sampled_from(TEXTS)
exact_numbers = st.sampled_from([-1, 0, 1, 2, 0.5, 1.25, 10**14])
scalars = st.one_of(st.none(), st.booleans(), exact_numbers, texts)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=8,
)
constants = st.one_of(st.none(), st.booleans(), texts)
PATTERNS = ["[!-~é]", "^[a-z]{1,2}$", "^[a-zé]*$", "^[ -~]+$", r"[\]\\\-漢-龥]", "[b-]"]
types = st.sampled_from(["object", "array", "string", "integer", "number", "boolean", "null"])


def schemas(depth: int = 0) -> st.SearchStrategy[Any]:
    """Schemas of the keywords that the usual schema is written with."""
    inner = st.deferred(lambda: schemas(depth + 1)) if depth < 3 else st.booleans()
    lists = st.lists(inner, min_size=1, max_size=3)
    count = st.integers(0, 2)
    keywords: dict[str, st.SearchStrategy[Any]] = {
        "type": st.one_of(types, st.lists(types, min_size=1, max_size=3, unique=True)),
        "const": constants,
        "properties": st.dictionaries(names, inner, max_size=3),
        "required": st.lists(names, max_size=2, unique=True),
        "additionalProperties": inner,
        "propertyNames": st.sampled_from([{"pattern": "^[a-z]{1,4}$"}, {"maxLength": 3}]),
        "minProperties": count,
        "items": inner,
        "minItems": count,
        "maxItems": count,
        "uniqueItems": st.booleans(),
        "minLength": count,
        "maxLength": count,
        "pattern": st.sampled_from(PATTERNS),
        "minimum": exact_numbers,
        "maximum": exact_numbers,
        "allOf": lists,
        "anyOf": lists,
        "$ref": st.sampled_from(["#/$defs/One", "#/$defs/Two"]),
        "x-flag": st.just("flag"),
    }
    some = st.lists(st.sampled_from(sorted(keywords)), max_size=4, unique=True)
    plain = some.flatmap(lambda chosen: st.fixed_dictionaries({name: keywords[name] for name in chosen}))
    condition = st.one_of(inner, names.flatmap(lambda name: conditions(name)))
    with_choice = st.fixed_dictionaries({"if": condition, "then": inner, "else": inner})
    enumerated = st.fixed_dictionaries({"enum": st.lists(constants, min_size=1, max_size=3)})
    return st.one_of(st.booleans(), plain, enumerated, with_choice, names.flatmap(lambda name: chains(name, inner)))


def conditions(name: str) -> st.SearchStrategy[Json]:
    """What is asked of one member."""
    value = st.one_of(
        st.fixed_dictionaries({"const": constants}),
        st.fixed_dictionaries({"enum": st.lists(constants, min_size=1, max_size=3)}),
    )
    return st.one_of(
        st.fixed_dictionaries(
            {"properties": st.fixed_dictionaries({name: value})}, optional={"required": st.just([name])}
        ),
        st.fixed_dictionaries({"required": st.just([name])}),
    )


@st.composite
def chains(draw: st.DrawFn, name: str, inner: st.SearchStrategy[Any]) -> Json:
    """Conditions on one member, one after the other."""
    links: Json = {"allOf": [draw(inner)]}
    for _ in range(draw(st.integers(1, 3))):
        links = {"if": draw(conditions(name)), "then": draw(inner), "else": links}
        links |= draw(st.sampled_from([{}, {}, {"required": [name]}]))
    return links


@given(schemas(), schemas(2), schemas(2), values, st.booleans())
def test_the_scanner_takes_what_the_validator_takes(one: Any, two: Any, root: Any, value: Any, escaped: bool) -> None:
    schema = {"properties": {"x": root}, "$defs": {"One": one, "Two": two}}
    if may_not_end(schema):
        return
    is_valid = validator_for({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}).is_valid
    answer = verdict(scanner(of_params(schema)), json.dumps({"x": value}, ensure_ascii=escaped).encode())
    if answer == "usual":
        assert is_valid({"x": value})
    elif not is_unsure(schema):
        assert not is_valid({"x": value})


def may_not_end(schema: Json) -> bool:
    """Whether a definition refers to itself at the same place, which sends validators round in circles."""
    return "$ref" in json.dumps(schema["$defs"])


def is_unsure(schema: Json) -> bool:
    """Whether the scanner may leave to others what the validator takes."""
    return "uniqueItems" in json.dumps(schema)


@pytest.mark.parametrize("number", ["1.0", "1e2", "1.5", "-0.0", "1234567890123456", "12345678901234567890"])
@pytest.mark.parametrize("schema", [{"type": "integer"}, {"if": {"type": "integer"}, "then": True, "else": True}])
def test_numbers_of_which_readers_differ_are_left(schema: Json, number: str) -> None:
    assert verdict(scanner(of_params({"properties": {"x": schema}})), b'{"x":%s}' % number.encode()) == "other"


def test_texts_are_compared_as_they_are_read() -> None:
    one = scanner(of_params({"properties": {"\u00e9": {"const": "\n\u00e9"}}, "required": ["\u00e9"]}))
    assert verdict(one, rb'{"\u00E9":"\u000a\u00e9"}') == "usual"
    assert verdict(one, '{"é":"\\né"}'.encode()) == "usual"
    assert verdict(one, rb'{"\u00E9":"n\u00e9"}') == "other"


@pytest.mark.parametrize("version", API_VERSIONS)
def test_the_usual_schemas_are_understood(version: str) -> None:
    scanner(json.loads(schema_text(f"usual-request-{version}.schema.json")))


@pytest.mark.parametrize(
    "keyword", ["oneOf", "not", "patternProperties", "dependentRequired", "contains", "multipleOf"]
)
def test_other_keywords_are_not_passed_by(keyword: str) -> None:
    with pytest.raises(ValueError, match="does not understand"):
        scanner(of_params({keyword: {}}))
