"""Whether a JSON Schema is one, by the metaschema of draft 2020-12, and what is wrong with it if not.

A compiled metaschema judges; the reference implementation explains, one schema at a time and without the schemas inside
it, so that neither depth nor size of what a stranger wrote is a danger. Patterns are not compiled, nothing is fetched.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.json_schema.walk import Subschema, children, subschemas
from batchlint.rule import Pointer
from batchlint.sources.shallow import shallow

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema_rs import Draft202012Validator as CompiledValidator

URI = "https://json-schema.org/draft/2020-12/schema"


class MetaschemaViolation(NamedTuple):
    """One value in a schema that the metaschema does not allow."""

    pointer: Pointer
    """From the outermost schema on."""
    keyword: str
    """The keyword of the schema that holds the value."""
    value: Any
    refused_by: str
    """The keyword of the metaschema: type, anyOf, minItems ..."""
    expected: Any
    """What that keyword asks for."""


def is_valid(schema: Any) -> bool:
    """Whether the metaschema takes a schema, and all schemas in it."""
    try:
        return compiled().is_valid(schema)
    except ValueError:  # nested too deep for the validator
        return all(compiled().is_valid(shallow(_alone(subschema))) for subschema in subschemas(schema))


def metaschema_violations(schema: Any) -> Iterator[MetaschemaViolation]:
    """What the metaschema does not allow, in the order of the text, each value and reason once."""
    for subschema in subschemas(schema):
        alone = shallow(_alone(subschema))
        if compiled().is_valid(alone):
            continue
        seen = set()
        for error in reference().iter_errors(alone):
            inside = tuple(error.absolute_path)
            if not inside or (inside, error.validator) in seen:
                continue
            seen.add((inside, error.validator))
            pointer = (*subschema.pointer, *inside)
            yield MetaschemaViolation(
                pointer, str(inside[0]), error.instance, str(error.validator), error.validator_value
            )


def _alone(subschema: Subschema) -> Any:
    """A schema with `true` for every schema that is directly in it."""
    if not isinstance(subschema.value, dict):
        return subschema.value
    alone = subschema.value.copy()
    depth = len(subschema.pointer)
    for child in children(subschema):
        keyword, *inside = child.pointer[depth:]
        if not inside:
            alone[keyword] = True
            continue
        if alone[keyword] is subschema.value[keyword]:
            alone[keyword] = alone[keyword].copy()
        alone[keyword][inside[0]] = True
    return alone


@functools.cache
def compiled() -> CompiledValidator:
    """The metaschema, compiled."""
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator({"$ref": URI}, validate_formats=False, offline=True)


@functools.cache
def reference() -> Draft202012Validator:
    """The metaschema in the reference implementation, with the vocabularies that come with it and no way to others."""
    from jsonschema import Draft202012Validator
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    return Draft202012Validator({"$ref": URI}, registry=REGISTRY)
