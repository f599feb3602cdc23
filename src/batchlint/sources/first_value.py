"""The first item of a file as far as its first bytes tell, for those who only want to know what a file is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import jiter

from batchlint.sources.lexemes import BLANKS, BYTE_ORDER_MARK
from batchlint.sources.opening import opened
from batchlint.sources.reach import is_packed

LENGTH: Final = 1 << 16
"""Bytes of a file that are looked at."""
BROKEN_REQUEST: Final = re.compile(rb'(?:\{\s*"requests"\s*:\s*)?\[?\s*\{\s*"(?:custom_id|params)"\s*:')
"""How a request begins that no parser reads to its end, alone or in a list."""


class FirstValue(NamedTuple):
    """The beginning of a file."""

    item: Any
    """The first item, as far as it was read; None where there is none, or none that can be read."""
    is_envelope: bool = False
    """Whether it was in a list `requests`, which may be empty."""


def head_bytes(path: str) -> bytes:
    """The first bytes of a file. Raises OSError where it cannot be read."""
    with opened(path) as file:
        if not is_packed(path):
            return file.read(LENGTH)
        from batchlint.sources.packed import beginning

        return beginning(file, path, LENGTH)


def first_value(head: bytes) -> FirstValue:
    """The first item in these bytes; what is after it, or after the bytes, does not count."""
    try:
        value = jiter.from_json(head.removeprefix(BYTE_ORDER_MARK), partial_mode=True)
    except ValueError:
        return FirstValue(None)
    is_envelope = False
    if isinstance(value, Mapping) and isinstance(value.get("requests"), list) and "custom_id" not in value:
        value, is_envelope = value["requests"], True
    if isinstance(value, list):
        return FirstValue(value[0] if value else None, is_envelope)
    return FirstValue(value, is_envelope)


def begins_broken_request(head: bytes) -> bool:
    """Whether these bytes begin like a request, though they are no JSON."""
    return BROKEN_REQUEST.match(head.removeprefix(BYTE_ORDER_MARK).lstrip(BLANKS)) is not None
