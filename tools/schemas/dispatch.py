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

    The known tags are listed at the chain's end, where only an unknown one arrives.
    """
    tags = [tag for branch in branches for tag in branch.tags]
    rest: Json = {"properties": {member: {"enum": sorted_tags(tags)}}} if closed else {}
    for branch in reversed(branches):
        choice: Json = {"if": _condition(member, branch.tags), "then": branch.schema}
        rest = {**choice, "else": rest} if rest else choice
    return rest if None in tags else {"required": [member], **rest}


def _condition(member: str, tags: tuple[Tag, ...]) -> Json:
    value: Json = {"const": tags[0]} if len(tags) == 1 else {"enum": sorted_tags(tags)}
    condition: Json = {"properties": {member: value}}
    return condition if None in tags else {"required": [member], **condition}


def sorted_tags(tags: Sequence[Tag]) -> list[Tag]:
    """In alphabetical order, null last: the SDK's own order changes from run to run."""
    return sorted(set(tags), key=lambda tag: (tag is None, tag or ""))


def read_chain(schema: Json) -> tuple[list[Branch], Json]:
    """The branches of a chain, and what is said at its end; none, and the schema itself, where it is not a chain."""
    branches = []
    while "properties" in schema.get("if", {}):
        (value,) = schema["if"]["properties"].values()
        tags = tuple(value["enum"]) if "enum" in value else (value["const"],)
        branches.append(Branch(tags, schema["then"]))
        schema = schema.get("else", {})
    return branches, schema
