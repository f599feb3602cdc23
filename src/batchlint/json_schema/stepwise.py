"""Checks a value by a schema step by step, by the reference implementation, for so many steps and no more.

For schemas that refer to themselves, or by which one value is looked at many times over: how long the compiled
validator would take for them cannot be said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from batchlint.json_schema.walk import subschemas

STEPS = 20_000
"""Keywords that are looked at: a third of a second."""
PATTERNS = frozenset({"patternProperties", "pattern"})
"""Keywords whose patterns the reference implementation would match with backtracking."""


class TooComplexError(Exception):
    """The value cannot be held against the schema within bounds."""


class Mismatched(NamedTuple):
    """What a value breaks first."""

    path: tuple[str | int, ...]
    keyword: str
    expected: Any


def first_mismatch(schema: Any, value: Any) -> Mismatched | None:
    """What of a valid schema the value breaks first, or None. Raises `TooComplexError`, and `LookupError` for a
    reference that leads nowhere.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]
    from referencing.exceptions import Unresolvable

    if any(not PATTERNS.isdisjoint(each.value) for each in subschemas(schema) if isinstance(each.value, dict)):
        raise TooComplexError
    left = iter(range(STEPS))
    counted = {name: _counted(keyword, left) for name, keyword in Draft202012Validator.VALIDATORS.items()}
    try:
        validator = extend(Draft202012Validator, counted)(schema, registry=REGISTRY)  # type: ignore[no-untyped-call]
        error = next(iter(validator.iter_errors(value)), None)
    except RecursionError:
        raise TooComplexError from None
    except Unresolvable as unresolvable:
        raise LookupError(str(unresolvable)) from None
    return (
        None if error is None else Mismatched(tuple(error.absolute_path), str(error.validator), error.validator_value)
    )


def _counted(keyword: Callable[..., Any], left: Iterator[int]) -> Callable[..., Iterator[Any]]:
    def look(validator: Any, expected: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if next(left, None) is None:
            raise TooComplexError
        yield from keyword(validator, expected, instance, schema) or ()

    return look
