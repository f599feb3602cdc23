"""Parts of a batch file that each stay under the limits: the same items in the same order, byte for byte."""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from batchlint.files.atomic import sha256_of_source
from batchlint.results.errors import Refusal
from batchlint.results.framing import FRAMINGS, Framing
from batchlint.results.manifest import SUFFIX, described, written
from batchlint.results.output_files import Draft, writing
from batchlint.results.sendable import Sendable
from batchlint.sources import Source

KIND = "split"
CHUNK = 1 << 20
NAMED = 5
"""Requests that a refusal names."""


@dataclass(frozen=True, slots=True)
class PartLimits:
    """What a part may have."""

    requests: int
    sent_bytes: int
    """Bytes of the body as it will be sent."""
    parts: int | None = None
    """How many parts there are to be, of about the same size; None: as few as the limits allow."""


def split(source: Source, limits: PartLimits, folder: Path, container: str | None) -> list[Path]:
    """Writes the parts and their manifest, and returns their paths, the manifest last.

    Raises Refusal for what cannot be split, FileTrouble and WrongFile where the parts cannot be written.
    """
    sendable = Sendable(source)
    framing = FRAMINGS[container or source.container]
    parts = planned(sendable, framing, limits)
    stem, suffix = _stem_and_suffix(source, framing)
    with writing([source]) as outputs:
        drafts = [
            outputs.draft(folder / f"{stem}-{number:05d}-of-{len(parts):05d}{suffix}")
            for number, _ in enumerate(parts, 1)
        ]
        for draft, part in zip(drafts, parts, strict=True):
            _write(draft, source, sendable, framing, part)
        manifest = outputs.draft(folder / f"{stem}{SUFFIX}")
        manifest.write_all(_manifest(source, sendable, framing, parts, drafts))
        outputs.publish(*drafts, manifest)
    return [draft.final for draft in (*drafts, manifest)]


def planned(sendable: Sendable, framing: Framing, limits: PartLimits) -> list[range]:
    """Which items go into which part; raises Refusal for a request that no part can hold, or too few parts."""
    _refuse_oversized(sendable, framing, limits)
    if limits.parts is None:
        return list(_greedy(sendable.lengths, framing, limits))
    if limits.parts > len(sendable):
        raise Refusal(f"{sendable.path}: {len(sendable):,} requests cannot be {limits.parts:,} parts")
    parts = list(_balanced(sendable.lengths, limits.parts))
    for part in parts:
        sent = framing.sent_bytes(len(part), sum(sendable.lengths[part.start : part.stop]))
        if len(part) > limits.requests or sent > limits.sent_bytes:
            needed = sum(1 for _ in _greedy(sendable.lengths, framing, limits))
            raise Refusal(
                f"{sendable.path}: {limits.parts:,} parts are too few: one would have {len(part):,} requests in "
                f"{sent:,} bytes (the limits need {needed:,} at least)"
            )
    return parts


def _greedy(lengths: Sequence[int], framing: Framing, limits: PartLimits) -> Iterator[range]:
    """Each part takes as many items as the limits allow."""
    start = item_bytes = 0
    for index, length in enumerate(lengths):
        requests = index - start + 1
        too_large = framing.sent_bytes(requests, item_bytes + length) > limits.sent_bytes
        if index > start and (requests > limits.requests or too_large):
            yield range(start, index)
            start, item_bytes = index, 0
        item_bytes += length
    yield range(start, len(lengths))


def _balanced(lengths: Sequence[int], parts: int) -> Iterator[range]:
    """So many parts of about the same bytes, none of them empty."""
    ends = array("q", itertools.accumulate(lengths))
    start = 0
    for number in range(1, parts + 1):
        stop = bisect_left(ends, ends[-1] * number // parts) + 1
        stop = min(max(stop, start + 1), len(lengths) - (parts - number))
        yield range(start, stop)
        start = stop


def _refuse_oversized(sendable: Sendable, framing: Framing, limits: PartLimits) -> None:
    largest = limits.sent_bytes - framing.sent_bytes(1, 0)
    oversized = [index for index, length in enumerate(sendable.lengths) if length > largest]
    if oversized:
        raise Refusal(
            "\n".join(
                f"{sendable.path}:{sendable.lines[index]}: request {index} (custom_id {sendable.ids[index]!r}) has "
                f"{sendable.lengths[index]:,} bytes alone: no part of {limits.sent_bytes:,} can hold it"
                for index in oversized[:NAMED]
            )
            + (f"\nand {len(oversized) - NAMED:,} more" if len(oversized) > NAMED else "")
        )


def _write(draft: Draft, source: Source, sendable: Sendable, framing: Framing, part: range) -> None:
    """Writes one part: of JSONL that stays JSONL the very bytes of the source, blank lines and all."""
    if framing.container == source.container == "jsonl":
        stop = sendable.cuts[part.stop] if part.stop < len(sendable) else source.size
        draft.write_all(_bytes_between(source, sendable.cuts[part.start] if part.start else 0, stop))
        return
    items = (source.read(sendable.offsets[index], sendable.lengths[index]) for index in part)
    framing.write(items, draft.write)
    draft.finish()


def _bytes_between(source: Source, start: int, stop: int) -> Iterator[bytes]:
    while start < stop and (data := source.read(start, min(CHUNK, stop - start))):
        yield data
        start += len(data)


def _manifest(
    source: Source, sendable: Sendable, framing: Framing, parts: Sequence[range], drafts: Sequence[Draft]
) -> Iterator[bytes]:
    head = {
        "source": {
            "path": source.path,
            "sha256": sha256_of_source(source),
            "requests": len(sendable),
            "bytes": source.size,
        },
        "parts": [
            {
                **described(draft, framing.container, len(part)),
                "sent_bytes": framing.sent_bytes(len(part), sum(sendable.lengths[part.start : part.stop])),
            }
            for part, draft in zip(parts, drafts, strict=True)
        ],
    }
    requests = (
        {"custom_id": sendable.ids[index], "part": number} for number, part in enumerate(parts, 1) for index in part
    )
    return written(KIND, head, requests)


def _stem_and_suffix(source: Source, framing: Framing) -> tuple[str, str]:
    """What the parts are called: as the source, with another suffix only where they are something else."""
    name = Path(source.path).name.removesuffix(".gz").strip("<>")
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        return name, framing.suffix
    return stem, dot + suffix if framing.container == source.container else framing.suffix
