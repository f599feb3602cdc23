"""Batch objects as the API gives them: when results go away, and how many there should be."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batchlint.results.errors import WrongFile

MAXIMUM_BYTES = 1 << 20
"""Of a file that should hold one such object."""
COUNTED = ("succeeded", "errored", "canceled", "expired")


@dataclass(frozen=True, slots=True)
class BatchObject:
    """The known facts about a batch that was sent."""

    id: str
    created_at: datetime.datetime | None
    processing_status: str
    is_archived: bool
    counts: Mapping[str, int]
    """How many requests ended how; empty where it is not said."""

    @property
    def results(self) -> int:
        """How many results there should be."""
        return sum(self.counts.get(name, 0) for name in COUNTED)

    @property
    def available_until(self) -> datetime.date | None:
        """The last day on which the results can be downloaded."""
        if self.created_at is None:
            return None
        from batchlint.facts import limits

        try:
            return (self.created_at + datetime.timedelta(days=limits().batch.results_days)).date()
        except OverflowError:
            return None

    def days_left(self, today: datetime.date) -> int | None:
        """Days on which the results can still be downloaded; negative when they are gone."""
        until = self.available_until
        return None if until is None else (until - today).days


def read_batch(path: str) -> BatchObject:
    """Reads a batch object from a file; raises OSError, and WrongFile for what holds none."""
    with Path(path).open("rb") as file:
        data = file.read(MAXIMUM_BYTES + 1)
    try:
        value = json.loads(data) if len(data) <= MAXIMUM_BYTES else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise WrongFile(
            f"{path}: this is not a batch object, the JSON that the API gives for a batch ({{'id': ..., ...}})"
        )
    counts = value.get("request_counts")
    return BatchObject(
        id=value["id"],
        created_at=_moment(value.get("created_at")),
        processing_status=str(value.get("processing_status", "")),
        is_archived=value.get("archived_at") is not None,
        counts={name: number for name, number in counts.items() if isinstance(number, int)}
        if isinstance(counts, dict)
        else {},
    )


def _moment(value: Any) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
