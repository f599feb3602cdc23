"""Fixes for values and fields that the schema refuses, where the schema accepts the result."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from batchlint.edits import Copied, Edit, Fix, Insert, Remove, Rename, Replace, Unquoted, safe
from batchlint.facts.member import WrongName
from batchlint.rule import Pointer
from batchlint.schema import Violation
from batchlint.schema.fitting import changed, takes, value_at, without_member

TEXTS = frozenset(("content", "text", "system", "description", "title", "context", "user_id", "stop_sequences"))
"""Members that hold texts in which a number says as much as any other word."""
LONGEST_NUMBER = 30
"""Characters of a text that may be a number."""
TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list, "object": dict}
"""Python's types of JSON values by the schema's names."""


def fix_of_member(violation: Violation, known: WrongName | None, nearest: str | None) -> Fix | None:
    """The fix for an unknown member: another name, another place, or that it goes."""
    holder, name = violation.pointer, violation.expected
    if known is None:
        return None if nearest is None else renamed(violation.item, holder, name, nearest)
    if known.rename is not None:
        return renamed(violation.item, holder, name, known.rename)
    if known.move is not None:
        return _moved(violation.item, holder, name, known.move)
    return None if known.remove is None else Fix(known.remove, (Remove((*holder, name)),))


def renamed(item: Any, holder: Pointer, old: str, new: str) -> Fix | None:
    """The fix that gives a member its right name, if that is free and the value fits, perhaps as a list or as the JSON
    that a string holds.
    """
    members = value_at(item, holder)
    if new in members:
        return None
    value, rest, pointer = members[old], without_member(members, old), (*holder, old)
    for form in _forms(value):
        if takes(changed(item, holder, rest), (*holder, new), form):
            edits: tuple[Edit, ...] = (Rename(pointer, new),)
            if form is not value:
                edits += (Replace(pointer, _as_written(form, value, pointer)),)
            return safe(*edits)
    return None


def fix_of_value(violation: Violation, known: WrongName | None, nearest: str | None) -> Fix | None:
    """The fix for a value, or a `type`, that is none of those that may be there."""
    if violation.value is None and violation.optional:
        return safe(Remove(violation.pointer))
    value = nearest if known is None else known.write
    if value is not None:
        return _replaced(violation, value)
    from batchlint.analysis.openai_shapes import translated

    return translated(violation, violation.pointer[:-1]) if known is not None else None


def fix_of_type(violation: Violation, wanted: list[str]) -> Fix | None:
    """The fix for a value of the wrong JSON type: `wanted` are those that may be there."""
    value, pointer = violation.value, violation.pointer
    if value is None and violation.optional:
        return safe(Remove(pointer))
    if pointer == ("custom_id",):
        return None  # Ids are changed by another command, which keeps the old ones.
    if pointer == ("params", "tool_choice"):
        from batchlint.analysis.openai_shapes import choice_of_word

        choice = choice_of_word(value)
        return None if choice is None else _replaced(violation, choice)
    for form in (*_forms(value)[1:], *_readings(value, pointer)):
        if type(form) in map(TYPES.get, wanted) and takes(violation.item, pointer, form):
            return safe(Replace(pointer, _as_written(form, value, pointer)))
    return None


def _replaced(violation: Violation, value: Any) -> Fix | None:
    """The fix that writes another value, if the schema takes it, and with a `type` all else of its object."""
    at = violation.pointer
    if violation.decisive:
        holder = value_at(violation.item, at[:-1])
        fits = takes(violation.item, at[:-1], {**holder, str(at[-1]): value})
    else:
        fits = takes(violation.item, at, value)
    return safe(Replace(at, value)) if fits else None


def _moved(item: Any, holder: Pointer, name: str, into: str) -> Fix | None:
    """The fix that puts a member into another one of the same object, which is made if it is not there."""
    members = value_at(item, holder)
    target, pointer = members.get(into), (*holder, name)
    if target is not None and (not isinstance(target, dict) or name in target):
        return None
    if not takes(item, (*holder, into), {**(target or {}), name: members[name]}):
        return None
    copied = Copied(pointer)
    if target is None:
        made = {name: copied}
        added: Edit = Replace((*holder, into), made) if into in members else Insert(holder, into, made)
    else:
        added = Insert((*holder, into), name, copied)
    return safe(Remove(pointer), added)


def _forms(value: Any) -> list[Any]:
    """A value as it is, and what may be meant by it."""
    forms = [value]
    if isinstance(value, (str, dict)):
        forms.append([value])
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        with contextlib.suppress(ValueError, RecursionError):
            forms.append(json.loads(value))
    return forms


def _as_written(form: Any, value: Any, pointer: Pointer) -> Any:
    """What is meant by a value, made of what is written there, as far as that is possible."""
    if not isinstance(form, (dict, list)):
        return form
    return [Copied(pointer)] if form == [value] else Unquoted(pointer)


def _readings(value: Any, pointer: Pointer) -> list[Any]:
    """What a text says as a number, true or false; and a whole number as a text, where any text may be."""
    if type(value) is int:
        return [str(value)] if not TEXTS.isdisjoint(pointer[-2:]) else []
    if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
        return []
    try:
        read = json.loads(value)
    except ValueError:
        return []
    return [read] if isinstance(read, (int, float, bool)) else []
