"""What the SDK's types cannot say: the reviewed entries of overlay.toml, laid over a shaped schema.

Every entry has a `source` and a `checked` date. An entry whose place is not in the schema (any more) is an error:
it has to be reviewed.
"""

import re
import tomllib
from copy import deepcopy
from fnmatch import fnmatchcase
from pathlib import Path

from .sdk import Json

FILE = Path(__file__).with_name("overlay.toml")
ITEM = "Item"  # what `at` calls the root of a schema
BOTH_API_VERSIONS = ("2023-06-01", "2026-10-21")


def read_overlay(path: Path = FILE) -> Json:
    """The tables of overlay.toml."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def our_name(sdk_name: str, overlay: Json) -> str:
    """Our name of a definition: the SDK's without its Beta, Request and Param, unless an entry says otherwise."""
    name = re.sub(r"^(Beta)?(Request)?", "", re.sub(r"(Params?)+$", "", sdk_name))
    for entry in overlay["rename"]:
        if re.fullmatch(entry["pattern"], name):
            return str(entry["name"])
    return name


def laid_over(shaped: Json, overlay: Json, file: str) -> Json:
    """The shaped schema with the entries that are for a file: an API version, or `result`."""
    schema = deepcopy(shaped)
    for entry in _entries(overlay, "remove", file):
        for definition, member in _places(schema, entry["at"]):
            del definition["properties"][member]
    for entry in _entries(overlay, "member", file):
        for at in _listed(entry["at"]):
            definition, member = _new_place(schema, at)
            definition["properties"][member] = deepcopy(entry["schema"])
    for entry in _entries(overlay, "replace", file):
        for definition, member in _places(schema, entry["at"]):
            definition["properties"][member] = deepcopy(entry["schema"])
    for entry in _entries(overlay, "limit", file):
        for definition, member in _places(schema, entry["at"]):
            definition["properties"][member] |= deepcopy(entry["keywords"])
    for entry in _entries(overlay, "open", file):
        for name in entry["definitions"]:
            _definition(schema, name)["additionalProperties"] = True
    for at, text in overlay["descriptions"].items():
        for definition, member in _places(schema, at, may_be_absent=True):
            definition["properties"][member]["description"] = text
    return schema


def refused_nulls(schema: Json, overlay: Json, file: str) -> set[tuple[str, str]]:
    """The (definition, member) names of what may be left out but not be null; every entry about null has to fit."""
    refused: set[tuple[str, str]] = set()
    for entry in _entries(overlay, "null", file):
        places = _names(schema, entry["at"])
        if entry["is"] == "refused":
            refused.update(places)
    return refused


def beta_members(overlay: Json, file: str) -> list[str]:
    """The `Definition/member` places of members that an entry adds and calls beta."""
    return [at for entry in _entries(overlay, "member", file) if entry.get("beta") for at in _listed(entry["at"])]


def _entries(overlay: Json, kind: str, file: str) -> list[Json]:
    return [entry for entry in overlay.get(kind, []) if file in entry.get("in", BOTH_API_VERSIONS)]


def _places(schema: Json, at: str | list[str], *, may_be_absent: bool = False) -> list[tuple[Json, str]]:
    """The (definition, member) pairs that a pattern, or each of several, names."""
    definitions = {ITEM: schema, **schema["$defs"]}
    return [(definitions[name], member) for name, member in _names(schema, at, may_be_absent=may_be_absent)]


def _names(schema: Json, at: str | list[str], *, may_be_absent: bool = False) -> list[tuple[str, str]]:
    """The names of the definition and the member of each place that a pattern, or each of several, names."""
    names = []
    for pattern in _listed(at):
        found = [
            (name, member)
            for name, definition in {ITEM: schema, **schema["$defs"]}.items()
            for member in definition["properties"]
            if fnmatchcase(f"{name}/{member}", pattern)
        ]
        if not found and not may_be_absent:
            raise ValueError(f"overlay.toml: nothing in the SDK's types is called {pattern}: review that entry")
        names += found
    return names


def _listed(at: str | list[str]) -> list[str]:
    return [at] if isinstance(at, str) else at


def _definition(schema: Json, name: str) -> Json:
    if name not in schema["$defs"]:
        raise ValueError(f"overlay.toml: the SDK's types have no {name} (any more): review that entry")
    definition: Json = schema["$defs"][name]
    return definition


def _new_place(schema: Json, at: str) -> tuple[Json, str]:
    name, member = at.split("/")
    definition = _definition(schema, name)
    if member in definition["properties"]:
        raise ValueError(f"overlay.toml: the SDK's types have {at} now: review that entry")
    return definition, member
