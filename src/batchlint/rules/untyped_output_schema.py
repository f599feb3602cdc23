"""A schema for structured outputs that leaves open what the value is.

Every schema inside the schema of an answer, or of a tool with `strict: true`, has to say by `type`, `enum`, `const`,
`anyOf` or `$ref` what is meant; `{}`, `true`, or nothing but a description would be any value, and cannot be compiled.
Libraries write that for `Any`, `unknown` or `object`.

The API then answers, for that request only and hours later: `output_config.format.schema: Empty schema ({}) that
accepts any JSON value is not supported`.

Example:

    {"type": "object", "properties": {"value": {"description": "the value that was found"}}, ...}

Instead:

    {"type": "object", "properties": {"value": {"type": "string", "description": "the value that was found"}}, ...}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.request_schemas import COMBINATORS, SchemaProblem, structured_problems
from batchlint.analysis.structured_output import compiled_or_trivial
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="live captures 2026-09-07 and 2026-09-27; error texts quoted in issues",
    checked="2026-11-23",
)

SAYING = frozenset(("type", "enum", "const", "$ref", "not", *COMBINATORS))
"""Keywords that say what a value is; `not` is refused by itself, and reported by another rule."""
IMPLYING = frozenset(("properties", "required", "additionalProperties", "items", "pattern", "format"))
"""Keywords from which the type could be guessed."""


def check(request: Request) -> Iterable[Problem]:
    return structured_problems(request, _untyped)


def _untyped(schema: Any) -> Iterator[SchemaProblem]:
    for pointer, value in compiled_or_trivial(schema):
        if value is False or (isinstance(value, dict) and not SAYING.isdisjoint(value)):
            continue
        if value is True or IMPLYING.isdisjoint(value):
            what = "true" if value is True else "a schema without `type`" if value else "an empty schema"
            yield SchemaProblem(
                pointer,
                f"{what} would be any value, which structured outputs cannot have",
                "say what it is, by type, enum, anyOf or $ref",
                None if value is True else "empty_schema",
            )
        elif COMBINATORS.isdisjoint(pointer[-2:-1]):  # A branch is reported with what is next to its union.
            yield SchemaProblem(pointer, "a schema in structured outputs has no `type`", "add it", severity="warning")
