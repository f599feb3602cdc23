"""The SDK's raw schemas in our form: objects closed, unions decided by a tag, no anyOf left.

A definition describes an object's members and never says `type`; the place that refers to it does
(`{"type": ["object", "null"], "$ref": ...}`). So one definition serves plain, nullable and string-or-object places,
and a value of the wrong type gives one error.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .dispatch import Branch, Tag, chain, sorted_tags
from .sdk import Json

REF = "#/$defs/"
TAG_MEMBERS = ("type", "role")
JSON_TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")


@dataclass(frozen=True, slots=True)
class Form:
    """How a raw schema is to be shaped."""

    closed: bool  # requests refuse unknown members, tags and values; results take them, because responses grow
    rename: Callable[[str], str]  # the SDK's class name -> ours
    frequent_tags: Sequence[str]  # come first in a chain, in this order


def shape(raw: Json, form: Form) -> Json:
    """The raw schema in our form, with the definitions that it still reaches."""
    shaper = _Shaper(raw.get("$defs", {}), form)
    root = {"type": "object", **shaper.members(raw)}
    definitions = {name: shaper.members(definition) for name, definition in shaper.definitions.items()}
    return _renamed(only_reached({**root, "$defs": definitions}), form.rename)


@dataclass(frozen=True, slots=True)
class _Shaper:
    definitions: Mapping[str, Json]
    form: Form

    def members(self, definition: Json) -> Json:
        """The keywords of a definition: its members, those required, and whether others are allowed."""
        shaped: Json = {}
        if definition.get("required"):
            shaped["required"] = sorted(definition["required"])
        shaped["properties"] = {name: self.place(value) for name, value in sorted(definition["properties"].items())}
        if self.form.closed:
            shaped["additionalProperties"] = definition.get("additionalProperties") is True
        return shaped

    def place(self, raw: Json) -> Json:
        """The schema of a member, or of an array's items."""
        return self._union(list(_alternatives(raw)))

    def _union(self, alternatives: Sequence[Json]) -> Json:
        constants = [value for raw in alternatives for value in _constants(raw)]
        plain = [raw for raw in alternatives if "const" not in raw and "enum" not in raw]
        types = {"object" if "$ref" in raw else raw["type"] for raw in plain if raw}
        if not all(plain):  # an alternative without a keyword takes anything
            return {}
        if "string" in types:
            constants = []
        if constants and types <= {"null"}:
            return self._values(constants, nullable=bool(types))
        keywords = {**self._items(plain), **self._objects(plain)}
        if constants:
            when_string = self._values(constants, nullable=False)
            keywords = {"if": {"type": "string"}, "then": when_string, "else": keywords}
            types.add("string")
        return {**_types(types), **keywords}

    def _values(self, constants: Sequence[Any], *, nullable: bool) -> Json:
        if any(not isinstance(constant, str) for constant in constants):
            return {"enum": list(constants)}
        if not self.form.closed and len(constants) > 1:
            return {**_types({"string", "null"} if nullable else {"string"}), "examples": sorted(constants)}
        if len(constants) == 1 and not nullable:
            return {"const": constants[0]}
        return {"enum": sorted_tags([*constants, *([None] if nullable else [])])}

    def _items(self, alternatives: Sequence[Json]) -> Json:
        items = [item for raw in alternatives if raw.get("type") == "array" for item in _alternatives(raw["items"])]
        return {"items": self._union(items)} if items else {}

    def _objects(self, alternatives: Sequence[Json]) -> Json:
        inline = [raw for raw in alternatives if raw.get("type") == "object"]
        if inline:  # a free object takes whatever a definition next to it would take, and more
            values = inline[0].get("additionalProperties")
            return {"additionalProperties": self.place(values)} if isinstance(values, dict) and values else {}
        branches = self._branches([raw["$ref"] for raw in alternatives if "$ref" in raw])
        if len(branches) < 2:
            return {} if not branches else branches[0].schema
        return chain(self._tag_member(branches), branches, closed=self.form.closed)

    def _branches(self, refs: Sequence[str]) -> list[Branch]:
        """The alternatives by their tags; a response model gives way to the request type of the same tag."""
        branches: dict[tuple[Tag, ...], Branch] = {}
        for ref in refs:
            branch = Branch(self._tags(ref), {"$ref": ref})
            rival = branches.get(branch.tags)
            if rival is None or self._is_open(rival.schema["$ref"]):
                branches[branch.tags] = branch
        return sorted(branches.values(), key=self._rank)

    def _rank(self, branch: Branch) -> tuple[int, str]:
        order = list(self.form.frequent_tags)
        places = [order.index(tag) for tag in branch.tags if tag in order]
        return min(places, default=len(order)), str(branch.tags[0] if branch.tags else "")

    def _tag_member(self, branches: Sequence[Branch]) -> str:
        for member in TAG_MEMBERS:
            if all(member in self._definition(branch.schema["$ref"])["properties"] for branch in branches):
                return member
        raise ValueError(f"a union without a tag: {[branch.schema['$ref'] for branch in branches]}")

    def _tags(self, ref: str) -> tuple[Tag, ...]:
        definition = self._definition(ref)
        for member in TAG_MEMBERS:
            if member in definition["properties"]:
                alternatives = list(_alternatives(definition["properties"][member]))
                tags: list[Tag] = [value for raw in alternatives for value in _constants(raw)]
                optional = member not in definition.get("required", [])
                return tuple(sorted_tags([*tags, None] if optional else tags))
        return ()

    def _definition(self, ref: str) -> Json:
        return self.definitions[ref.removeprefix(REF)]

    def _is_open(self, ref: str) -> bool:
        return self._definition(ref).get("additionalProperties") is True


