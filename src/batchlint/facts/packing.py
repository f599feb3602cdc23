"""A form of the files of facts that is read much faster than TOML: written by the build, never by hand.

A packed file is the checksum of the TOML that it was made of, a line end, and the same content as JSON. It counts only
as long as the checksum agrees, so the TOML stays the one place where a fact is changed; without packed files (in a
checkout that nothing was built in) the TOML itself is read.
"""

from __future__ import annotations

import datetime
import os
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

DATES = frozenset(("checked", "released", "deprecated", "retires", "retires_disputed", "not_sooner_than"))
"""The members that are dates, which JSON has none of."""


def pack(directory: Path, folder: Path) -> list[Path]:
    """Writes `NAME.json` into a folder for every `NAME.toml` of a directory; returns what it wrote."""
    import json
    import tomllib

    written = []
    for source in sorted(directory.glob("*.toml")):
        text = source.read_bytes()
        content = json.dumps(tomllib.loads(text.decode()), default=datetime.date.isoformat, separators=(",", ":"))
        packed = folder / f"{source.stem}.json"
        packed.write_bytes(_checksum(text) + content.encode())
        written.append(packed)
    return written


def unpack(source: str, text: bytes) -> dict[str, Any] | None:
    """The content of a TOML file with that text; None where no packed file was made of it."""
    try:
        with open(_packed(source), "rb") as file:
            packed = file.read()
    except OSError:
        return None
    checksum = _checksum(text)
    if not packed.startswith(checksum):
        return None
    import jiter

    content: dict[str, Any] = jiter.from_json(packed[len(checksum) :])
    return _with_dates(content)


def _packed(source: str) -> str:
    folder, name = os.path.split(source)
    return os.path.join(folder, "packed", f"{name.removesuffix('.toml')}.json")


def _checksum(text: bytes) -> bytes:
    return b"%08x\n" % zlib.crc32(text)


def _with_dates(table: dict[str, Any]) -> dict[str, Any]:
    for name, value in table.items():
        if isinstance(value, dict):
            _with_dates(value)
        elif name in DATES:
            table[name] = datetime.date.fromisoformat(value)
    return table
