"""What has to hold whatever a file of requests holds. Each oracle raises `Broken` and says what does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final
from unittest import mock

from batchlint.engine import Engine, engine, scanning
from batchlint.engine.native import State, state
from batchlint.engine.parallel import parts
from batchlint.engine.parallel.parts import CheckedPart, FilePart
from batchlint.engine.parallel.sharing import SharedChecks
from batchlint.finding import Finding, LocatedFinding
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from batchlint.sources.item import UNREADABLE
from batchlint.sources.progress import Progress

BLANKS: Final = b" \t\r"
NOT_JSON: Final = frozenset({"invalid-json", "truncated-json", "invalid-utf-8", "pretty-printed-values"})
"""Rules that say of a text that it is no JSON, or no line of its own."""
FORM_OF_CONTAINER: Final = frozenset(
    {"blank-line", "trailing-whitespace", "several-values-on-line", "empty-file", "wrong-job-file"}
)
"""Rules about what differs from container to container, though the requests are the same."""


class Broken(AssertionError):
    """Something that has to hold does not."""


def check(data: bytes, options: Options) -> list[tuple[Finding, LocatedFinding]]:
    """What is found in these bytes, with places, frames and fixes."""
    with source_of_bytes(data) as source:
        locator = Locator(source)
        made = Engine(options, all_rules().values())
        return [
            (finding, locator.locate(finding, with_frame=True, with_fix=True)) for finding in made.check(source, id)
        ]


def places_name_their_values(data: bytes, found: Sequence[tuple[Finding, LocatedFinding]]) -> None:
    """Each place stands inside of the file, and points at the value, or the key, that its pointer names."""
    items: dict[int, Any] = {}
    for finding, located in found:
        where = located.range
        if where is None:
            continue
        if not 0 <= where.offset <= where.end_offset <= len(data):
            raise Broken(f"{located.rule.name}: a place outside of the file: {where}")
        if where.line != data.count(b"\n", 0, where.offset) + 1:
            raise Broken(f"{located.rule.name}: line {where.line}, which it is not: {where}")
        if finding.irregularity is not None or finding.item is None or located.pointer is None:
            continue
        stretch = finding.item
        if stretch.offset not in items:
            items[stretch.offset] = _read(data[stretch.offset : stretch.offset + stretch.length])
        value = items[stretch.offset]
        if value is UNREADABLE:
            continue
        for key in located.pointer:
            try:
                value = value[key]
            except (LookupError, TypeError):
                raise Broken(f"{located.rule.name}: nothing is at {located.pointer}") from None
        shown = _read(data[where.offset : where.end_offset])
        names = (value, located.pointer[-1]) if located.pointer else (value,)
        if shown is UNREADABLE or not any(_same(shown, each) for each in names):
            raise Broken(f"{located.rule.name}: {located.pointer} is not what stands at {where}")


def json_is_taken(data: bytes, found: Sequence[LocatedFinding]) -> None:
    """What Python's json takes is read, and what it does not take fails."""
    names = {finding.rule.name for finding in found}
    if _read(data) is not UNREADABLE:  # one value, whatever container it is
        if names & NOT_JSON:
            raise Broken(f"{sorted(names & NOT_JSON)} about what Python's json takes")
        return
    lines = [line for line in data.split(b"\n") if line.strip(BLANKS)]
    values = [_read(line) for line in lines]
    if lines and all(isinstance(value, dict) and "requests" not in value for value in values):
        if names & NOT_JSON:
            raise Broken(f"{sorted(names & NOT_JSON)} about lines of which Python's json takes each")
        return
    lenient = names & {"pretty-printed-values", "several-values-on-line", "byte-order-mark", "duplicate-key"}
    if UNREADABLE in values and not lenient and not any(finding.severity == "error" for finding in found):
        raise Broken("nothing fails, though Python's json does not take it")


def containers_agree(data: bytes, options: Options) -> None:
    """The same requests have the same findings as JSONL, as a list and as the body of a request."""
    lines = [line.strip(BLANKS) for line in data.split(b"\n")]
    lines = [line for line in lines if line]
    values = [_read(line) for line in lines]
    if not lines or not all(isinstance(value, dict) and "custom_id" in value for value in values):
        return
    if not _decides_early(lines[0]):
        return
    joined = b", ".join(lines)
    files = {"JSONL": b"\n".join(lines), "list": b"[" + joined + b"]", "body": b'{"requests": [' + joined + b"]}"}
    seen = {name: [_kernel(located) for _, located in check(content, options)] for name, content in files.items()}
    for name in ("list", "body"):
        if _without_form(seen[name]) != _without_form(seen["JSONL"]):
            differing = set(map(repr, _without_form(seen[name]))) ^ set(map(repr, _without_form(seen["JSONL"])))
            raise Broken(f"as {name} other findings than as JSONL: {sorted(differing)[:4]}")


def jobs_agree(data: bytes, options: Options, piece: int) -> None:
    """Parts that are checked apart have the findings of the whole file."""
    expected = [located for _, located in check(data, options)]
    path = "<bytes>"
    with mock.patch.object(parts, "PART", piece), source_of_bytes(data, path) as source:
        checks = SharedChecks(_answers(data, path, options), Progress(wanted=False))
        locator = Locator(source)
        made = Engine(options, all_rules().values())
        shared = [
            locator.locate(each, with_frame=True, with_fix=True)
            for each in checks.check(source, made, lambda batch: None)
        ]
    _equal(shared, expected, "shared out")


def short_ways_agree(data: bytes, options: Options) -> None:
    """A large file, in which usual requests are judged once, has the findings of a small one; by the scanner too."""
    expected = [located for _, located in check(data, options)]
    for library in {False, state().library is not None}:
        used = state() if library else State(None, "not for this check")
        with (
            mock.patch.object(engine, "USUAL_FROM", 0),
            mock.patch.object(scanning, "state", return_value=used),
            mock.patch.object(scanning, "FEW", 0),
        ):
            found = [located for _, located in check(data, options)]
        _equal(found, expected, "by the scanner" if library else "the short way")


def _answers(data: bytes, path: str, options: Options) -> Iterator[tuple[FilePart, CheckedPart | None]]:
    for part in parts.parts_of(path, len(data)):
        with source_of_bytes(data, path) as source:
            yield part, parts.check_part(source, part, Engine(options, all_rules().values()))


def _equal(found: Sequence[LocatedFinding], expected: Sequence[LocatedFinding], how: str) -> None:
    if list(found) != list(expected):
        differing = [each for each in (*found, *expected) if each not in found or each not in expected]
        what = sorted({f"{each.rule.name} {each.index} {each.message}"[:200] for each in differing}) or ["the order"]
        raise Broken(f"{how}: {what[:4]}")


def _kernel(finding: LocatedFinding) -> tuple[Any, ...]:
    """What must not depend on the container."""
    return finding.rule.name, finding.severity, finding.index, finding.custom_id, finding.pointer, finding.more


def _without_form(found: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [each for each in found if each[0] not in FORM_OF_CONTAINER]


def _decides_early(line: bytes) -> bool:
    """Whether the first line is a request by its first keys, so that the file is JSONL for sure."""
    return b'"requests"' not in line


def _read(text: bytes) -> Any:
    """The value of a text as Python's json reads it; UNREADABLE where it does not, or does so more leniently."""
    try:
        return json.loads(text.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return UNREADABLE


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: of others readers make different things."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key that stands twice")
    return value


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal; 1 and 1.0, or 1 and true, are not."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
