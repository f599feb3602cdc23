"""Reads one file of facts and gives each of its entries the source and date that the file states once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DIRECTORY = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """The content of `NAME.toml`, as it stands."""
    with (DIRECTORY / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def entries(document: dict[str, Any], table: str) -> dict[str, dict[str, Any]]:
    """The entries of one table by name; each has `source` and `checked`, its own or else the document's."""
    defaults = {"source": document["source"], "checked": document["checked"]}
    return {name: defaults | entry for name, entry in document[table].items()}
