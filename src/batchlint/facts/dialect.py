"""How to tell the batch files and model ids of other APIs: `dialects.toml`, typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from batchlint.facts.reading import read

# Matching a longer text would tell nothing, and could take long.
MAXIMUM_LENGTH = 200


ItemKind = Literal["request", "params", "batch", "results"]


class ItemDialect(NamedTuple):
    """Something else than a request of a Message Batch."""

    key: str
    kind: ItemKind
    """A request of another API, params without what belongs around them, a whole body, or what came back."""
    name: str
    """As in "this is NAME"."""
    all: frozenset[str]
    none: frozenset[str]
    inside: Mapping[str, frozenset[str]]
    """Of a member that is an object: the members of which it has at least one."""
    instead: str
    """What to do, as a sentence without a capital."""
    texts: Mapping[str, str] = {}
    """Patterns by fields: where such a field is a text, the pattern fits."""
    once: bool = False
    """Whether one finding says it of all such lines of a file."""
    irregularities: frozenset[str] = frozenset()
    """Kinds of irregularities that a file of such items has by its form."""

    def fits(self, item: Mapping[str, Any]) -> bool:
        """Whether an object is one."""
        names = item.keys()
        return self.all <= names and not self.none & names and self._fits_inside(item)

    def _fits_inside(self, item: Mapping[str, Any]) -> bool:
        if not all(self._holds(item, name) for name in self.inside):
            return False
        texts = ((item.get(name), pattern) for name, pattern in self.texts.items())
        return all(re.match(pattern, text) for text, pattern in texts if isinstance(text, str))

    def _holds(self, item: Mapping[str, Any], name: str) -> bool:
        inner = item.get(name)
        return isinstance(inner, dict) and not self.inside[name].isdisjoint(inner)


class ForeignModel(NamedTuple):
    """A model id as another platform or provider writes it."""

    key: str
    name: str
    """The platform or provider."""
    claude_id: str | None
    """The id of the Claude API that it stands for, perhaps misspelt; None where it is no Claude model."""


class ModelIdDialect(NamedTuple):
    """A form of model ids."""

    key: str
    name: str
    pattern: str
    id: str | None


class Dialects(NamedTuple):
    """The forms of other APIs, in the order in which they are tried."""

    items: tuple[ItemDialect, ...]
    model_ids: tuple[ModelIdDialect, ...]
    no_dialect: frozenset[str]
    """Members that no object of these forms has."""

    def of_item(self, item: Mapping[str, Any]) -> ItemDialect | None:
        """What an object is, if it is known and no request of a Message Batch."""
        if not self.no_dialect.isdisjoint(item):
            return None
        return next((dialect for dialect in self.items if dialect.fits(item)), None)

    def of_model(self, model_id: str) -> ForeignModel | None:
        """Whose form of model ids it is, if it is known and not that of the Claude API."""
        if len(model_id) > MAXIMUM_LENGTH:
            return None
        for key, name, pattern, template in self.model_ids:
            match = re.fullmatch(pattern, model_id, re.IGNORECASE)
            if match:
                if key == "claude":
                    return None
                return ForeignModel(key, name, match.expand(template) if template else None)
        return None


def load() -> Dialects:
    """Reads `dialects.toml`."""
    document = read("dialects")
    items = tuple(
        ItemDialect(
            key,
            table["kind"],
            table["name"],
            frozenset(table["all"]),
            frozenset(table.get("none", ())),
            {name: frozenset(inner) for name, inner in table.get("inside", {}).items()},
            table["instead"],
            table.get("texts", {}),
            table.get("once", False),
            frozenset(table.get("irregularities", ())),
        )
        for key, table in document["item"].items()
    )
    return Dialects(
        items=items,
        model_ids=tuple(
            ModelIdDialect(key, table["name"], table["pattern"], table.get("id"))
            for key, table in document["model_id"].items()
        ),
        no_dialect=frozenset.intersection(*(item.none for item in items)),
    )
