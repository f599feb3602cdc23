"""Reads the files of facts: plain tables, and tables whose entries take source and date from the file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from batchlint.facts.packing import unpack

DIRECTORY = os.path.dirname(__file__)
PROVENANCE = ("source", "checked")
"""What every file states once, and what a table or an entry may state for itself."""


def read(name: str) -> dict[str, Any]:
    """The content of `NAME.toml`, as it is: from its packed form, where a build left one that still fits."""
    source = os.path.join(DIRECTORY, f"{name}.toml")
    with open(source, "rb") as file:
        text = file.read()
    content = unpack(source, text)
    if content is None:
        import tomllib

        content = tomllib.loads(text.decode())
    return content


def entries(document: dict[str, Any], table: str) -> dict[str, dict[str, Any]]:
    """The entries of one table by name; each has `source` and `checked`, its own or else the document's."""
    defaults = {name: document[name] for name in PROVENANCE}
    return {name: defaults | entry for name, entry in document[table].items()}


class Table:
    """A table of a file as an object: the members that its class annotates, read only; a default makes one optional.

    There are two dozen such tables; as many dataclasses would take 20 ms of every start.
    """

    def __init__(self, members: Mapping[str, Any]) -> None:
        """Takes the members, lists as tuples; raises TypeError where they are not those that the class annotates."""
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in members.items()}
        annotated = type(self).__annotations__.keys()
        for name in PROVENANCE:
            if name not in annotated:
                values.pop(name, None)
        optional = type(self).__dict__.keys() - values.keys()
        if different := (annotated ^ values.keys()) - optional:
            raise TypeError(f"{type(self).__name__}: not as annotated: {', '.join(sorted(different))}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is read only")