def _alternatives(raw: Json) -> Iterator[Json]:
    """The members of an anyOf, of anyOfs inside it too; a schema without one is its own only alternative."""
    if "anyOf" not in raw:
        yield {key: value for key, value in raw.items() if key not in ("title", "description", "default")}
        return
    for alternative in raw["anyOf"]:
        yield from _alternatives(alternative)


def _constants(raw: Json) -> list[Any]:
    return [raw["const"]] if "const" in raw else list(raw.get("enum", []))


def _types(types: set[str]) -> Json:
    ordered = sorted(types, key=JSON_TYPES.index)
    return {"type": ordered[0] if len(ordered) == 1 else ordered}


def only_reached(schema: Json) -> Json:
    """The schema without the definitions that its root does not lead to."""
    definitions = schema["$defs"]
    root = {key: value for key, value in schema.items() if key != "$defs"}
    reached: dict[str, Json] = {}
    waiting = list(_references(root))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = definitions[name]
            waiting += _references(definitions[name])
    return {**root, "$defs": reached}


def _references(schema: Any) -> Iterator[str]:
    """The names of the definitions that a schema refers to."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield value.removeprefix(REF)
            else:
                yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _renamed(schema: Json, rename: Callable[[str], str]) -> Json:
    """The schema with our names; two definitions may get one name only if they are the same."""

    definitions: dict[str, Json] = {}
    for sdk_name, definition in schema["$defs"].items():
        shaped = _with_our_names(definition, rename)
        if definitions.setdefault(rename(sdk_name), shaped) != shaped:
            raise ValueError(f"two different definitions would be called {rename(sdk_name)}: rename one in the overlay")
    root = {key: value for key, value in schema.items() if key != "$defs"}
    return {**_with_our_names(root, rename), "$defs": definitions}


def _with_our_names(node: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(node, list):
        return [_with_our_names(value, rename) for value in node]
    if not isinstance(node, dict):
        return node
    return {
        key: REF + rename(value.removeprefix(REF)) if key == "$ref" else _with_our_names(value, rename)
        for key, value in node.items()
    }
