"""What strangers write to harm: nothing of it may pass unjudged, take long, take much memory, or end in a traceback."""

from __future__ import annotations

import json
from typing import Any

from batchlint.engine import Engine
from batchlint.finding import LocatedFinding
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes

Json = dict[str, Any]
MESSAGES = [{"role": "user", "content": "hi"}]


def request(custom_id: str = "a", **params: Any) -> Json:
    """A request in which nothing is wrong but what `params` bring along."""
    return {
        "custom_id": custom_id,
        "params": {"model": "claude-opus-4-8", "max_tokens": 5, "messages": MESSAGES, **params},
    }


def line(item: Json) -> bytes:
    """An item as a line; `RAW` strings, `"raw:TEXT"`, are written as TEXT without their quotes."""
    import re

    return re.sub(r'"raw:([^"]*)"', r"\1", json.dumps(item)).encode()


def findings(data: bytes, options: Options | None = None) -> list[LocatedFinding]:
    """What is found in these bytes, each with its place."""
    with source_of_bytes(data) as source:
        engine, locator = Engine(options or Options(), list(all_rules().values())), Locator(source)
        return [locator.locate(finding, with_frame=True) for finding in engine.check(source)]


def names(found: list[LocatedFinding], severity: str = "error") -> set[str]:
    """The rules of that severity that found something."""
    return {finding.rule.name for finding in found if finding.severity == severity}
