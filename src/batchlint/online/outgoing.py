"""Measures the files that are to be sent, and finds out what they are sent again from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from batchlint.files.atomic import sha256_of_source
from batchlint.ledger import History
from batchlint.online.body import Body, identity_of
from batchlint.online.submission import OutgoingFile
from batchlint.results.manifest import manifest_path, objects, read_manifest
from batchlint.sources import Item, open_source


@contextmanager
def open_outgoing(path: str, parent: str | None, history: History) -> Iterator[OutgoingFile]:
    """A file, measured and open; `parent` is the batch that it is sent again from, or else its manifest says so.

    Raises OSError.
    """
    identity = identity_of(path)
    with open_source(path) as source:
        requests = item_bytes = 0
        for item in source:
            if isinstance(item, Item):
                requests += 1
                item_bytes += len(item.raw)
        sha256 = sha256_of_source(source)
        body = Body(source, requests, item_bytes, identity)
        yield OutgoingFile(path, sha256, requests, body, parent or parent_of(path, sha256, history))


def parent_of(path: str, sha256: str, history: History) -> str | None:
    """The batch whose failures a file holds, if `batchlint retry` has written it and the ledger knows that batch."""
    manifest = read_manifest(manifest_path(Path(path)))
    written = [output.get("sha256") for output in objects([manifest.get("output")])]
    if manifest.get("kind") != "retry" or written != [sha256]:
        return None
    named = manifest.get("batches")
    batches = [batch for batch in history.batches if isinstance(named, list) and batch in named]
    for results in objects(manifest.get("results")):
        batch = history.of_results(str(results.get("sha256")))
        if batch is not None:
            batches.append(batch.id)
    return max(batches, key=lambda each: history.batches[each].attempt, default=None)
