"""The official schema of SARIF 2.1.0, out of the package `schemastore`, which carries a copy of it."""

from __future__ import annotations

import functools
import importlib.metadata
import json
import pickletools
import sqlite3
from typing import Any

TITLE = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


@functools.cache
def sarif_schema() -> dict[str, Any]:
    """The schema; the package keeps answers of a server as pickles, of which only the body is read here."""
    path = importlib.metadata.distribution("schemastore").locate_file("schemastore/cache.sqlite")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        ((answer,),) = connection.execute("SELECT value FROM responses WHERE instr(value, ?) > 0", (TITLE.encode(),))
    connection.close()
    body = next(argument for _, argument, _ in pickletools.genops(answer) if isinstance(argument, bytes))
    schema: dict[str, Any] = json.loads(body)
    assert schema["title"] == TITLE
    return schema
