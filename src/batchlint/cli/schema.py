"""`batchlint schema NAME`: the JSON Schemas, for editors and other tools."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence

from batchlint.cli import CLEAN
from batchlint.cli.parser import Parser
from batchlint.schema import API_VERSIONS, WIDEST_VERSION
from batchlint.schema.wrapped import Schema, body_schema, list_schema

DESCRIPTION = """\
Prints a JSON Schema (draft 2020-12):

request   one request of a batch, as a line of JSONL has it (what is meant where none is named)
array     a list of requests
batch     the body of a batch: {"requests": [...]}
result    a line of the results
findings  what `batchlint --format json` writes
config    .batchlint.yaml"""
OF_REQUESTS: Mapping[str, Callable[[Schema], Schema]] = {"request": dict, "array": list_schema, "batch": body_schema}
FILES = {"result": "batch-result", "findings": "findings", "config": "config"}


def main(arguments: Sequence[str]) -> int:
    """Prints a schema."""
    from batchlint.resources import schema_text

    args = parser().parse_args(arguments)
    if args.name in FILES:
        sys.stdout.write(schema_text(f"{FILES[args.name]}.schema.json"))
        return CLEAN
    request = json.loads(schema_text(f"batch-request-{args.api_version}.schema.json"))
    json.dump(OF_REQUESTS[args.name](request), sys.stdout, indent=1)
    sys.stdout.write("\n")
    return CLEAN


def parser() -> Parser:
    """The options of schema."""
    result = Parser(prog="batchlint schema", usage="batchlint schema [NAME]", description=DESCRIPTION)
    result.add_argument("name", nargs="?", choices=[*OF_REQUESTS, *FILES], default="request", metavar="NAME")
    result.add_argument("--api-version", choices=API_VERSIONS, default=WIDEST_VERSION, metavar="V")
    return result
