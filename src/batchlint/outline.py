"""Outlines: the bytes of a request without its texts, by which requests are told that a program wrote alike.

Two readable requests with one outline have the same members in the same order, and the same values but for what they
say under `LEFT_OUT`, where neither says nothing. So what does not hang on the texts is judged once for all of them
(`batchlint.recogniser`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from batchlint.request import NESTING_BLOCKS

LEFT_OUT: Final = frozenset({"text", "content", "system", "custom_id"})
"""Members whose value is left out where it is a string that says something. The schema asks nothing else of them."""

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


def outline_of(raw: bytes) -> bytes:
    """The outline of a request's bytes."""
    return TEXT.sub(b"", raw)


def leaves_out_id(outline: bytes) -> bool:
    """Whether an id was left out of this outline; one that says nothing, or begins with an escape, stays in it."""
    return any(gap[1] == b"custom_id" for gap in _gap.finditer(outline))


def pattern_of(outlines: Iterable[bytes], custom_id: str) -> bytes:
    """The pattern of the requests that have one of these outlines, and an id of the pattern `custom_id`.

    Each of the outlines must leave out an id. A match's `lastindex` is the number of the outline, from 1 on, and the
    group of that number the id. To match is faster than to make the outline.
    """
    texts = {name.encode(): _text for name in LEFT_OUT} | {b"custom_id": b"(" + custom_id.encode() + b")"}
    requests = (
        _gap.sub(lambda gap: gap[1] + b'": ?"' + texts[gap[1]] + b'"', re.escape(outline)) for outline in outlines
    )
    return b"(?:" + b"|".join(requests) + b")"


def leaves_out_texts_alone(value: Any) -> bool:
    """Whether all that an outline may leave out of this request are its id and the texts of its conversation.

    Elsewhere, in the input of a tool or in an example of one, it may matter what a member of that name says.
    """
    return _strings(value) == _texts(value)


def _strings(value: Any) -> int:
    """How many strings there are in a JSON value under a name that is left out, however deep."""
    if value.__class__ is dict:
        return sum(name in LEFT_OUT if inner.__class__ is str else _strings(inner) for name, inner in value.items())
    return sum(map(_strings, value)) if value.__class__ is list else 0


def _texts(value: Any) -> int:
    """How many of them are the id, the system prompt, or what messages and content blocks say."""
    params = value.get("params")
    if params.__class__ is not dict:
        return 0
    messages = params.get("messages")
    count = (value.get("custom_id").__class__ is str) + _said(params.get("system"))
    for message in messages if messages.__class__ is list else ():
        count += _said(message.get("content")) if message.__class__ is dict else 0
    return count


def _said(content: Any) -> int:
    if content.__class__ is str:
        return 1
    count = 0
    for block in content if content.__class__ is list else ():
        if block.__class__ is not dict:
            continue
        if block.get("type") == "text":
            count += block.get("text").__class__ is str
        elif block.get("type") in NESTING_BLOCKS:
            count += _said(block.get("content"))
    return count
