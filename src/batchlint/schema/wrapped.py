"""The schema of one request, inside one of a list or of the body of a batch."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
REQUEST = "BatchRequest"
"""The name of the definition of one request."""


def list_schema(request: Schema) -> Schema:
    """A list of requests."""
    return _around(request, "array", {"type": "array", "items": {"$ref": f"#/$defs/{REQUEST}"}})


def body_schema(request: Schema) -> Schema:
    """The body of a batch: an object with the list."""
    requests = {"type": "array", "items": {"$ref": f"#/$defs/{REQUEST}"}}
    body = {"type": "object", "required": ["requests"], "properties": {"requests": requests}}
    return _around(request, "batch", body)


def _around(request: Schema, name: str, schema: Schema) -> Schema:
    """A schema that refers to the request; what the request's own schema refers to is found in its place."""
    of_document = {"$schema", "$id", "$defs", "title"}
    definition = {key: value for key, value in request.items() if key not in of_document}
    return {
        "$schema": request["$schema"],
        "$id": request["$id"].replace("batch-request", f"batch-request-{name}"),
        "title": f"{request['title']}, in {'a list' if name == 'array' else 'the body of a batch'}",
        **schema,
        "$defs": {REQUEST: definition, **request["$defs"]},
    }
