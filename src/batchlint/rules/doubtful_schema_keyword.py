"""A keyword that structured outputs may not take.

The schema of an answer, and that of a tool with `strict: true`, is compiled, and the API refuses keywords that it does
not know for a type. This rule names those of which it is not known that they are accepted: vendor extensions
(`x-order`), relics of OpenAPI (`nullable`, `example`), keywords that do not belong to the type. `minLength` and
`maxLength` are documented as refused and were accepted whenever somebody tried in 2026; `allOf` with a `$ref` is
documented as refused.

The API may then answer, for that request only and hours later: `output_config.format.schema: For 'string' type,
property 'nullable' is not supported`.

Example:

    {"type": "string", "nullable": true}

Instead:

    {"anyOf": [{"type": "string"}, {"type": "null"}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.request_schemas import COMBINATORS, SchemaProblem, structured_problems
from batchlint.analysis.structured_output import compiled, listed, refusing_type, types_of
from batchlint.facts import json_schema
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="docs: build-with-claude/structured-outputs; live probes 2026-07-27, 2026-08-16 and 2026-09-07",
    checked="2026-11-23",
)


def check(request: Request) -> Iterable[Problem]:
    return structured_problems(request, _doubtful_keywords)


def _doubtful_keywords(schema: Any) -> Iterator[SchemaProblem]:
    for pointer, value in compiled(schema):
        for keyword in value:
            fault = None if refusing_type(keyword, value) else _doubt(keyword, value)
            if fault is not None:
                message, advice = fault
                yield SchemaProblem((*pointer, keyword), message, advice, at_key=True)


def _doubt(keyword: str, schema: dict[str, Any]) -> tuple[str, str] | None:
    """What is doubtful about a keyword, and what to do."""
    known, kinds = json_schema(), types_of(schema)
    if keyword == "allOf" and any(isinstance(part, dict) and "$ref" in part for part in listed(schema, "allOf")):
        return "`allOf` with a `$ref` is documented as refused in structured outputs", "write the `$ref` itself"
    if any(known.disputed.has(keyword, kind) for kind in kinds):
        return (
            f"`{keyword}` is documented as refused in structured outputs, and yet was accepted in 2026",
            "write it into the description, to be sure",
        )
    if keyword in ("then", "else") or _belongs_to_combinator(keyword, schema):
        return None  # What it belongs to is reported by another rule.
    accepted = any(known.accepted.has(keyword, kind) for kind in kinds) if kinds else known.accepted.somewhere(keyword)
    return None if accepted else (f"`{keyword[:60]}` is not known to be taken by structured outputs", "remove it")


def _belongs_to_combinator(keyword: str, schema: dict[str, Any]) -> bool:
    return not COMBINATORS.isdisjoint(schema) and keyword in json_schema().refused_beside_combinators
