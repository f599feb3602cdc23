"""The body of a whole batch as one line or element among others.

`{"requests": [...]}` is what the API is sent in the end, and batchlint reads a file that holds it. As a line of
JSONL, or inside a list, it is no request: the program that sends the file wraps it once more.

The API answers at once, and nothing of the batch runs: `requests.0.custom_id: Field required`.

Example:

    {"requests": [{"custom_id": "a", "params": {...}}]}
    {"requests": [{"custom_id": "b", "params": {...}}]}

Instead:

    {"custom_id": "a", "params": {...}}
    {"custom_id": "b", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.foreign_items import foreign_item
from batchlint.edits import Unpack, safe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Item

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("refused-item",),
    source="API reference: create a Message Batch",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(item: Item) -> Iterator[Problem]:
    only_requests = isinstance(item.value, dict) and item.value.keys() == {"requests"}
    requests = item.value["requests"] if only_requests else None
    fix = safe(Unpack(("requests",))) if isinstance(requests, list) and requests else None
    for problem in foreign_item(item, "batch"):
        yield problem._replace(fix=fix)
