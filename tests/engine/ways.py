"""Lints the same bytes the plain way and the short one, so that tests can compare the two."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from batchlint.batch import Batch
from batchlint.engine import Engine, engine, scanning
from batchlint.engine.native import State, state
from batchlint.finding import LocatedFinding
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes

OPTIONS = Options(as_of=datetime.date(2026, 11, 23))
FIXTURES = sorted((Path(__file__).parents[1] / "rules").glob("*/*.jsonl"))
Checked = tuple[list[LocatedFinding], list[tuple[int, int]]]


@contextmanager
def short_way(used: bool = True, *, scanner: bool = False) -> Iterator[None]:
    """Makes every file, or none, one in which usual requests are judged once, with the native scanner or without."""
    library = state() if scanner else State(None, "not for this test")
    with (
        mock.patch.object(engine, "USUAL_FROM", 0 if used else 1 << 60),
        mock.patch.object(scanning, "state", return_value=library),
        mock.patch.object(scanning, "FEW", 0),
    ):
        yield


def checked(data: bytes, options: Options = OPTIONS) -> Checked:
    """The findings, and the numbers of requests and bytes."""
    counts: list[tuple[int, int]] = []

    def count(batch: Batch) -> None:
        counts.append((batch.requests, batch.item_bytes))

    with source_of_bytes(data) as source:
        locator = Locator(source)
        found = Engine(options, all_rules().values()).check(source, count)
        return [locator.locate(finding, with_frame=True) for finding in found], counts


def assert_the_same(data: bytes, options: Options = OPTIONS) -> None:
    """Fails where a short way finds anything else than the plain one, and names the rules."""
    with short_way(used=False):
        plain, counted = checked(data, options)
    for scanner in (False, True) if state().library else (False,):
        with short_way(scanner=scanner):
            short, counted_shortly = checked(data, options)
        missed = sorted({finding.rule.name for finding in plain if finding not in short})
        added = sorted({finding.rule.name for finding in short if finding not in plain})
        assert not missed, f"usual requests with equal counted values are not clean together: {missed} find something"
        assert not added, f"found in usual requests alone: {added}"
        assert short == plain
        assert counted_shortly == counted


def lines(values: list[Any], **spelling: Any) -> bytes:
    """A JSONL file of these values."""
    return b"".join(json.dumps(value, **spelling).encode("utf-8", "surrogatepass") + b"\n" for value in values)


def plain_lines(count: int) -> list[bytes]:
    """So many lines with a plain request each."""
    params = {"model": "claude-opus-4-8", "max_tokens": 10, "messages": [{"role": "user", "content": "Hello."}]}
    return [json.dumps({"custom_id": f"a-{number}", "params": params}).encode() for number in range(count)]
