"""A union of objects decided by a tag member (`type`, `role`): an if/then/else chain, the most frequent tags first.

A chain names the one branch that a value meant, so that an error inside it has an exact path; anyOf would answer
"not valid under any of the given schemas". Both engines judge a chain faster than anyOf, or than an allOf of ifs.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .sdk import Json

Tag = str | None  # None: the branch is also meant where the tag is null or absent


class Branch(NamedTuple):
    """One alternative of a union: the values of its tag, and the schema of its members."""

    tags: tuple[Tag, ...]
    schema: Json


def chain(member: str, branches: Sequence[Branch], *, closed: bool) -> Json:
    """The keywords that send an object to its branch; a closed union refuses every tag that it does not know.

    The known tags are listed next to the last condition, where only a rare or unknown tag arrives.
    """
    tags = [tag for branch in branches for tag in branch.tags]
    *earlier, last = branches
    links: Json = {"properties": {member: {"enum": sorted_tags(tags)}}} if closed else {}
    links |= {"if": _condition(member, last.tags), "then": last.schema}
    for branch in reversed(earlier):
        links = {"if": _condition(member, branch.tags), "then": branch.schema, "else": links}
    return links if None in tags else {"required": [member], **links}


def _condition(member: str, tags: tuple[Tag, ...]) -> Json:
    value: Json = {"const": tags[0]} if len(tags) == 1 else {"enum": sorted_tags(tags)}
    condition: Json = {"properties": {member: value}}
    return condition if None in tags else {"required": [member], **condition}


def sorted_tags(tags: Sequence[Tag]) -> list[Tag]:
    """In alphabetical order, null last: the SDK's own order changes from run to run."""
    return sorted(set(tags), key=lambda tag: (tag is None, tag or ""))


def read_chain(schema: Json) -> tuple[list[Branch], Json]:
    """The branches of a chain, and what is said next to them; none, and the schema itself, where it is not a chain."""
    branches: list[Branch] = []
    beside: Json = {}
    while "properties" in schema.get("if", {}):
        (value,) = schema["if"]["properties"].values()
        branches.append(Branch(tuple(value["enum"]) if "enum" in value else (value["const"],), schema["then"]))
        beside |= {key: value for key, value in schema.items() if key not in ("if", "then", "else")}
        schema = schema.get("else", {})
    return branches, {**beside, **schema}
