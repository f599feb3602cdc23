"""Completion: the fields that an object may have, and the values that a field may have, by the bundled schema."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from lsprotocol import types

from batchlint.lsp.cursor import Cursor, OpenContainer, cursor_in

Schema = Mapping[str, Any]
DEEPEST = 200
"""Steps through references and branches, against schemas that refer to themselves."""


def completions(text: str, api_version: str) -> list[types.CompletionItem]:
    """What may come after this text, which is the line or the document up to the cursor."""
    cursor = cursor_in(text)
    containers = within_request(cursor.containers)
    if not containers:
        return []
    schemas = schemas_at(schema_of(api_version), containers)
    if cursor.wants_key:
        return [_field(name, schema, cursor) for name, schema in _fields(schemas, containers[-1].known)]
    path = [container.key for container in containers]
    values = _model_ids() if path == ["params", "model"] else _values(schemas)
    return [_value(value, cursor) for value in values]


def within_request(containers: Sequence[OpenContainer]) -> Sequence[OpenContainer]:
    """What is open from the request on, without the list or the body that holds it."""
    if containers and containers[0].is_object and containers[0].key == "requests":
        containers = containers[1:]
    return containers[1:] if containers and not containers[0].is_object else containers


@cache
def schema_of(api_version: str) -> Schema:
    """The bundled schema of one request."""
    import json

    from batchlint.resources import schema_text

    schema: Schema = json.loads(schema_text(f"batch-request-{api_version}.schema.json"))
    return schema


def schemas_at(root: Schema, containers: Sequence[OpenContainer]) -> list[Schema]:
    """The schemas of the innermost object where a key is due, or else of the value that is due."""
    schemas = list(_alternatives(root, root, containers[0].known))
    for container, inner in itertools.zip_longest(containers, containers[1:]):
        if container.is_object and container.key is None:
            break
        known = {} if inner is None else inner.known
        schemas = [each for schema in schemas for each in _alternatives(root, _below(schema, container), known)]
    return schemas


def _below(schema: Schema, container: OpenContainer) -> Schema:
    """The schema of what is due in a container; an empty one where there is none."""
    child = schema.get("properties", {}).get(container.key) if container.is_object else schema.get("items")
    return child if isinstance(child, dict) else {}


def _fields(schemas: Iterable[Schema], known: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    """The fields that are not there yet, each with its schema."""
    seen = set(known)
    for schema in schemas:
        for name, each in schema.get("properties", {}).items():
            if name not in seen:
                seen.add(name)
                yield name, each


def _values(schemas: Iterable[Schema]) -> list[Any]:
    """The values that schemas name."""
    named = ([schema["const"]] if "const" in schema else schema.get("enum", []) for schema in schemas)
    return list(dict.fromkeys(itertools.chain.from_iterable(named)))


def _model_ids() -> list[str]:
    """The models that can be used today."""
    from batchlint.facts import models

    today = datetime.date.today()
    return [model.id for model in models() if not model.retired_on(today)]


def _alternatives(root: Schema, schema: Schema, known: Mapping[str, Any], steps: int = 0) -> Iterator[Schema]:
    """A schema, and all that it refers to or chooses from, as far as the known values of the object allow."""
    if steps > DEEPEST:
        return
    yield schema
    if "$ref" in schema:
        yield from _alternatives(root, _referred(root, schema["$ref"]), known, steps + 1)
    if "if" in schema:
        for each in _chosen(schema, known):
            yield from _alternatives(root, each, known, steps + 1)


def _chosen(schema: Schema, known: Mapping[str, Any]) -> Iterator[Schema]:
    """The branches of a schema that can be meant; where the value is not known that decides, what it can be as well."""
    condition: Schema = schema["if"]
    for name, each in condition.get("properties", {}).items():
        allowed = [each["const"]] if "const" in each else each.get("enum", [])
        if known.get(name) is not None:
            yield schema.get("then" if known[name] in allowed else "else", {})
            return
        yield condition
    yield from (schema[name] for name in ("then", "else") if name in schema)


def _referred(root: Schema, reference: str) -> Schema:
    target: Any = root
    for step in reference.removeprefix("#/").split("/"):
        target = target[step.replace("~1", "/").replace("~0", "~")]
    found: Schema = target
    return found


def _field(name: str, schema: Schema, cursor: Cursor) -> types.CompletionItem:
    text = name if cursor.in_string else f'"{name}": '
    return types.CompletionItem(
        label=name, kind=types.CompletionItemKind.Field, insert_text=text, documentation=schema.get("description")
    )


def _value(value: Any, cursor: Cursor) -> types.CompletionItem:
    import json

    text = value if cursor.in_string and isinstance(value, str) else json.dumps(value)
    return types.CompletionItem(label=str(value), kind=types.CompletionItemKind.Value, insert_text=text)
