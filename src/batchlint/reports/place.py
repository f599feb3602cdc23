"""Paths as the services take them that show a report next to the code: relative to the top of the repository."""

from __future__ import annotations

import functools
import os
from urllib.parse import quote

from batchlint.sources.reach import is_url


@functools.lru_cache(maxsize=16)
def repository_path(path: str, root: str) -> str:
    """The path relative to `root`, with "/"; the path as given where it is outside."""
    if is_url(path):
        return path
    try:
        relative = os.path.relpath(path, root)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative.replace(os.sep, "/")


@functools.lru_cache(maxsize=16)
def uri(path: str, root: str) -> str:
    """The path as a URI reference, relative where it is below `root`."""
    relative = repository_path(path, root)
    if is_url(path):
        scheme, _, rest = path.partition("://")
        return f"{scheme}://{quote(rest, safe='/@')}"
    try:
        quoted = quote(os.fsencode(relative), safe="/")
    except UnicodeEncodeError:  # no name that a file can have; standard input may be called so
        quoted = quote(relative.encode("utf-8", errors="replace"), safe="/")
    return f"file://{quoted}" if relative.startswith("/") else quoted


def shortened(text: str, length: int = 1000) -> str:
    """The text, cut where it is longer than anybody reads."""
    return text if len(text) <= length else text[:length] + "…"
