"""Reads results files: a row on each line, a list of rows, or an object that holds the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from batchlint.sources import Irregularity, Item, Source, source_of_bytes
from batchlint.sources.spans import value_span

LONGEST = 60
"""Characters of a value that are shown."""
LISTS = ("results", "data")
"""Members under which others save the list of rows."""


class Row(NamedTuple):
    """One result as the API gives it: `{"custom_id": ..., "result": {"type": ..., ...}}`."""

    custom_id: str
    result: dict[str, Any]


def row_of(value: Any) -> Row | None:
    """The row that a decoded line is; None for anything else."""
    if isinstance(value, dict):
        custom_id, result = value.get("custom_id"), value.get("result")
        if isinstance(custom_id, str) and isinstance(result, dict):
            return Row(custom_id, result)
    return None


def what_is_wrong(value: Any) -> str:
    """Why a decoded line that looks like a row is none, as a clause; empty for what looks like something else."""
    if not isinstance(value, dict) or not {"custom_id", "result"} <= value.keys():
        return ""
    custom_id = value["custom_id"]
    if isinstance(custom_id, list):
        return (
            f'its values are inside a list ("custom_id": {_shown(custom_id)}), as a serializer writes them that boxes '
            "single values (R's jsonlite without auto_unbox = TRUE)"
        )
    if not isinstance(custom_id, str):
        return f"its custom_id is not a string, but {_shown(custom_id)}"
    return f"its result is not an object, but {_shown(value['result'])}"


def _shown(value: Any) -> str:
    import json

    text = json.dumps(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."


def lines_of(source: Source) -> Iterator[Item | Irregularity]:
    """The lines or elements of a results file, rows or not, each with its place in the file."""
    for item in source:
        name = None if isinstance(item, Irregularity) else _list_name(item.value)
        if name is None or isinstance(item, Irregularity):
            yield item
        else:
            yield from _listed(item, name)


def _list_name(value: Any) -> str | None:
    if not isinstance(value, dict) or "custom_id" in value:
        return None
    return next((name for name in LISTS if isinstance(value.get(name), list)), None)


def _listed(holder: Item, name: str) -> Iterator[Item]:
    start, end = value_span(holder.raw, (name,))
    line = holder.line + holder.raw.count(b"\n", 0, start)
    for row in source_of_bytes(holder.raw[start:end]):
        if not isinstance(row, Irregularity):
            yield row._replace(offset=holder.offset + start + row.offset, line=line + row.line - 1)
