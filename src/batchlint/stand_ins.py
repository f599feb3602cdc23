"""What is new in each request, and of which it matters only what kind it is: usual images, and ids of tool uses.

A usual image is as good as any other of its format. Ids of tool uses need only be the same where they were: a number
stands for each, behind a NUL, which stands in no JSON.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from batchlint.facts import limits
from batchlint.sources.decode import read_json

MARK: Final = b"\0"
"""How a stand-in begins."""
IMAGE_KEY: Final = b'"data":'
ANSWER_KEY: Final = b'"tool_use_id":'
IDS: Final = frozenset({"id", "tool_use_id"})
"""Members that hold ids of tool uses."""


def without_images(raw: bytes) -> tuple[bytes, bytes]:
    """The bytes of a request without the data of usual images, which is proved to be JSON; and the same with the media
    type of each image in its place.
    """
    at = raw.find(IMAGE_KEY)
    if at < 0:
        return raw, raw
    kept: list[bytes] = []
    marked: list[bytes] = []
    start = 0
    while at >= 0:
        begin = at + len(IMAGE_KEY)
        begin += raw.startswith(b" ", begin)
        end = raw.find(b'"', begin + 1)
        media_type = _usual_media_type(raw[begin : end + 1])
        if media_type is not None:
            kept.append(raw[start : begin + 1])
            marked += kept[-1], MARK, media_type.encode()
            start = end
        at = raw.find(IMAGE_KEY, max(begin, end))
    kept.append(raw[start:])
    return b"".join(kept), b"".join((*marked, kept[-1]))


def _usual_media_type(quoted: bytes) -> str | None:
    """The media type of a usual image by its data, as it stands in the file; None for anything else."""
    from batchlint.views.usual_images import usual_media_type

    try:
        data = read_json(quoted)
    except ValueError:
        return None
    return usual_media_type(data) if isinstance(data, str) else None


def with_ids_numbered(outline: bytes) -> bytes:
    """An outline with a number in place of each id in its messages, where tool uses are answered."""
    if ANSWER_KEY not in outline:
        return outline
    numbers: dict[bytes, int] = {}

    def numbered(found: re.Match[bytes]) -> bytes:
        return b"%s%s%d" % (found[1], MARK, numbers.setdefault(found[2], len(numbers)))

    start = max(outline.find(b'"messages":'), 0)
    return outline[:start] + _tool_use_id().sub(numbered, outline[start:])


@cache
def _tool_use_id() -> re.Pattern[bytes]:
    legal = limits().tool_use.id_pattern.strip("^$").encode()
    return re.compile(rb'(id":(?:(?<=[^\\]"id":)|(?<=[^\\]"tool_use_id":)) ?")(' + legal + rb')(?=")')
