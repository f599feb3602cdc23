"""A custom_id that an earlier request has already.

The results come back in any order and are matched by custom_id alone, so it must be unique within a batch. Two files
of one run are two batches: there it is only a warning, since results that are joined later can no longer be kept
apart.

The API answers at once, and nothing of the batch runs: `requests: custom_id's must be unique within a batch.
Duplicate custom_id found: a`.

Example:

    {"custom_id": "a", "params": {...}}
    {"custom_id": "a", "params": {...}}

Instead:

    {"custom_id": "a", "params": {...}}
    {"custom_id": "b", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("repeated-id",),
    source="live capture 2026-09-02; docs: build-with-claude/batch-processing",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.first_use is None:
        return
    if request.first_use.same_file:
        yield Problem(
            pointer=("custom_id",),
            message=f'the custom_id "{request.custom_id}" was used before in this batch',
            help="make it unique, for example with the number of the row",
            api_error=errors().text("duplicate_custom_id", custom_id=request.custom_id),
            related=(request.first_use,),
        )
    else:
        yield Problem(
            pointer=("custom_id",),
            message=f'the custom_id "{request.custom_id}" was used before in another file',
            help="make it unique over all files, or keep their results apart",
            severity="warning",
            impact="waste",
            related=(request.first_use,),
        )
