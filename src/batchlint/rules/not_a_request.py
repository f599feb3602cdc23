"""A value that is not a request, and nothing like one.

Every line of JSONL, and every element of a list, is a request: an object with `custom_id` and `params`. A string
is often a request that was encoded twice, a list often a whole batch on one line. An object without `custom_id` and
without `params`, under these or similar names, is some other file's.

The API answers at once, and nothing of the batch runs: `requests.0: Input should be an object`.

Example:

    "{\\"custom_id\\": \\"a\\", \\"params\\": {...}}"

Instead:

    {"custom_id": "a", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.json_words import described
from batchlint.facts import dialects, errors
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Foreign, Item

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("refused-item",),
    source="measured by users 2026-08-31 (objects in lists); API reference: create a Message Batch",
    checked="2026-11-23",
)


def check(item: Item) -> Iterator[Problem]:
    if isinstance(item.value, Foreign):
        return
    path = f"requests.{item.index}"
    if not isinstance(item.value, dict):
        message = f"this is {described(item.value)}, not a request"
        api_error = errors().text("not_an_object", path=path)
    elif _is_foreign(item.value):
        message = "this object is not a request: it has neither `custom_id` nor `params`"
        api_error = errors().text("field_required", path=f"{path}.custom_id")
    else:
        return
    yield Problem(pointer=(), message=message, help=_instead(item.value), api_error=api_error)


def _is_foreign(value: dict[str, Any]) -> bool:
    """Whether an object has nothing of a request, and nothing of what another rule knows by name."""
    from batchlint.spelling import meant

    names = ("custom_id", "params")
    if not value.keys().isdisjoint(names):
        return False
    return not any(meant(name, names) for name in value) and dialects().of_item(value) is None


def _instead(value: Any) -> str:
    if isinstance(value, str) and value.lstrip()[:1] == "{":
        return "it was encoded twice: write the object itself"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "write each of its elements on a line of its own"
    return 'write {"custom_id": ..., "params": {...}}'
