"""The body of a single request, without custom_id and params around it.

A request of a batch is an object of two members: `custom_id`, by which its result is found, and `params`, which holds
what a single request has as its body.

The API answers at once, and nothing of the batch runs: `requests.0.custom_id: Field required`.

Example:

    {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Item
from batchlint.views.foreign_items import foreign_item

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("refused-item",),
    source="live capture 2026-09-02; API reference: create a Message Batch",
    checked="2026-11-23",
)


def check(item: Item) -> Iterator[Problem]:
    yield from foreign_item(item, "params")
