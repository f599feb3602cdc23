"""A line of results instead of a request.

What comes back from a batch looks much like what was sent. A results file cannot be sent again: `batchlint retry`
makes a new batch of the requests that are worth it, out of the results and the file that they were sent with.

The API answers at once, and nothing of the batch runs: `requests.0.params: Field required`.

Example:

    {"custom_id": "a", "result": {"type": "succeeded", "message": {...}}}

Instead: the file that the batch was created from.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.foreign_items import foreign_item
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Item

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("refused-item",),
    source="API reference: retrieve Message Batch results; live capture 2026-09-02",
    checked="2026-11-23",
)


def check(item: Item) -> Iterator[Problem]:
    yield from foreign_item(item, "results")
