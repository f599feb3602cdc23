"""Holds an example against the schema that it is an example of, safely: both were written by a stranger.

References lead nowhere outside, patterns are matched in linear time, and where a schema unfolds into more than can be
looked at quickly, as one that refers to itself does, nothing is said.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.json_schema import Subschema, children, referred, subschemas
from batchlint.metaschema import is_valid
from batchlint.rule import Pointer

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


def first_mismatch(schema: Any, example: Any) -> Mismatch | None:
    """Where an example breaks a schema first; None where it fits, or where that cannot be told."""
    if not _fits_in_time(schema, example) or not is_valid(schema):
        return None
    import jsonschema_rs

    try:
        validator = jsonschema_rs.Draft202012Validator(
            schema,
            validate_formats=False,
            offline=True,
            pattern_options=jsonschema_rs.RegexOptions(size_limit=LARGEST_PATTERN, dfa_size_limit=LARGEST_PATTERN),
        )
        error = next(iter(validator.iter_errors(example)), None)
    except (ValueError, jsonschema_rs.ReferencingError):  # A pattern that this engine does not know, or a reference that leads nowhere.
        return None
    return None if error is None else Mismatch(tuple(error.instance_path), _reason(error.kind.name, error.kind.value))


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


def _fits_in_time(schema: Any, example: Any) -> bool:
    written = sum(1 for _ in subschemas(schema))
    most = min(MOST_WORK // _values(example), MOST_UNFOLDING * written)
    waiting = [Subschema((), schema)]
    count = 0
    while waiting and count <= most:
        subschema = waiting.pop()
        count += 1
        waiting.extend(children(subschema))
        target = referred(schema, subschema.value)
        if target is not None:
            waiting.append(target)
    return count <= most


def _values(example: Any) -> int:
    """The number of values in an example, itself counted."""
    waiting = [example]
    count = 0
    while waiting:
        value = waiting.pop()
        count += 1
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
    return count
