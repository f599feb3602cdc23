"""The calls for programs: lint a list of requests before it is sent, or a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from batchlint.config.select import lowered, selected
from batchlint.engine import Engine
from batchlint.finding import LocatedFinding
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.reports.refusal import refusal_text
from batchlint.rules import all_rules
from batchlint.sources import Source, open_source, source_of_bytes, steady

R = TypeVar("R", bound=Mapping[str, Any])


def check_requests(
    requests: Iterable[Mapping[str, Any]],
    options: Options | None = None,
    *,
    ignore: Iterable[str] = (),
    warn: Iterable[str] = (),
) -> list[LocatedFinding]:
    """The problems of these requests, as they would be given to `client.messages.batches.create(requests=...)`.

    A finding names the request by `index` and `custom_id`, and the place by `pointer`; line and column are those of
    the requests written as JSONL. Objects of the SDK inside a request count as what it sends of them. Raises TypeError
    or ValueError where a request holds something that JSON cannot (the SDK could not send it either), and
    `batchlint.config.select.UnknownRule` for a rule that does not exist.
    """
    import json

    lines = (json.dumps(request, ensure_ascii=False, default=_as_sent) for request in requests)
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", errors="surrogatepass")
    with source_of_bytes(data, "<requests>") as source:
        return _check(source, options, ignore, warn)


def _as_sent(value: Any) -> Any:
    """What the SDK sends of an object of its own, such as a block of an earlier answer."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_unset=True)
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


class RequestErrors(ValueError):
    """Requests would be refused; the message shows the first findings."""

    def __init__(self, message: str, findings: list[LocatedFinding]) -> None:
        super().__init__(message)
        self.findings = findings
        """All findings that count, warnings among them where `options.strict` lets them."""


def raise_on_errors(
    requests: Iterable[R],
    options: Options | None = None,
    *,
    ignore: Iterable[str] = (),
    warn: Iterable[str] = (),
    show: int = 5,
) -> list[R]:
    """The requests as a list, if none of them would be refused; made to be around an argument of `create`.

    Raises `RequestErrors` where `check_requests` finds errors (with `Options(strict=True)`: or warnings); its message
    shows so many kinds of them, one finding of each.
    """
    listed = list(requests)
    strict = options is not None and options.strict
    found = check_requests(listed, options, ignore=ignore, warn=warn)
    failing = [finding for finding in found if strict or finding.severity == "error"]
    if failing:
        raise RequestErrors(refusal_text(failing, len(listed), show), failing)
    return listed


def check_file(
    path: str | Path,
    options: Options | None = None,
    *,
    ignore: Iterable[str] = (),
    warn: Iterable[str] = (),
) -> list[LocatedFinding]:
    """The problems of a batch file, in the order of the file.

    Raises OSError where it cannot be read, and where it was changed while it was read.
    """
    with open_source(str(path)) as source, steady(source):
        return _check(source, options, ignore, warn)


def _check(source: Source, options: Options | None, ignore: Iterable[str], warn: Iterable[str]) -> list[LocatedFinding]:
    rules = all_rules()
    engine = Engine(options or Options(), selected(rules, ignore=ignore), lowered(rules, warn))
    locator = Locator(source)
    return [locator.locate(finding, with_frame=False, with_fix=True) for finding in engine.check(source)]
