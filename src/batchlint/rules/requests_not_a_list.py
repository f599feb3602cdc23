"""`requests` that is not a list.

The body of a batch is an object whose field `requests` is a list of requests.

The API answers at once, and nothing of the batch runs: `requests: Input should be a valid array`.

Example:

    {"requests": {"custom_id": "a", "params": {...}}}

Instead:

    {"requests": [{"custom_id": "a", "params": {...}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("source:requests-not-a-list",),
    source="API reference: create a Message Batch",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"`requests` should be a list, not {irregularity.detail}",
        help="write a list of requests: [{...}]",
        api_error=errors().text("not_a_list", path="requests"),
    )
