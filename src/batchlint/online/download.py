"""Downloads the results of a batch that has ended: every row once, or no file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from batchlint.files.atomic import publish
from batchlint.ledger.locking import locked
from batchlint.online.batches import KINDS, BatchState
from batchlint.online.client import is_gone, is_online_error, raise_if_not_allowed, reason, status_of
from batchlint.online.create import wait_of
from batchlint.online.partial_results import DamagedRow, PartialResults, counts_of
from batchlint.sources.progress import NOT_SHOWN, Progress

if TYPE_CHECKING:
    from anthropic import Anthropic

TRIES: Final = 6
"""Times in a row that a download may bring nothing new."""
ENDED: Final = KINDS[1:]


class NotFetched(Exception):
    """The results are not there as a whole; the message says why, and what to do."""


def download(
    client: Anthropic, batch: BatchState, path: Path, say: Callable[[str], None], progress: Progress = NOT_SHOWN
) -> Mapping[str, int]:
    """Saves the results of an ended batch and returns their counts by type.

    Raises NotFetched, NotReady for a key that is refused, OSError, and FileExistsError for a file of something else.
    What has come of an interrupted download is kept next to it, and gone on with.
    """
    expected = {kind: batch.counts[kind] for kind in ENDED if batch.counts[kind]}
    if path.exists():
        if counts_of(path) != expected:
            raise FileExistsError(17, "exists already, and is never overwritten", str(path))
        return expected
    try:
        with locked(str(path.with_name(f".{path.name}.lock")), wait=False):
            with PartialResults(path) as partial:
                progress.expect_requests(batch.requests - partial.rows)
                _fill(client, batch, partial, say, progress)
                if dict(partial.counts) != expected:
                    raise NotFetched(f"{batch.id}: {partial.path} {_difference(partial.counts, expected)}")
                partial.settle()
            publish(partial.path, path)
    except BlockingIOError:
        raise NotFetched(f"{path}: another batchlint fetch is writing it") from None
    path.with_name(f".{path.name}.lock").unlink(missing_ok=True)
    return expected


def _fill(
    client: Anthropic, batch: BatchState, partial: PartialResults, say: Callable[[str], None], progress: Progress
) -> None:
    """Reads the stream until every row has come; a stream that ends early is read again, for the rows that miss."""
    fruitless = 0
    while partial.rows < batch.requests:
        before = partial.rows
        error: Exception | None = None
        try:
            for line in _lines(client, batch.id):
                there = partial.rows
                partial.add(line)
                progress.advance(len(line), partial.rows - there)
            what = "the stream ended early"
        except DamagedRow:
            what = "the stream was cut inside a row"
        except Exception as caught:
            error, what = caught, _what(caught, batch)
        fruitless = 0 if partial.rows > before else fruitless + 1
        if partial.rows >= batch.requests:
            return
        if fruitless >= TRIES:
            partial.settle()
            raise NotFetched(
                f"{batch.id}: {partial.rows:,} of {batch.requests:,} results have come ({what}); they are kept in "
                f"{partial.path}, run the same command again"
            )
        seconds = wait_of(error or Exception(), fruitless)
        say(f"{batch.id}: {what} at {partial.rows:,} of {batch.requests:,} results; going on in {seconds:.1f} s")
        time.sleep(seconds)


def _what(error: Exception, batch: BatchState) -> str:
    """What happened, where trying again may help; raises where it does not."""
    if not is_online_error(error):
        raise error
    raise_if_not_allowed(error)
    status = status_of(error)
    if is_gone(error):
        raise NotFetched(f"{batch.id}: its results are gone ({reason(error)})") from None
    if status is not None and 400 <= status < 500 and status not in (408, 409, 429):
        raise NotFetched(f"{batch.id}: {reason(error)}") from None
    return reason(error)


def _lines(client: Anthropic, batch: str) -> Iterator[bytes]:
    """The lines of the results as they come, without their ends."""
    with client.messages.batches.with_streaming_response.results(batch) as response:
        begun: list[bytes] = []
        for chunk in response.iter_bytes():
            first, *lines = chunk.split(b"\n")
            begun.append(first)
            if lines:
                yield from filter(None, (b"".join(begun), *lines[:-1]))
                begun = [lines[-1]]
        rest = b"".join(begun)
        if rest.strip():
            yield rest


def _difference(there: Mapping[str, int], expected: Mapping[str, int]) -> str:
    def told(counts: Mapping[str, int]) -> str:
        return ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items())) or "nothing"

    return f"holds {told(there)}, but the API counted {told(expected)}; move it away and run the same command again"
