"""Whether the same failures were sent again before: there is no idempotency key, so it would be paid twice."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from batchlint.results.account import Account
from batchlint.results.manifest import manifests_in, objects
from batchlint.results.results_file import ResultsFile
from batchlint.results.rows import lines_of, row_of
from batchlint.sources import Irregularity

KIND = "retry"


class EarlierRetry(NamedTuple):
    """A retry that a manifest describes."""

    path: Path
    attempt: int
    failures: Mapping[str, str]
    """By custom_id: the digest of the failure because of which the request was sent again."""
    sources: frozenset[str]
    """The sha256 of the sources that it was made of."""
    results: frozenset[str]
    """The sha256 of the results files that it was made of."""
    output: str
    """The sha256 of the batch that it made."""


def failure_digest(account: Account, number: int) -> str:
    """A short digest by which the same failure of the same request is known again."""
    digest = hashlib.blake2b(account.requests.raw(number), digest_size=8)
    digest.update(b"\n" + account.row(number))
    return digest.hexdigest()


def earlier_retries(folders: Collection[Path]) -> list[EarlierRetry]:
    """The retries that the manifests in these folders describe."""
    return [_earlier(path, content) for path, content in manifests_in(folders, KIND)]


def retried_before(
    earlier: EarlierRetry, account: Account, chosen: Sequence[tuple[int, str]], shas: Sequence[str]
) -> list[str]:
    """The ids, of those that are chosen, that an earlier retry sent again because of just the same failure.

    `chosen` are the numbers and ids, `shas` the sha256 of each results file. The same failure in another results file
    is the same one downloaded once more, unless that file holds what came back of that very retry.
    """
    fresh = [
        sha not in earlier.results and _answers(file, earlier) for sha, file in zip(shas, account.files, strict=True)
    ]
    found = []
    for number, custom_id in chosen:
        digest = earlier.failures.get(custom_id)
        if digest is None or digest != failure_digest(account, number):
            continue
        place = account.row_place(number)
        is_new = any(fresh) if place is None else fresh[place.results]
        if not is_new:
            found.append(custom_id)
    return found


def _answers(file: ResultsFile, earlier: EarlierRetry) -> bool:
    """Whether a results file can be what came back of a retry: all its ids were sent in it."""
    rows = (row_of(line.value) for line in lines_of(file.source) if not isinstance(line, Irregularity))
    return all(row.custom_id in earlier.failures for row in rows if row is not None)


def _earlier(path: Path, content: dict[str, Any]) -> EarlierRetry:
    attempt = content.get("attempt")
    return EarlierRetry(
        path=path,
        attempt=attempt if isinstance(attempt, int) else 1,
        failures={str(each.get("custom_id")): str(each.get("failure")) for each in objects(content.get("requests"))},
        sources=frozenset(str(each.get("sha256")) for each in objects(content.get("sources"))),
        results=frozenset(str(each.get("sha256")) for each in objects(content.get("results"))),
        output=str(next(iter(objects([content.get("output")])), {}).get("sha256")),
    )
