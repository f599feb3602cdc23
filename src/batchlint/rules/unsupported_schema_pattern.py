r"""A `pattern` in a schema for structured outputs that the API cannot compile.

In the schema of an answer, or of a tool with `strict: true`, a pattern becomes part of the grammar that the answer is
written by. Anchors, character classes, groups and simple quantifiers are taken; lookahead and lookbehind, references
back to a group and word boundaries are not. (A range such as `{1,500}` can be too much as well; how much is not
documented.)

The API then answers, for that request only and hours later: `output_config.format.schema: Unsupported regex feature in
pattern field: ...`.

Example:

    {"type": "string", "pattern": "^(?!test)[a-z]+$"}

Instead:

    {"type": "string", "pattern": "^[a-z]+$", "description": "does not begin with test"}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.keyword_fixes import into_description
from batchlint.analysis.request_schemas import SchemaProblem, structured_problems
from batchlint.analysis.structured_output import compiled
from batchlint.json_schema.walk import Subschema
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="docs: build-with-claude/structured-outputs, troubleshooting-tool-use",
    checked="2026-11-23",
    fixes=("unsafe",),
)

DIGITS = tuple("123456789")
LOOKAROUND = ("(?=", "(?!", "(?<=", "(?<!")


def check(request: Request) -> Iterable[Problem]:
    return structured_problems(request, _unsupported_patterns)


def _unsupported_patterns(schema: Any) -> Iterator[SchemaProblem]:
    for pointer, value in compiled(schema):
        pattern = value.get("pattern")
        feature = _unsupported_feature(pattern) if isinstance(pattern, str) else None
        if feature is not None:
            yield SchemaProblem(
                (*pointer, "pattern"),
                f"a pattern in structured outputs cannot have {feature}",
                "write a simpler pattern, and the rest into the description",
                "unsupported_regex",
                fix=into_description(Subschema(pointer, value), "pattern"),
            )


def _unsupported_feature(pattern: str) -> str | None:
    """The first thing in a pattern that is not supported; the pattern is read, and never run."""
    at, in_class = 0, False
    while at < len(pattern):
        letter, following = pattern[at], pattern[at + 1 : at + 2]
        if letter == "\\":
            if not in_class and following in ("b", "B"):
                return f"a word boundary (\\{following})"
            if not in_class and (following in DIGITS or pattern.startswith(("k<", "k{"), at + 1)):
                return "a reference back to a group"
            at += 1
        elif in_class:
            in_class = letter != "]"
        elif letter == "[":
            in_class = True
        elif pattern.startswith(LOOKAROUND, at):
            return "lookahead or lookbehind"
        elif pattern.startswith("(?P=", at):
            return "a reference back to a group"
        at += 1
    return None
