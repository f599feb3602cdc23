"""Searches folders for batch files: by name, and by what the first item is."""

from __future__ import annotations

import os
from collections.abc import Iterator

from batchlint.file_names import SKIPPED_FOLDERS, is_batch_name
from batchlint.sources import Item, open_source

NOT_SENT = ("result", "response", "error", "body", "url", "method")
"""Members of what comes back, or of other services' requests."""


def batch_files(folder: str) -> Iterator[str]:
    """The batch files below a folder, in the order of their names.

    Hidden folders and those of others' packages are left out, links to folders are not followed, and what is called
    like a batch but holds something else is passed over.
    """
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS)
        for name in sorted(files):
            path = os.path.join(here, name)  # noqa: PTH118
            if is_batch_name(name) and os.path.isfile(path) and is_batch(path):  # noqa: PTH113
                yield path


def is_batch(path: str) -> bool:
    """Whether a file holds requests, as far as its first item tells; one that cannot be read is not passed over."""
    try:
        with open_source(path) as source:
            if source.size == 0:
                return True
            first = next((item for item in source if isinstance(item, Item)), None)
            head = source.read(0, 1 << 16)
    except OSError:
        return True
    if first is None:
        return source.container == "envelope"
    if isinstance(first.value, dict):
        return _is_request(first.value.keys())
    return b'"custom_id"' in head or b'"params"' in head  # broken, or no object


def _is_request(members: object) -> bool:
    """Whether an object with these members is, or was meant to be, a request of a batch."""
    names = set(members)  # type: ignore[call-overload]
    if "params" in names:
        return True
    return names.isdisjoint(NOT_SENT) and ("custom_id" in names or {"model", "messages"} <= names)
