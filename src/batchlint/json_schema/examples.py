"""Holds an example against the schema that it is an example of, safely: both were written by a stranger.

References lead nowhere outside, patterns are matched in linear time, and where a schema unfolds into more than can be
looked at quickly, as one that refers to itself does, nothing is said.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.json_schema.metaschema import is_valid
from batchlint.json_schema.walk import Subschema, children, referred, subschemas
from batchlint.rule import Pointer

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

MOST_WORK = 1_000_000
"""Schemas, each counted as often as it is referred to, times values in the example."""
MOST_UNFOLDING = 20
"""How many times more schemas there may be when each is counted as often as it is referred to."""
LARGEST_PATTERN = 100_000
"""Bytes of a compiled pattern."""


class Mismatch(NamedTuple):
    """Where an example breaks its schema, and how."""

    pointer: Pointer
    """From the example on."""
    reason: str


class ExampleCheck:
    """A schema that examples are held against."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._size = _unfolded_size(schema)

    def first_mismatch(self, example: Any) -> Mismatch | None:
        """Where an example breaks the schema first; None where it fits, or where that cannot be told."""
        if self._size is None or self._size * _values(example) > MOST_WORK or self._validator is None:
            return None
        error = next(iter(self._validator.iter_errors(example)), None)
        if error is None:
            return None
        return Mismatch(tuple(error.instance_path), _reason(error.kind.name, error.kind.value))

    @functools.cached_property
    def _validator(self) -> Draft202012Validator | None:
        import jsonschema_rs

        if not is_valid(self._schema):
            return None
        try:
            return jsonschema_rs.Draft202012Validator(
                self._schema,
                validate_formats=False,
                offline=True,
                pattern_options=jsonschema_rs.RegexOptions(size_limit=LARGEST_PATTERN, dfa_size_limit=LARGEST_PATTERN),
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return None  # A pattern that this engine does not know, or a reference that leads nowhere.


def _reason(keyword: str, expected: Any) -> str:
    match keyword:
        case "required":
            return f"`{str(expected)[:60]}` is missing"
        case "additionalProperties" | "unevaluatedProperties":
            return f"`{str(expected[0])[:60]}` is not among the properties"
        case "type":
            return f"the type should be {expected if isinstance(expected, str) else ' or '.join(expected)}"
        case "enum" | "const":
            return "the value is not one of those allowed"
        case _:
            return f"it breaks `{keyword}`"


def _unfolded_size(schema: Any) -> int | None:
    """The schemas in a schema, each counted as often as it is referred to; None where that is out of proportion."""
    most = min(MOST_WORK, MOST_UNFOLDING * sum(1 for _ in subschemas(schema)))
    waiting = [Subschema((), schema)]
    count = 0
    while waiting and count <= most:
        subschema = waiting.pop()
        count += 1
        waiting.extend(children(subschema))
        target = referred(schema, subschema.value)
        if target is not None:
            waiting.append(target)
    return count if count <= most else None


def _values(example: Any) -> int:
    """The number of values in an example, itself counted."""
    waiting = [example]
    count = 0
    while waiting:
        value = waiting.pop()
        count += 1
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
    return count
