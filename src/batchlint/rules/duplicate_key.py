"""A key that appears twice in one object.

Readers of JSON keep one of the two, usually the last, and say nothing. What the first said is lost.

The API accepts it; which one it takes is not documented.

Example:

    {"model": "claude-opus-4-8", "max_tokens": 100, "max_tokens": 4096, "messages": [...]}

Instead:

    {"model": "claude-opus-4-8", "max_tokens": 4096, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import KeepLast, safe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("source:duplicate-key",),
    source="RFC 8259, section 4: the behaviour of readers is unpredictable",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"`{irregularity.detail[:80]}` appears twice in this object; most readers keep the last one",
        help="remove one of the two",
        fix=None if irregularity.pointer is None else safe(KeepLast(irregularity.pointer)),
    )
