"""Which names of the beta types the generally available types do not have: those that need an anthropic-beta header."""

from collections.abc import Iterator

from .dispatch import read_chain
from .sdk import Json
from .shape import REF


def beta_only(stable: Json, beta: Json) -> dict[str, list[str]]:
    """What only the beta schema knows of the definitions that both have, by place; both schemas are in our form.

    `Definition/*` lists members of that definition; `Definition/member` lists values of that member, or tags of the
    objects in it: `{"Params/*": ["mcp_servers", ...], "Params/tools": ["mcp_toolset", ...], ...}`.
    """
    places: dict[str, list[str]] = {}
    for name in sorted(stable["$defs"].keys() & beta["$defs"].keys()):
        old, new = stable["$defs"][name]["properties"], beta["$defs"][name]["properties"]
        places[f"{name}/*"] = sorted(new.keys() - old.keys())
        for member in sorted(new.keys() & old.keys()):
            known = set(_names(old[member], stable["$defs"]))
            places[f"{name}/{member}"] = sorted(set(_names(new[member], beta["$defs"])) - known)
    return {place: names for place, names in places.items() if names}


def _names(schema: Json, definitions: Json) -> Iterator[str]:
    """The values of a member, or the tags of the objects in it."""
    branches, _ = read_chain(schema)
    yield from (tag for branch in branches for tag in branch.tags if tag is not None)
    yield from (value for value in [*schema.get("enum", []), schema.get("const")] if isinstance(value, str))
    if "$ref" in schema:
        definition = definitions[schema["$ref"].removeprefix(REF)]
        yield from _names(definition["properties"].get("type", {}), definitions)
    if "items" in schema:
        yield from _names(schema["items"], definitions)
