"""Checks an example by the schema that it is an example of, safely: both were written by a stranger.

References lead nowhere outside, patterns are matched in linear time, and where a schema unfolds into more than can be
looked at quickly, as one that refers to itself does, the steps are counted (`batchlint.json_schema.stepwise`).
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
UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
"""Keywords for which all that is next to them is looked at once more."""
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
        """Where an example breaks the schema first; None where it fits, or where the schema is none.

        Raises `TooComplexError`.
        """
        if self._size is None or self._size * _values(example) > MOST_WORK:
            return self._stepwise(example)
        if self._validator is None:
            return None
        error = next(iter(self._validator.iter_errors(example)), None)
        if error is None:
            return None
        return Mismatch(tuple(error.instance_path), _reason(error.kind.name, error.kind.value))

    def _stepwise(self, example: Any) -> Mismatch | None:
        from batchlint.json_schema.stepwise import first_mismatch

        if not is_valid(self._schema) or speaks_another_dialect(self._schema):
            return None
        try:
            found = first_mismatch(self._schema, example)
        except LookupError:
            return None
        return None if found is None else Mismatch(found.path, _reason(found.keyword, found.expected))

    @functools.cached_property
    def _validator(self) -> Draft202012Validator | None:
        import jsonschema_rs

        from batchlint.json_schema.ecmascript import translated

        if not is_valid(self._schema) or speaks_another_dialect(self._schema):
            return None
        try:
            return jsonschema_rs.Draft202012Validator(
                translated(self._schema),
                validate_formats=False,
                offline=True,
                pattern_options=jsonschema_rs.RegexOptions(size_limit=LARGEST_PATTERN, dfa_size_limit=LARGEST_PATTERN),
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return None  # A pattern that means other things elsewhere, or a reference that leads nowhere.


def speaks_another_dialect(schema: Any) -> bool:
    """Whether a schema names a metaschema of its own, whose keywords may mean anything."""
    named = schema.get("$schema") if isinstance(schema, dict) else None
    return isinstance(named, str) and "json-schema.org/" not in named


def _reason(keyword: str, expected: Any) -> str:
    match keyword:
        case "required":
            return "a property is missing" if isinstance(expected, list) else f"`{str(expected)[:60]}` is missing"
        case "additionalProperties" | "unevaluatedProperties":
            unknown = f"`{str(expected[0])[:60]}`" if isinstance(expected, list) and expected else "a property"
            return f"{unknown} is not among the properties"
        case "type":
            return f"the type should be {expected if isinstance(expected, str) else ' or '.join(expected)}"
        case "enum" | "const":
            return "the value is not one of those allowed"
        case _:
            return f"it breaks `{keyword}`"


def _unfolded_size(schema: Any) -> int | None:
    """How many schemas are looked at for one value, each counted as often as it is referred to, and twice inside one
    that looks for what nothing else has looked at; None where that is out of proportion, or cannot be said.
    """
    inside = [subschema.value for subschema in subschemas(schema) if isinstance(subschema.value, dict)]
    if any("$dynamicRef" in each or ("$id" in each and each is not schema) for each in inside):
        return None
    anchors = {f"#{each[name]}": each for each in inside for name in ("$anchor", "$dynamicAnchor") if name in each}
    most = min(MOST_WORK, MOST_UNFOLDING * len(inside) + 1)
    waiting: list[tuple[Any, int]] = [(schema, 1)]
    count = 0
    while waiting and count <= most:
        value, times = waiting.pop()
        count += times
        if not isinstance(value, dict):
            continue
        if not UNEVALUATED.isdisjoint(value):
            times *= 2
        waiting.extend((child.value, times) for child in children(Subschema((), value)))
        target = referred(schema, value)
        anchored = anchors.get(value["$ref"]) if isinstance(value.get("$ref"), str) else None
        if target is not None or anchored is not None:
            waiting.append((anchored if target is None else target.value, times))
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
