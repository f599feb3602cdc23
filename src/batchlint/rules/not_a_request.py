"""A value that is no object where a request should be.

Every line of line-JSON, and every element of a list, is a request: an object with `custom_id` and `params`. A string
is often a request that was encoded twice, a list often a whole batch on one line.

The API answers at once, and nothing of the batch runs: `requests.0: Input should be an object`.

Example:

    "{\\"custom_id\\": \\"a\\", \\"params\\": {...}}"

Instead:

    {"custom_id": "a", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Item
from batchlint.views.json_words import described

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("refused-item",),
    source="measured by users 2026-08-31 (objects in lists); API reference: create a Message Batch",
    checked="2026-11-23",
)


def check(item: Item) -> Iterator[Problem]:
    if isinstance(item.value, dict):
        return
    from batchlint.facts import errors

    yield Problem(
        pointer=(),
        message=f"this is {described(item.value)}, not a request",
        help=_instead(item.value),
        api_error=errors().text("not_an_object", path=f"requests.{item.index}"),
    )


def _instead(value: Any) -> str:
    if isinstance(value, str) and value.lstrip()[:1] == "{":
        return "it was encoded twice: write the object itself"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "write each of its elements on a line of its own"
    return 'write {"custom_id": ..., "params": {...}}'
