"""Outlines: the bytes of a request without its texts, by which requests are told that a program wrote alike.

Two readable requests with one outline have the same members in the same order, and the same values but for what they
say under `LEFT_OUT`, where neither says nothing, and for what something else stands in for (`batchlint.stand_ins`). So
what does not hang on these is judged once for all of them (`batchlint.recogniser`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from batchlint.request import NESTING_BLOCKS
from batchlint.stand_ins import IDS, MARK, with_ids_numbered

LEFT_OUT: Final = frozenset({"text", "content", "system", "custom_id"})
"""Members whose value is left out where it is a string that says something. The schema asks nothing else of them."""

NAMES: Final = LEFT_OUT | IDS | {"data"}
"""The members that may be left out."""
STOOD_FOR: Final = IDS | {"image"}
"""Those for which something stands in the outline."""
SAID_AS: Final = {"text": "text", "tool_use": "id", "tool_result": "tool_use_id", "redacted_thinking": "data"}
"""Types of content block, and the member of theirs that may be left out."""

_blank = rb"\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80"
"""The white space beyond ASCII, of which a text may consist that says nothing."""
_first = rb'[!#-\[\]-~]|\\"|(?!' + _blank + rb")[\x80-\xff]"
"""A character that says something, behind which it does not matter what comes."""
_text = rb"(?: |\\[nrt])*+(?:" + _first + rb')[^"]*+(?:(?<=[^\\]\\)"[^"]*+)*+(?<!\\)'
"""A text up to the quote that ends it. A quote behind one backslash is part of it; where several stand before a quote,
nothing is matched, and the text stays in the outline."""
_key = b"|".join(rb'(?<=[^\\]"%s":)' % name.encode() for name in sorted(LEFT_OUT, reverse=True))
TEXT: Final = re.compile(rb":(?:" + _key + rb') ?"' + _text)
"""What is left out: from the colon to the quote that ends the text."""
_gap = re.compile(rb'(?<=[^\\]")(%s)""' % b"|".join(name.encode() for name in sorted(LEFT_OUT)))
"""A member whose text was left out, as it stands in an outline."""
_model = re.compile(rb'"model": ?"[^"]*+"')


def outline_of(raw: bytes) -> bytes:
    """The outline of a request's bytes; of what `without_images` makes of them, where there may be images."""
    return with_ids_numbered(TEXT.sub(b"", raw))


def can_be_matched(outline: bytes) -> bool:
    """Whether `pattern_of` may be given this outline: there are no stand-ins in it, and an id was left out.

    An id that says nothing, or begins with an escape, stays in the outline.
    """
    return MARK not in outline and any(gap[1] == b"custom_id" for gap in _gap.finditer(outline))


def pattern_of(outlines: Iterable[bytes], custom_id: str) -> bytes:
    """The pattern of the requests that have one of these outlines, and an id of the pattern `custom_id`.

    Each of the outlines `can_be_matched`. Those that differ in the model alone are matched as one, the `lastindex` of a
    match is the number of the group that its id is. To match is faster than to make the outline.
    """
    models: dict[tuple[bytes, bytes], list[bytes]] = {}
    for outline in outlines:
        before, model, behind = _parted(outline)
        models.setdefault((before, behind), []).append(re.escape(model))
    texts = {name.encode(): _text for name in LEFT_OUT} | {b"custom_id": b"(" + custom_id.encode() + b")"}

    def spelled(part: bytes) -> bytes:
        return _gap.sub(lambda gap: gap[1] + b'": ?"' + texts[gap[1]] + b'"', re.escape(part))

    requests = (
        spelled(before) + b"(?:" + b"|".join(each) + b")" + spelled(behind) for (before, behind), each in models.items()
    )
    return b"(?:" + b"|".join(requests) + b")"


def _parted(outline: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the model, the model, and what stands behind it."""
    found = _model.search(outline)
    return (outline[: found.start()], found[0], outline[found.end() :]) if found else (outline, b"", b"")


def leaves_out_what_it_may(outline: bytes, value: Any) -> bool:
    """Whether all that is left out of this request is its id, and of its conversation the texts, the ids of all tool
    uses, and all images.

    Elsewhere, in the input of a tool or in an example of one, it may matter what a member of that name says.
    """
    names = list(_names(value))
    return _strings(value) == len(names) and outline.count(MARK) == sum(map(STOOD_FOR.__contains__, names))


def _strings(value: Any) -> int:
    """How many strings there are in a JSON value under a name that is left out, however deep."""
    if value.__class__ is dict:
        return sum(name in NAMES if inner.__class__ is str else _strings(inner) for name, inner in value.items())
    return sum(map(_strings, value)) if value.__class__ is list else 0


def _names(value: Any) -> Iterator[str]:
    """The names of those that are the id, the system prompt, or what messages and content blocks say; `image` is the
    data of one.
    """
    params = value.get("params")
    if params.__class__ is not dict:
        return
    if value.get("custom_id").__class__ is str:
        yield "custom_id"
    yield from _names_in(params.get("system"))
    messages = params.get("messages")
    for message in messages if messages.__class__ is list else ():
        if message.__class__ is dict:
            yield from _names_in(message.get("content"))


def _names_in(content: Any) -> Iterator[str]:
    if content.__class__ is str:
        yield "content"
    for block in content if content.__class__ is list else ():
        kind = block.get("type") if block.__class__ is dict else None
        if kind.__class__ is not str:
            continue
        source = block.get("source")
        name = SAID_AS.get(kind)
        if name and block.get(name).__class__ is str:
            yield name
        if kind in NESTING_BLOCKS:
            yield from _names_in(block.get("content"))
        elif source.__class__ is dict and source.get("data").__class__ is str:
            yield "image" if kind == "image" else "data"
