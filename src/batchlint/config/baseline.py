"""The findings that a team has accepted: by file, rule, custom_id and pointer, so that lines may move."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, TextIO

from batchlint.batch import Batch
from batchlint.config import ConfigError
from batchlint.finding import Finding, LocatedFinding, pointer_text
from batchlint.reports.tally import Tally
from batchlint.sources.reach import is_url

DEFAULT_NAME = ".batchlint-baseline.json"
LONGEST = 200
"""Characters of an id or a pointer that are kept as they are; a longer one is distinguished from others by its hash."""


class Accepted(NamedTuple):
    """What makes two findings the same one: the path is relative to the baseline's folder."""

    path: str
    rule: str
    custom_id: str | None
    pointer: str | None


class Baseline:
    """What was accepted, and how much of it has been found again."""

    def __init__(self, path: str, accepted: Mapping[Accepted, int]) -> None:
        self.path = path
        self._folder = os.path.dirname(path)
        self._accepted = accepted
        self._left = Counter(accepted)

    def unused(self) -> Baseline:
        """The same baseline, of which nothing has been found again yet."""
        return Baseline(self.path, self._accepted)

    def accepts(self, finding: Finding) -> bool:
        """Whether a finding was accepted; one more of the same kind is new."""
        key = accepted_of(finding, self._folder)
        if self._left[key] <= 0:
            return False
        self._left[key] -= 1
        return True

    def stale(self, paths: Collection[str]) -> Iterator[Accepted]:
        """What was accepted in these files and is not found there any more."""
        checked = {relative(path, self._folder) for path in paths}
        for key, count in self._left.items():
            if count > 0 and key.path in checked:
                yield key

    def outside(self, paths: Collection[str]) -> dict[Accepted, int]:
        """What was accepted in other files than these, as far as those files are still there."""
        checked = {relative(path, self._folder) for path in paths}
        return {
            key: count
            for key, count in self._left.items()
            if key.path not in checked and os.path.exists(os.path.join(self._folder, key.path))
        }


class Collector:
    """A report that writes nothing and counts what a baseline would have to accept."""

    shows_frames = False
    shows_fixes = False

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.accepted: Counter[Accepted] = Counter()

    def wants(self, finding: Finding) -> bool:
        return False

    def finding(self, finding: LocatedFinding) -> None:
        pass

    def more(self, finding: Finding) -> None:
        self.accepted[accepted_of(finding, self._folder)] += 1

    def file(self, batch: Batch) -> None:
        pass

    def close(self, tally: Tally) -> None:
        pass


def accepted_of(finding: Finding, folder: str) -> Accepted:
    """The finding as a baseline in that folder names it."""
    pointer = finding.problem.pointer if finding.index is not None else None
    return Accepted(
        relative(finding.path, folder),
        finding.rule.name,
        None if finding.custom_id is None else _kept(finding.custom_id),
        None if pointer is None else _kept(pointer_text(pointer)),
    )


def relative(path: str, folder: str) -> str:
    """A path as the baseline in that folder names it."""
    return path if is_url(path) else os.path.relpath(path, folder or ".").replace(os.sep, "/")


def read_baseline(path: str) -> Baseline:
    """The baseline that a file holds. Raises `ConfigError`."""
    try:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        accepted = {
            Accepted(name, rule, entry[0], entry[1]): entry[2] if len(entry) > 2 else 1
            for name, rules in document["accepted"].items()
            for rule, entries in rules.items()
            for entry in entries
        }
        return Baseline(path, {key: int(count) for key, count in accepted.items()})
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, OverflowError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise ConfigError(f"{path}: is not a baseline (batchlint baseline write makes one)") from None


def write_baseline(stream: TextIO, accepted: Mapping[Accepted, int]) -> None:
    """Writes a baseline with one accepted finding a line, in an order that does not change."""
    files: dict[str, dict[str, list[str]]] = {}
    for key in sorted(accepted, key=lambda each: [part or "" for part in each]):
        count = accepted[key]
        entry: list[Any] = [key.custom_id, key.pointer, *([count] if count > 1 else [])]
        files.setdefault(key.path, {}).setdefault(key.rule, []).append(json.dumps(entry))
    stream.write('{"batchlint-baseline": 1, "accepted": {')
    for number, (path, rules) in enumerate(files.items()):
        stream.write(f"{',' if number else ''}\n {json.dumps(path)}: {{")
        for position, (rule, entries) in enumerate(rules.items()):
            stream.write(f"{',' if position else ''}\n  {json.dumps(rule)}: [\n   " + ",\n   ".join(entries) + "]")
        stream.write("}")
    stream.write("}}\n")


def _kept(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    from hashlib import blake2b

    digest = blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=8).hexdigest()
    return f"{text[:LONGEST]}… {digest}"
