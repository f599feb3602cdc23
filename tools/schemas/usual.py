"""The usual schemas: the part of the bundled schema about which only rules on counted values have anything to say."""

import tomllib
from pathlib import Path
from typing import Any

from batchlint.resources import schema_id

from .dispatch import Branch, chain
from .sdk import Json

LIMITS = Path(__file__).resolve().parents[2] / "src" / "batchlint" / "facts" / "limits.toml"
REF = "#/$defs/"


def read_table(path: Path) -> Json | None:
    """The table of what is usual; None where there is none."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def usual_schema(bundled: Json, table: Json, api_version: str) -> Json:
    """The usual schema of one API version; ValueError where the table names what the bundled schema does not have."""
    table = dict(table)
    checks, patterns = table.pop("checks"), table.pop("patterns")
    writer = _Writer(bundled, patterns, tomllib.loads(LIMITS.read_text(encoding="utf-8")))
    definitions = {name: writer.definition(name, entry) for name, entry in table.items()}
    root = definitions.pop("Item")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_id("usual-request", api_version),
        "title": f"A request with nothing unusual about it, API version {api_version}",
        "description": "What this schema takes is valid, and no rule has anything to say of it but those that look at "
        "the values that count (x-counts). Requests with the same counted values are clean together.",
        "x-checks": checks,
        **root,
        "$defs": definitions,
    }


class _Writer:
    def __init__(self, bundled: Json, patterns: dict[str, str], limits: Json) -> None:
        self._bundled = bundled
        self._patterns = patterns
        self._limits = limits

    def definition(self, name: str, entry: Json) -> Json:
        """One definition of the table as a schema."""
        if "schema" in entry:
            written: Json = self._written(entry["schema"])
            return written
        source = self._bundled if name == "Item" else self._bundled["$defs"][entry.get("of", name)]
        members = entry["members"]
        kept = {each: value for each, value in members.items() if each in source["properties"]}
        missing = [each for each in source.get("required", ()) if each not in kept]
        if missing or len(members) - len(kept) not in (0, len(REMOVED & members.keys())):
            raise ValueError(f"usual.toml, {name}: {missing or sorted(members.keys() - kept.keys())} do not fit")
        schema: Json = {
            "type": "object",
            "required": source.get("required", []),
            "properties": {each: self._member(value, source["properties"][each]) for each, value in kept.items()},
            "additionalProperties": False,
        }
        if not schema["required"]:
            del schema["required"]
        return {**schema, **self._written(entry.get("also", {}))}

    def _member(self, value: Any, bundled: Json) -> Json:
        if value == "as is":
            if "$ref" in bundled:
                raise ValueError(
                    f"usual.toml: a member with a definition of its own cannot be taken as it is: {bundled}"
                )
            return without_null(bundled)
        if value == "number":
            return {**without_null(bundled), "x-counts": "number"}
        if value == "bytes":
            return {**{key: each for key, each in without_null(bundled).items() if key == "type"}, "x-counts": "bytes"}
        written: Json = self._written(value)
        if isinstance(value, str) or "anyOf" in written:
            return written
        return {**{key: each for key, each in without_null(bundled).items() if key in BOUNDS}, **written}

    def _written(self, value: Any) -> Any:
        """A part of the table as a schema: references, counted values, unions, and patterns by their names."""
        if value == "bytes":
            return {"x-counts": "bytes"}
        if isinstance(value, str) and value.startswith("#"):
            return {"$ref": REF + value[1:]}
        if isinstance(value, list):
            return [self._written(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "one_of" in value:
            return self._union(**value)
        written = {key: self._written(each) for key, each in value.items()}
        if value.get("pattern") in self._patterns:
            written["pattern"] = self._patterns[value["pattern"]]
        if "limit" in value:
            section, name = written.pop("limit").split(".")
            written["pattern"] = self._limits[section][name]
        return written

    def _union(self, one_of: str, **kinds: str) -> Json:
        branches = [Branch((tag,), {"$ref": REF + name}) for tag, name in kinds.items()]
        return {"type": "object", **chain(one_of, branches, closed=True)}


BOUNDS = ("type", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum")
"""Keywords of the bundled schema that hold next to those of the table."""
REMOVED = {"temperature", "top_p", "top_k"}
"""Members of params that not every API version has."""


def without_null(schema: Json) -> Json:
    """A schema that takes the same but null, and says nothing to people."""
    kept = {key: value for key, value in schema.items() if key != "description"}
    if isinstance(kept.get("type"), list):
        types = [name for name in kept["type"] if name != "null"]
        kept["type"] = types[0] if len(types) == 1 else types
    if "enum" in kept:
        kept["enum"] = [value for value in kept["enum"] if value is not None]
    return kept
