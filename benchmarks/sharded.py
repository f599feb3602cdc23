"""Seeded files for many processes: 40 with planted findings, and 100 with ids and hardly anything else."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.texts import text

SEED = 20261128
SHARDS, IN_A_SHARD = 40, 5_000
FINDINGS, DUPLICATES = 500, 150
ID_FILES, IDS_IN_A_FILE = 100, 100_000
"""As many as a Message Batch may have."""

Request = dict[str, Any]
Cell = tuple[int, int]
"""A file, and a request in it."""


def shards(folder: Path, scale: float = 1) -> Path:
    """A folder of 40 files of about 500 MB, with 500 findings, 150 of which are ids of earlier files; written once."""
    made = folder / f"findings-{scale:g}"
    count = int(IN_A_SHARD * scale)
    random_ = random.Random(SEED)
    texts = text(random_, 1_000_000)
    planted = _planted(random_, count)
    for shard in _missing(made, SHARDS):
        with (made / "partial").open("w", encoding="utf-8") as file:
            for number in range(count):
                start = random_.randrange(len(texts) - 2_400)
                request = _request(_id(shard, number), texts[start : start + random_.randrange(2_200, 2_400)])
                _break(request, planted.get((shard, number)))
                file.write(json.dumps(request, ensure_ascii=False) + "\n")
        (made / "partial").rename(made / f"batch-{shard:03}.jsonl")
    return made


def ids(folder: Path, scale: float = 1) -> tuple[Path, int]:
    """A folder of 100 files of short requests, and how many ids they have; the last is that of the first request."""
    made = folder / f"ids-{scale:g}"
    count = int(IDS_IN_A_FILE * scale)
    before, _, after = json.dumps(_request("@", "Hello")).partition("@")
    for shard in _missing(made, ID_FILES):
        with (made / "partial").open("w", encoding="utf-8") as file:
            names = [_id(shard, number) for number in range(count)]
            if shard == ID_FILES - 1:
                names[-1] = _id(0, 0)
            file.writelines(before + name + after + "\n" for name in names)
        (made / "partial").rename(made / f"batch-{shard:03}.jsonl")
    return made, ID_FILES * count


def _missing(folder: Path, count: int) -> Iterator[int]:
    """The files of a folder that are to be written: all, unless all are there."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.jsonl"))) < count:
        yield from range(count)


def _planted(random_: random.Random, count: int) -> dict[Cell, str | int]:
    """Which requests have a mistake: the number of one of four, or the id of a clean request of an earlier file."""
    cells = random_.sample([(shard, number) for shard in range(1, SHARDS) for number in range(count)], FINDINGS)
    found: dict[Cell, str | int] = {cell: each % 4 for each, cell in enumerate(cells)}
    taken = set(cells)
    for cell in cells[:DUPLICATES]:
        while (earlier := (random_.randrange(cell[0]), random_.randrange(count))) in taken:
            pass
        taken.add(earlier)
        found[cell] = _id(*earlier)
    return found


def _id(shard: int, number: int) -> str:
    return f"request-{shard:04}-{number:08}"


def _request(custom_id: str, question: str) -> Request:
    params = {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [{"role": "user", "content": question}]}
    return {"custom_id": custom_id, "params": params}


def _break(request: Request, mistake: str | int | None) -> None:
    params = request["params"]
    match mistake:
        case str():
            request["custom_id"] = mistake
        case 0:
            del params["max_tokens"]
        case 1:
            params["max_tokens"] = "1024"
        case 2:
            params["stream"] = True
        case 3:
            params["messages"] = []
