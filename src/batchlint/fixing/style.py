"""How an object is written, so that what is added to it is written alike."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from batchlint.edits import Copied, Unquoted
from batchlint.fixing.one_line import on_one_line
from batchlint.sources.lexemes import skip_blanks
from batchlint.sources.skipping import end_of_known_value
from batchlint.sources.spans import Span, value_span
from batchlint.sources.strings import string_value


class Style(NamedTuple):
    """What an object has between its parts."""

    colon: bytes
    comma: bytes


USUAL = Style(b": ", b", ")


def style_of(raw: bytes, start: int) -> Style:
    """The style of the object that begins at `start`; the usual one where it has too little to tell."""
    first = skip_blanks(raw, start + 1)
    if raw[first : first + 1] != b'"':
        return USUAL
    key_end = end_of_known_value(raw, first)
    colon_at = skip_blanks(raw, key_end)
    value = skip_blanks(raw, colon_at + 1)
    colon = b":" + raw[colon_at + 1 : value]
    comma_at = skip_blanks(raw, end_of_known_value(raw, value))
    if raw[comma_at : comma_at + 1] == b",":
        return Style(colon, b"," + raw[comma_at + 1 : skip_blanks(raw, comma_at + 1)])
    lead = raw[start + 1 : first]
    return Style(colon, b"," + (lead or (b" " if colon == b": " else b"")))


def written(value: Any, raw: bytes, style: Style = USUAL) -> bytes:
    """A value as JSON on one line; `Copied` and `Unquoted` stand for bytes of the item, which is `raw`."""
    colon = b": " if style.colon != b":" else b":"
    comma = b", " if style.comma != b"," else b","
    if isinstance(value, Copied):
        return raw[slice(*value_span(raw, value.pointer))]
    if isinstance(value, Unquoted):
        text = string_value(raw[slice(*value_span(raw, value.pointer))])
        return on_one_line(text.strip().encode())
    if isinstance(value, dict):
        members = (json_bytes(name) + colon + written(each, raw, style) for name, each in value.items())
        return b"{" + comma.join(members) + b"}"
    if isinstance(value, list):
        return b"[" + comma.join(written(each, raw, style) for each in value) + b"]"
    return json_bytes(value)


def json_bytes(value: Any) -> bytes:
    """A plain value as JSON in UTF-8; escaped where it has characters that UTF-8 has not (lone surrogates)."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def members_of(raw: bytes, start: int) -> list[tuple[Span, Span]]:
    """The members of the object that begins at `start`: where each key and each value is."""
    members = []
    at = skip_blanks(raw, start + 1)
    while raw[at : at + 1] == b'"':
        key = Span(at, end_of_known_value(raw, at))
        begin = skip_blanks(raw, skip_blanks(raw, key.end) + 1)
        value = Span(begin, end_of_known_value(raw, begin))
        members.append((key, value))
        at = skip_blanks(raw, value.end)
        if raw[at : at + 1] == b",":
            at = skip_blanks(raw, at + 1)
    return members


def elements_of(raw: bytes, start: int) -> list[Span]:
    """Where the elements of the list are that begins at `start`."""
    elements = []
    at = skip_blanks(raw, start + 1)
    while raw[at : at + 1] not in (b"]", b""):
        elements.append(Span(at, end_of_known_value(raw, at)))
        at = skip_blanks(raw, elements[-1].end)
        if raw[at : at + 1] == b",":
            at = skip_blanks(raw, at + 1)
    return elements
