"""Files for runs on many processes."""

from __future__ import annotations

from tests.engine.ways import plain_lines

SHARDS = 20
BROKEN = b'{"custom_id": "a-3",\n"params": {}}\n{'
"""A file that cannot be checked in parts."""


def shards() -> dict[str, bytes]:
    """20 files, of which some share ids, and one has a list."""
    lines = plain_lines(SHARDS * 50)
    contents = [b"\n".join(lines[number * 49 : number * 49 + 51]) for number in range(SHARDS)]
    contents[3] = b"[\n" + b",\n".join([*lines[150:201], b'{"custom_id": "x", "params": {"model": 1}}']) + b"]"
    return {f"batch-{number:02}.jsonl": content for number, content in enumerate(contents)}
