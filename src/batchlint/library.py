"""The calls for programs: lint a list of requests before it is sent, or a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from batchlint.config.select import lowered, selected
from batchlint.engine import Engine
from batchlint.finding import LocatedFinding
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.sources import Source, open_source, source_of_bytes, steady


def check_requests(
    requests: Iterable[Mapping[str, Any]],
    options: Options | None = None,
    *,
    ignore: Iterable[str] = (),
    warn: Iterable[str] = (),
) -> list[LocatedFinding]:
    """What is wrong with these requests, as they would be given to `client.messages.batches.create(requests=...)`.

    A finding names the request by `index` and `custom_id`, and the place by `pointer`; line and column are those of
    the requests written as line-JSON. Raises TypeError or ValueError where a request holds something that JSON cannot
    (the SDK could not send it either), and `batchlint.config.select.UnknownRule` for a rule that does not exist.
    """
    import json

    lines = (json.dumps(request, ensure_ascii=False) for request in requests)
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", errors="surrogatepass")
    with source_of_bytes(data, "<requests>") as source:
        return _check(source, options, ignore, warn)


def check_file(
    path: str | Path,
    options: Options | None = None,
    *,
    ignore: Iterable[str] = (),
    warn: Iterable[str] = (),
) -> list[LocatedFinding]:
    """What is wrong with a batch file, in the order of the file.

    Raises OSError where it cannot be read, and where it was changed while it was read.
    """
    with open_source(str(path)) as source, steady(source):
        return _check(source, options, ignore, warn)


def _check(source: Source, options: Options | None, ignore: Iterable[str], warn: Iterable[str]) -> list[LocatedFinding]:
    rules = all_rules()
    engine = Engine(options or Options(), selected(rules, ignore=ignore), lowered(rules, warn))
    locator = Locator(source)
    return [locator.locate(finding, with_frame=False, with_fix=True) for finding in engine.check(source)]
