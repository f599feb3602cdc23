"""Well-known wrong names and values: `members.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from batchlint.facts.reading import read

ANY = "*"
# The place that an element of a list is, by the list's name.
ELEMENTS = {"messages": "message", "content": "block", "system": "block", "tools": "tool"}
OLD_NAMES = {"output_format": "format"}

Kind = Literal[
    "openai",
    "google",
    "bedrock",
    "legacy",
    "sdk",
    "framework",
    "response",
    "misplaced",
    "removed",
    "undocumented",
    "other",
]


class WrongName(NamedTuple):
    """A member, or a value, that people write and the API does not know."""

    kind: Kind
    what: str
    """Whose name it is, or what it means: "OpenAI's stop sequences"."""
    instead: str
    """What to do, as a sentence without a capital: "use stop_sequences, a list of strings"."""
    replaces: tuple[str, ...] = ()
    """The members that it stands in for: that they are missing is the same mistake."""
    rename: str | None = None
    """The right name, where nothing else has to change."""
    move: str | None = None
    """The member of the same object that it belongs into."""
    write: str | None = None
    """The right value."""
    remove: Literal["safe", "unsafe"] | None = None
    """It only has to go: safe where nothing is lost by that, unsafe where a wish is."""


class Members(NamedTuple):
    """Wrong names by place, wrong values by what they are values of."""

    places: Mapping[str, Mapping[str, WrongName]]
    values: Mapping[str, Mapping[str, WrongName]]

    def find(self, name: str, pointer: Sequence[str | int]) -> WrongName | None:
        """The known facts about a member of that name in the object at the pointer (of the item: empty)."""
        known = self.places.get(place_of(pointer), {})
        return known.get(name) or known.get(ANY)

    def find_value(self, of: str, value: str) -> WrongName | None:
        """Facts about a wrong value of `role`, `effort`, `media_type`, or the type of a `block`, `tool` ..."""
        return self.values.get(of, {}).get(value)


def load() -> Members:
    """Reads `members.toml`."""
    document = read("members")
    return Members(
        places={place: _wrong_names(table) for place, table in document["in"].items()},
        values={of: _wrong_names(table) for of, table in document["values"].items()},
    )


def _wrong_names(table: dict[str, Any]) -> dict[str, WrongName]:
    return {name: WrongName(**entry | {"replaces": tuple(entry.get("replaces", ()))}) for name, entry in table.items()}


def place_of(pointer: Sequence[str | int]) -> str:
    """What the tables call an object: `item`, `message`, `block`, `tool`, or the name of the member that holds it."""
    if not pointer:
        return "item"
    if isinstance(pointer[-1], int):
        return ELEMENTS.get(str(pointer[-2]), "") if len(pointer) > 1 else ""
    return OLD_NAMES.get(pointer[-1], pointer[-1])
