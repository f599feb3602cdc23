"""Turns the edits of one item into bytes: which of its bytes are replaced by which."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import jiter

from batchlint.edits import (
    Edit,
    Insert,
    KeepLast,
    Remove,
    Rename,
    Reorder,
    Replace,
    ReplaceSurrogates,
    Splice,
    Unpack,
)
from batchlint.fixing.finding_members import may_have, member_at
from batchlint.fixing.one_line import on_one_line
from batchlint.fixing.string_change import changed_part
from batchlint.fixing.style import elements_of, json_bytes, members_of, style_of, written
from batchlint.sources.lexemes import BLANKS, skip_blanks
from batchlint.sources.spans import Span, start_of, value_span
from batchlint.sources.strings import ESCAPE, string_value

_REST_OF_STRING: Final = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL).match


def splices_of(raw: bytes, offset: int, edits: Sequence[Edit], in_lines: bool) -> tuple[Splice, ...]:
    """What the edits do to an item, in the order of its bytes; nothing, where one of them has nothing to do.

    `raw` are the bytes of the item, which begins at the absolute `offset`; `in_lines` says whether items are each on
    a line, and not in a list.
    """
    splices: list[Splice] = []
    for edit in edits:
        try:
            found = [*_of_edit(raw, offset, edit, in_lines)]
        except LookupError:
            return ()
        if not found:
            return ()
        splices += found
    splices.sort()
    return tuple(splices) if len(edits) == 1 or _fits_together(raw, offset, splices) else ()


def with_splices(raw: bytes, offset: int, splices: Iterable[Splice]) -> bytes:
    """The bytes of an item that begins at an absolute offset, after these replacements, which come in its order."""
    at, parts = 0, []
    for start, end, text in splices:
        parts += [raw[at : start - offset], text]
        at = end - offset
    return b"".join((*parts, raw[at:]))


def _fits_together(raw: bytes, offset: int, splices: Sequence[Splice]) -> bool:
    """Whether several edits do not overlap, and what they leave is still one value."""
    if any(one.end_offset > other.offset for one, other in pairwise(splices)):
        return False
    try:
        jiter.from_json(with_splices(raw, offset, splices), allow_inf_nan=True, catch_duplicate_keys=False)
    except ValueError:
        return False
    return True


def _of_edit(raw: bytes, offset: int, edit: Edit, in_lines: bool) -> Iterator[Splice]:
    if isinstance(edit, Splice):
        yield edit
    elif isinstance(edit, ReplaceSurrogates):
        yield from _surrogates(raw, offset, edit)
    elif isinstance(edit, Unpack):
        yield _unpacked(raw, offset, edit, in_lines)
    else:
        for span, text in _SPANS[type(edit)](raw, edit):
            yield Splice(offset + span.start, offset + span.end, text)


Change = tuple[Span, bytes]
"""Bytes of an item, and what comes in their place."""


def _rename(raw: bytes, edit: Rename) -> Iterator[Change]:
    key = member_at(raw, edit.pointer).key
    if key is not None and not _has(raw, (*edit.pointer[:-1], edit.name)):
        yield key, json_bytes(edit.name)


def _replace(raw: bytes, edit: Replace) -> Iterator[Change]:
    span = member_at(raw, edit.pointer).value_span
    token = raw[span.start : span.end]
    if isinstance(edit.value, str) and token.startswith(b'"'):
        change = changed_part(token, edit.value)
        if change is not None:
            start, end, text = change
            yield Span(span.start + start, span.start + end), text
        return
    text = written(edit.value, raw, style_of(raw, start_of(raw, edit.pointer[:-1])))
    if text != token:
        yield span, text


def _remove(raw: bytes, edit: Remove) -> Iterator[Change]:
    yield _with_comma(raw, member_at(raw, edit.pointer).span), b""


def _with_comma(raw: bytes, part: Span) -> Span:
    """A member or element with what separates it from the next one, or for the last from the one before."""
    comma = skip_blanks(raw, part.end)
    if raw[comma : comma + 1] == b",":
        return Span(part.start, skip_blanks(raw, comma + 1))
    before = _end_before(raw, part.start)
    return Span(_end_before(raw, before - 1), part.end) if raw[before - 1 : before] == b"," else part


def _end_before(raw: bytes, at: int) -> int:
    """Where what comes before a place ends, blanks left out."""
    while at and raw[at - 1] in BLANKS:
        at -= 1
    return at


def _insert(raw: bytes, edit: Insert) -> Iterator[Change]:
    span = value_span(raw, edit.pointer)
    if raw[span.start : span.start + 1] != b"{" or _has(raw, (*edit.pointer, edit.name)):
        return
    style = style_of(raw, span.start)
    member = json_bytes(edit.name) + style.colon + written(edit.value, raw, style)
    first, end = skip_blanks(raw, span.start + 1), _end_before(raw, span.end - 1)
    if first == span.end - 1:
        yield Span(span.start + 1, span.start + 1), member
    elif edit.first:
        yield Span(first, first), member + style.comma
    else:
        yield Span(end, end), style.comma + member


def _reorder(raw: bytes, edit: Reorder) -> Iterator[Change]:
    spans = elements_of(raw, start_of(raw, edit.pointer))
    moved = [number for number, index in enumerate(edit.order) if number != index]
    if not moved:
        return
    first, last = moved[0], moved[-1]
    parts = []
    for number in range(first, last + 1):
        parts.append(raw[slice(*spans[edit.order[number]])])
        if number < last:
            parts.append(raw[spans[number].end : spans[number + 1].start])
    yield Span(spans[first].start, spans[last].end), b"".join(parts)


def _keep_last(raw: bytes, edit: KeepLast) -> Iterator[Change]:
    name = edit.pointer[-1]
    members = members_of(raw, start_of(raw, edit.pointer[:-1]))
    same = [number for number, (key, _) in enumerate(members) if string_value(raw[slice(*key)]) == name]
    values = [_exact(raw[slice(*members[number][1])]) for number in same]
    if any(value != values[0] for value in values):
        return
    for number in same[:-1]:
        key, value = members[number]
        yield _with_comma(raw, Span(key.start, value.end)), b""


def _surrogates(raw: bytes, offset: int, edit: ReplaceSurrogates) -> Iterator[Splice]:
    begin = edit.offset - offset
    rest = _REST_OF_STRING(raw, begin)
    for escape in ESCAPE.finditer(raw, begin, rest.end()) if rest else ():
        if escape[1]:
            yield Splice(offset + escape.start(), offset + escape.end(), b"\\ufffd")


def _unpacked(raw: bytes, offset: int, edit: Unpack, in_lines: bool) -> Splice:
    spans = elements_of(raw, start_of(raw, edit.pointer))
    items = [raw[slice(*span)] for span in spans]
    if in_lines:
        items = list(map(on_one_line, items))
    return Splice(offset, offset + len(raw), (b"\n" if in_lines else b", ").join(items))


def _has(raw: bytes, pointer: tuple[str | int, ...]) -> bool:
    if not may_have(raw, str(pointer[-1])):
        return False
    try:
        start_of(raw, pointer)
    except LookupError:
        return False
    return True


def _exact(text: bytes) -> Any:
    """A value in which numbers that are written otherwise are not the same, nor objects in another order."""
    try:
        return json.loads(
            text, parse_int=str, parse_float=str, object_pairs_hook=lambda pairs: ("object", tuple(pairs))
        )
    except (ValueError, RecursionError):
        return text


_SPANS: Final[dict[type, Callable[[bytes, Any], Iterator[Change]]]] = {
    Rename: _rename,
    Replace: _replace,
    Remove: _remove,
    Insert: _insert,
    Reorder: _reorder,
    KeepLast: _keep_last,
}
