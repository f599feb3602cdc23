"""Patterns mean what ECMA-262 says; where dialects disagree, nothing is said of an example."""

from __future__ import annotations

from typing import Any

import pytest

from batchlint.json_schema.ecmascript import pattern, translated
from batchlint.json_schema.example_check import ExampleCheck

FITTING = [
    (r"^\0$", "\0"), (r"^[\0]$", "\0"), (r"^[\b]$", "\b"), (r"^[a\b]$", "a"), (r"^a{,2}$", "a{,2}"), (r"^[{,2}]$", ","),
    (r"^\a$", "a"), (r"^[^]$", "\n"), (r"^\cA$", "\x01"), (r"^\/$", "/"), (r"^\W$", "\u00e9"), (r"^\s$", "\ufeff"),
    (r"^\d{2}$", "12"), (r"^\p{Lu}$", "A"), (r"^\\0$", "\\0"), (r"^\\{,2}$", "\\{,2}"), (r"^\[\]$", "[]"),
]  # fmt: skip
BREAKING = [
    (r"^\0$", "0"), (r"^[\b]$", "b"), (r"^a{,2}$", "aa"), (r"^\a$", "\x07"), (r"^[]$", "x"), (r"^\d$", "\u0663"),
    (r"^\w$", "\u00e9"), (r"^\s$", "\u180e"), (r"^.$", "\u2028"), (r"^a$", "a\n"), (r"^\p{Lu}$", "a"),
]  # fmt: skip
FOREIGN = [(r"\Aa\Z", "b"), (r"^a\z", "b"), (r"^\01$", "x"), (r"^(?<=a)b$", "x"), (r"(a)\1", "x"), (r"\<a", "b")]


@pytest.mark.parametrize(("text", "value"), FITTING)
def test_what_fits(text: str, value: str) -> None:
    assert ExampleCheck({"type": "string", "pattern": text}).first_mismatch(value) is None


@pytest.mark.parametrize(("text", "value"), BREAKING)
def test_what_does_not_fit(text: str, value: str) -> None:
    assert ExampleCheck({"type": "string", "pattern": text}).first_mismatch(value) is not None
    assert ExampleCheck({"patternProperties": {text: False}}).first_mismatch({value: 1}) is None


@pytest.mark.parametrize(("text", "value"), FOREIGN)
def test_what_dialects_disagree_on_is_not_judged(text: str, value: str) -> None:
    assert ExampleCheck({"pattern": text}).first_mismatch(value) is None


@pytest.mark.parametrize("schema", [True, {}, {"a": [1, {"pattern": "^a+$"}]}, {"const": {"pattern": r"\0"}}])
def test_a_schema_that_needs_no_translation_is_the_same_object(schema: Any) -> None:
    assert translated(schema) is schema


def test_patterns_are_translated_wherever_they_are() -> None:
    schema = {"allOf": [{"properties": {"a": {"items": {"pattern": r"\0"}}}, "patternProperties": {"[]": True}}]}
    assert translated(schema) == {
        "allOf": [{"properties": {"a": {"items": {"pattern": r"\x00"}}}, "patternProperties": {r"[^\s\S]": True}}]
    }
    assert pattern(r"^[A-Z]\b\w+$") == r"^[A-Z]\b\w+$"


def test_a_schema_of_a_dialect_of_its_own_is_not_judged() -> None:
    own = {"$schema": "https://example.com/mine", "type": "string"}
    assert ExampleCheck(own).first_mismatch(5) is None
    known = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string"}
    assert ExampleCheck(known).first_mismatch(5) is not None
