"""Proves that bytes are JSON, without making values of them.

msgspec passes over them, and Python looks at the UTF-8, at which msgspec does not look.
"""

from __future__ import annotations

from codecs import utf_8_decode
from typing import Final

import msgspec

from batchlint.sources.reader import Separator

SLICE: Final = 1 << 15
"""Bytes whose text is made at a time; a character has four at most."""


class _Request(msgspec.Struct):
    """A request of which no more is decoded than the id."""

    custom_id: str | None = None


_request = msgspec.json.Decoder(_Request).decode
_pass_over_lines = msgspec.json.Decoder(msgspec.Raw).decode_lines
_pass_over_list = msgspec.json.Decoder(list[msgspec.Raw]).decode


def id_of(raw: bytes) -> str | None:
    """The custom_id of a request. Raises ValueError if it is not JSON."""
    try:
        request = _request(raw)
    except msgspec.MsgspecError as error:
        raise ValueError from error
    raw.isascii() or raw.decode()
    return request.custom_id


def is_json(data: bytes, separator: Separator) -> bool:
    """Whether values that are known to have the form of JSON are so in their strings too."""
    try:
        if separator == "line feed":
            _pass_over_lines(data)
        else:
            _pass_over_list(b"[%s]" % data)
        return data.isascii() or _is_utf8(data)
    except msgspec.MsgspecError:
        return False


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, looked at in slices: a long text would cost more for its memory than for the look."""
    view = memoryview(data)
    at = 0
    try:
        while at < len(data):
            is_last = at + SLICE >= len(data)
            at += utf_8_decode(view[at : at + SLICE], "strict", is_last)[1]
    except UnicodeDecodeError:
        return False
    return True
