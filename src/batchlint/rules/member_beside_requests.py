"""A member beside `requests` in the body of a batch.

The body of a batch has one member, `requests`. Headers such as `betas` belong into the call that creates the batch,
not into the body.

The API presumably answers at once: `betas: Extra inputs are not permitted`.

Example:

    {"betas": ["output-300k-2026-03-24"], "requests": [...]}

Instead:

    {"requests": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("source:member-beside-requests",),
    source="API reference: create a Message Batch",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"the member `{irregularity.detail[:80]}` stands beside `requests`",
        help="remove it; beta headers go into the header anthropic-beta of the call",
        api_error=f"{irregularity.detail[:80]}: Extra inputs are not permitted",
    )
