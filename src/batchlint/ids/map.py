"""The stored map from new ids to old ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from batchlint.fixing.style import json_bytes
from batchlint.ids.renaming import MISSING, Renaming
from batchlint.results.errors import FileTrouble

FORMAT = "batchlint ids"


class NotAMap(FileTrouble):
    """The file is no map of ids; the message says what is wrong."""


class IdMap(NamedTuple):
    """What `batchlint ids --fix` has changed: `source` is the file's name, `sha256` that of its bytes."""

    source: str
    sha256: str
    ids: dict[str, Any]
    """By new id the old one, any JSON value; None also where there was none."""
    added: frozenset[str]
    """New ids of requests that had none."""


def mapped(renamings: Iterable[Renaming], file: IO[bytes], source: str, sha256: str) -> Iterator[Renaming]:
    """The same renamings, with the map of them written to a file as they pass: an id on each line."""
    head = b'{"format": %s, "source": %s, "sha256": "%s",\n"ids": {'
    file.write(head % (json_bytes(FORMAT), json_bytes(source), sha256.encode()))
    added, separator = [], b"\n"
    for renaming in renamings:
        old = None if renaming.old is MISSING else renaming.old
        if renaming.old is MISSING:
            added.append(renaming.new)
        file.write(b'%s"%s": %s' % (separator, renaming.new.encode(), json_bytes(old)))
        separator = b",\n"
        yield renaming
    file.write(b'\n},\n"added": %s}\n' % json_bytes(added))


def read_map(path: str) -> IdMap:
    """Reads a map. Raises OSError and NotAMap."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise NotAMap(f"{path}: this is not JSON, so not a map of ids") from None
    ids = value.get("ids") if isinstance(value, dict) else None
    if not isinstance(ids, dict) or value.get("format") != FORMAT:
        raise NotAMap(f"{path}: this is not a map of ids that batchlint ids --fix has written")
    added = value.get("added")
    added = frozenset(name for name in added if isinstance(name, str)) if isinstance(added, list) else frozenset()
    return IdMap(str(value.get("source", "")), str(value.get("sha256", "")), ids, added)
