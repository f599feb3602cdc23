"""Puts the old ids back into results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from batchlint.fixing.style import json_bytes
from batchlint.ids.map import IdMap
from batchlint.ids.rewriting import Edit
from batchlint.results.rows import lines_of, row_of
from batchlint.sources import Irregularity, Source
from batchlint.sources.spans import value_span


@dataclass(slots=True)
class Restored:
    """The outcome of the rows."""

    rows: int = 0
    changed: int = 0
    without_old: int = 0
    """Rows of requests that had no id: they keep the new one."""
    odd: int = 0
    """Lines that are no results; they are left as they are."""


def restoring_edits(source: Source, ids: IdMap, counts: Restored) -> Iterator[Edit]:
    """The edits that restore a results file, in its order; `counts` is told of each row."""
    for line in lines_of(source):
        row = None if isinstance(line, Irregularity) else row_of(line.value)
        if row is None or isinstance(line, Irregularity):
            counts.odd += not isinstance(line, Irregularity)
            continue
        counts.rows += 1
        if row.custom_id in ids.added:
            counts.without_old += 1
        elif row.custom_id in ids.ids:
            counts.changed += 1
            start, end = value_span(line.raw, ("custom_id",))
            yield Edit(line.offset + start, end - start, json_bytes(ids.ids[row.custom_id]))
