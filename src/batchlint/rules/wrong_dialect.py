"""A batch line of another API: OpenAI, Bedrock, Google.

Batch files of other APIs look alike and name everything differently. The whole line is to be rewritten, so nothing
else is reported for it.

The API answers at once, and nothing of the batch runs: `requests.0.params: Field required`.

Example:

    {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "gpt-5.1", "messages": [...]}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}}
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
    source="batch guides of OpenAI, Amazon Bedrock and Google (2026)",
    checked="2026-11-23",
)


def check(item: Item) -> Iterator[Problem]:
    yield from foreign_item(item, "request")
