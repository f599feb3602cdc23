"""A field next to `requests` in the body of a batch.

The body of a batch has one field, `requests`. Headers such as `betas` belong into the call that creates the batch,
not into the body.

The API presumably answers at once: `betas: Extra inputs are not permitted`.

Example:

    {"betas": ["output-300k-2026-03-24"], "requests": [...]}

Instead:

    {"requests": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors, members
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("source:member-beside-requests",),
    source="API reference: create a Message Batch",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    name = irregularity.detail[:80]
    known = members().find(name, ())
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"unexpected field `{name}` next to `requests` in the body of the batch",
        help=known.instead if known is not None and known.kind == "sdk" else "remove it: the body has `requests` alone",
        api_error=errors().text("extra_input", path=name),
    )
