"""The keywords of JSON Schema, and those that structured outputs take: `json_schema.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from batchlint.facts.reading import read

Holds = Literal["schema", "list", "names"]
"""What an applicator's value is: one schema, a list of schemas, or an object with a schema under each name."""


class Keywords(NamedTuple):
    """Keywords by the type of value that a schema describes; those of `any` hold for all of them."""

    by_type: Mapping[str, frozenset[str]]

    def has(self, keyword: str, type_name: str) -> bool:
        """Whether the keyword is one of those for that type, or for any."""
        return keyword in self.by_type.get("any", ()) or keyword in self.by_type.get(type_name, ())

    def somewhere(self, keyword: str) -> bool:
        """Whether the keyword is listed at all."""
        return any(keyword in keywords for keywords in self.by_type.values())


class JsonSchema(NamedTuple):
    """Draft 2020-12, and the subset for structured outputs."""

    applicators: Mapping[str, Holds]
    types: tuple[str, ...]
    meant_types: Mapping[str, str]
    """The type that a name of another language stands for."""
    accepted: Keywords
    refused: Keywords
    disputed: Keywords
    """Documented as refused, and accepted when tried: worth a warning."""
    refused_beside_combinators: frozenset[str]


def load() -> JsonSchema:
    """Reads `json_schema.toml`."""
    document = read("json_schema")
    structured = document["structured"]
    return JsonSchema(
        applicators={keyword: holds for holds, keywords in document["applicators"].items() for keyword in keywords},
        types=tuple(document["types"]["names"]),
        meant_types=document["types"]["meant"],
        accepted=_keywords(structured["accepted"]),
        refused=_keywords(structured["refused"]),
        disputed=_keywords(structured["disputed"]),
        refused_beside_combinators=frozenset(structured["siblings"]["refused"]),
    )


def _keywords(table: dict[str, list[str] | str]) -> Keywords:
    return Keywords({name: frozenset(value) for name, value in table.items() if isinstance(value, list)})
