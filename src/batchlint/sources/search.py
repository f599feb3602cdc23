"""Tells batch files from others, by what they hold and by how they are called, and searches folders for them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from batchlint.dialects.detecting import platform_of_item
from batchlint.sources.file_names import SKIPPED_FOLDERS, can_hold_batch, is_batch_name
from batchlint.sources.first_value import FirstValue, begins_broken_request, first_value, head_bytes
from batchlint.sources.reach import ReadingFailed, is_packed, shown
from batchlint.sources.sniff import is_not_utf8

VERSION_FIELD: Final = "anthropic_version"
"""A field of requests to Claude on other platforms (`facts/platforms.toml`), which those to other models lack."""
CERTAIN: Final = (b'"params"', b'"%s"' % VERSION_FIELD.encode())
"""One of these is in every file that is certainly a batch."""
MODEL_FIELDS: Final = frozenset(("messages", "max_tokens"))
"""Fields of what is sent to the model; one of them tells `params` from what others call so."""
NOT_SENT: Final = frozenset(("result", "response", "error", "body", "url", "method"))
"""Fields of what comes back, or of other services' requests."""


def batch_files(folder: str) -> Iterator[tuple[str, bool]]:
    """The files below a folder that may hold batches, in the order of their names, each with whether it does.

    Hidden folders and those of others' packages are left out, and links to folders are not followed.
    """
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS)
        for name in sorted(files):
            path = os.path.join(here, name)
            if can_hold_batch(_unpacked_name(name)) and os.path.isfile(path):
                yield path, holds_batch(path)


def batch_objects(url: str) -> Iterator[tuple[str, bool]]:
    """The objects that a URL means: itself, what may hold batches below it, or what its pattern fits; as `batch_files`.

    What a search of folders leaves out is left out here too. Where the store does not answer it is the URL itself, so
    that what is wrong is found where that is read.
    """
    from batchlint.sources.remote import found_below

    try:
        found = found_below(url)
    except ReadingFailed:
        found = None
    if found is None:
        yield shown(url), True
        return
    for each in sorted(found, key=search_order):
        if "*" in url:  # Whoever writes a pattern means what it fits.
            yield each, True
        elif can_hold_batch(_unpacked_name(each)) and not _is_skipped(each.removeprefix(url)):
            yield each, holds_batch(each)


def search_order(path: str) -> tuple[list[tuple[int, str]], str]:
    """A key that sorts paths as a search of folders finds them: the files of a folder come before the folders in it."""
    *folders, name = path.split("/")
    return [*((1, each) for each in folders), (0, name)], path


def _is_skipped(path: str) -> bool:
    return any(name.startswith(".") or name in SKIPPED_FOLDERS for name in path.split("/")[:-1])


def _unpacked_name(name: str) -> str:
    """The name of a file without the ending that says how it is compressed, where it would be unpacked."""
    return name.rpartition(".")[0] if is_packed(name) else name


def holds_batch(path: str) -> bool:
    """Whether a file that nobody has named is to be linted; one that cannot be read is not passed over.

    What its first item is decides. Where that is open (an empty file, a broken line, an id without anything else),
    the file has to be called like a batch.
    """
    try:
        head = head_bytes(path)
    except OSError:
        return True
    return looks_like_batch(path, head)


def looks_like_batch(path: str, head: bytes) -> bool:
    """The same, where the first bytes of the file are known."""
    first = None
    if any(word in head for word in CERTAIN):
        first = first_value(head)
        if _is_certain(first, head):
            return True
    return is_batch_name(_unpacked_name(path.replace(os.sep, "/"))) and _is_possible(first or first_value(head), head)


def _is_certain(first: FirstValue, head: bytes) -> bool:
    """Whether the first item can be nothing but a request of a batch."""
    item = first.item
    if item is None:
        return begins_broken_request(head) and all(word in head for word in (b'"custom_id"', b'"params"'))
    if not isinstance(item, Mapping):
        return False
    if "params" in item:
        return "custom_id" in item or _is_for_model(item["params"])
    platform = platform_of_item(item)
    return platform is not None and platform.version_field in _fields(item.get(platform.body))


def _fields(body: Any) -> Collection[str]:
    return body.keys() if isinstance(body, Mapping) else ()


def _is_for_model(body: Any) -> bool:
    return not MODEL_FIELDS.isdisjoint(_fields(body))


def _is_possible(first: FirstValue, head: bytes) -> bool:
    """Whether the first item may be, or was meant to be, a request of a batch."""
    if not head or is_not_utf8(head):
        return True
    item = first.item
    if item is None:
        return first.is_envelope or b'"custom_id"' in head or b'"params"' in head
    if not isinstance(item, Mapping):
        return False
    if "params" in item or platform_of_item(item) is not None:
        return True
    return item.keys().isdisjoint(NOT_SENT) and ("custom_id" in item or {"model", "messages"} <= item.keys())
