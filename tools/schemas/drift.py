"""Two schemas compared field by field, in words: `added Params.speed.enum: [...]`."""

import json
from collections.abc import Iterator
from typing import Any

from .dispatch import read_chain
from .sdk import Json

ITEM = "Item"


def drift(old: Json, new: Json) -> Iterator[str]:
    """A line for everything that `new` says otherwise than `old`; nothing where both say the same."""
    before, after = dict(_fields(old)), dict(_fields(new))
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            yield f"added   {path}: {_shown(after[path])}"
        elif path not in after:
            yield f"removed {path}: {_shown(before[path])}"
        elif before[path] != after[path]:
            yield f"changed {path}: {_change(before[path], after[path])}"


def _fields(schema: Json) -> Iterator[tuple[str, Any]]:
    """Every keyword of a schema by its path: `Params.max_tokens.minimum`, `Params.tools[].bash_20250124.$ref`."""
    yield from _keywords(ITEM, {key: value for key, value in schema.items() if key != "$defs"})
    for name, definition in schema.get("$defs", {}).items():
        yield from _keywords(name, definition)


def _keywords(path: str, schema: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(schema, dict) or not schema:
        yield path, schema
        return
    branches, beside = read_chain(schema)
    for branch in branches:
        yield from _keywords(f"{path}.{'|'.join(map(str, branch.tags))}", branch.schema)
    for key, value in beside.items():
        if key == "properties":
            for member, inner in value.items():
                yield from _keywords(f"{path}.{member}", inner)
        elif key == "items":
            yield from _keywords(f"{path}[]", value)
        else:
            yield from _keywords(f"{path}.{key}", value)


def _change(old: Any, new: Any) -> str:
    if isinstance(old, list) and isinstance(new, list):
        gone, come = [v for v in old if v not in new], [v for v in new if v not in old]
        parts = [f"without {_shown(gone)}"] * bool(gone) + [f"with {_shown(come)}"] * bool(come)
        return ", ".join(parts) or "another order"
    return f"{_shown(old)} -> {_shown(new)}"


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
