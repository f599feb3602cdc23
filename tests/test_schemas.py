"""The bundled schemas are in the form that the engine counts on, and are what the generator gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

ROOT = Path(__file__).parents[1]
REQUESTS = ["batch-request-2026-10-21.schema.json", "batch-request-2023-06-01.schema.json"]
RESULT = "batch-result.schema.json"
BUNDLED = [*REQUESTS, RESULT]
USUAL = ["usual-request-2026-10-21.schema.json", "usual-request-2023-06-01.schema.json"]
FREE_MEMBERS = {"input", "input_schema", "schema", "input_examples"}  # objects of the author's own making
Json = dict[str, Any]


def schema(name: str) -> Json:
    document: Json = json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    return document


def nodes(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Every object of a schema document that is not an annotation, with its path."""
    if isinstance(node, dict):
        yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        if key != "x-batchlint":
            yield from nodes(value, (*path, str(key)))


@pytest.mark.parametrize("name", BUNDLED)
def test_is_a_valid_schema_of_draft_2020_12(name: str) -> None:
    assert schema(name)["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert jsonschema_rs.meta.is_valid(schema(name))


@pytest.mark.parametrize("name", BUNDLED)
def test_decides_without_trying_alternatives_or_patterns(name: str) -> None:
    keywords = {key for path, node in nodes(schema(name)) if path[-1:] != ("properties",) for key in node}
    assert not keywords & {"anyOf", "oneOf", "allOf", "not", "pattern", "format"}
    assert {"if", "then", "else"} <= keywords


@pytest.mark.parametrize("name", REQUESTS)
def test_every_object_of_a_request_is_closed_or_free_on_purpose(name: str) -> None:
    document = schema(name)
    assert all(isinstance(definition["additionalProperties"], bool) for definition in document["$defs"].values())
    assert document["additionalProperties"] is False
    for path, node in nodes(document):
        is_object = "object" in node.get("type", []) if path[-1:] != ("properties",) else False
        if is_object and not node.keys() & {"$ref", "if", "else", "properties", "additionalProperties"}:
            assert FREE_MEMBERS & set(path), path


def test_a_result_is_open_to_what_responses_will_have() -> None:
    assert all(node.get("additionalProperties") is not False for _, node in nodes(schema(RESULT)))


@pytest.mark.parametrize("name", BUNDLED)
def test_every_reference_leads_to_a_definition_and_every_definition_is_used(name: str) -> None:
    document = schema(name)
    used = {node["$ref"].removeprefix("#/$defs/") for _, node in nodes(document) if isinstance(node.get("$ref"), str)}
    assert used == set(document["$defs"])


@pytest.mark.parametrize("name", REQUESTS)
def test_says_which_version_and_which_names_are_beta(name: str) -> None:
    document = schema(name)
    about = document["x-batchlint"]
    assert {"mcp_servers", "context_management", "output_format"} <= set(about["beta"]["Params/*"])
    assert {"temperature", "betas", "system", "thinking"}.isdisjoint(about["beta"]["Params/*"])
    assert {"mcp_tool_use", "compaction"} <= set(about["beta"]["UserMessage/content"])
    assert {"text", "tool_use"}.isdisjoint(about["beta"]["UserMessage/content"])
    assert "mcp_toolset" in about["beta"]["Params/tools"]
    for place, names in about["beta"].items():
        definition, member = place.split("/")
        members = document["$defs"][definition]["properties"]
        assert set(names) <= members.keys() if member == "*" else member in members


def test_the_versions_differ_in_the_sampling_parameters_alone() -> None:
    newest, older = (schema(name)["$defs"] for name in REQUESTS)
    for member in ("temperature", "top_p", "top_k"):
        assert older["Params"]["properties"].pop(member)
        assert member not in newest["Params"]["properties"]
    assert newest == older


MESSAGE = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-haiku-4-5",
    "content": [{"type": "text", "text": "Hi."}, {"type": "block_of_tomorrow"}],
    "stop_reason": "reason_of_tomorrow",
    "usage": {"input_tokens": 1, "output_tokens": 1, "counter_of_tomorrow": 1},
}
ERROR = {"type": "error", "error": {"type": "invalid_request_error", "message": "a"}, "request_id": None}


@pytest.mark.parametrize(
    ("result", "is_valid"),
    [
        ({"type": "succeeded", "message": MESSAGE}, True),
        ({"type": "errored", "error": ERROR}, True),
        ({"type": "errored", "error": {**ERROR, "error": {"type": "error_of_tomorrow"}}}, True),
        ({"type": "canceled"}, True),
        ({"type": "expired", "member_of_tomorrow": 1}, True),
        ({"type": "succeeded"}, False),
        ({"type": "succeeded", "message": {**MESSAGE, "content": "Hi."}}, False),
        ({"type": "errored", "error": ERROR["error"]}, False),
        ({"type": "cancelled"}, False),
        ({}, False),
        ("succeeded", False),
    ],
)
def test_a_line_of_results_is_distinguished_from_what_is_none(result: Any, is_valid: bool) -> None:
    line = {"custom_id": "a", "result": result}
    assert jsonschema_rs.is_valid(schema(RESULT), line) is is_valid
    assert jsonschema.Draft202012Validator(schema(RESULT)).is_valid(line) is is_valid


def installed_sdk() -> str | None:
    try:
        return version("anthropic")
    except PackageNotFoundError:
        return None


BUNDLED_SDK = schema(REQUESTS[0])["x-batchlint"]["sdk"]
needs_the_sdk = pytest.mark.skipif(
    installed_sdk() != BUNDLED_SDK,
    reason=f"the schemas are made from anthropic {BUNDLED_SDK}, installed: {installed_sdk()}",
)


def generate(*arguments: str | Path, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "generate_schemas.py"), *map(str, arguments)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def may_be_null(place: Json) -> bool:
    types = place.get("type", [])
    return None in place.get("enum", []) or "null" in ([types] if isinstance(types, str) else types)


NULLS = tomllib.loads((ROOT / "tools" / "schemas" / "overlay.toml").read_text(encoding="utf-8"))["null"]


@pytest.mark.parametrize("entry", NULLS, ids=lambda entry: f"{entry['is']} {entry['checked']}")
def test_null_is_taken_as_the_overlay_says(entry: Json) -> None:
    for version_of_the_api in entry.get("in", ["2023-06-01", "2026-10-21"]):
        definitions = schema(f"batch-request-{version_of_the_api}.schema.json")["$defs"]
        for at in [entry["at"]] if isinstance(entry["at"], str) else entry["at"]:
            places = [
                place
                for name, definition in definitions.items()
                for member, place in definition["properties"].items()
                if fnmatchcase(f"{name}/{member}", at)
            ]
            assert places
            assert {may_be_null(place) for place in places} == {entry["is"] != "refused"}


@needs_the_sdk
def test_the_bundled_schemas_are_what_the_generator_gives() -> None:
    done = generate("--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == [f"{name}: up to date" for name in sorted(BUNDLED + USUAL)]


@needs_the_sdk
@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_every_run_writes_the_same_bytes(tmp_path: Path, hash_seed: str) -> None:
    done = generate("--output", tmp_path, hash_seed=hash_seed)
    assert done.returncode == 0, done.stderr
    for name in BUNDLED + USUAL:
        assert (tmp_path / name).read_bytes() == (ROOT / "schemas" / name).read_bytes()


@needs_the_sdk
def test_a_check_says_field_by_field_what_has_drifted_and_changes_nothing(tmp_path: Path) -> None:
    tampered = schema(REQUESTS[0])
    definitions = tampered["$defs"]
    definitions["Params"]["properties"]["max_tokens"]["minimum"] = 0
    definitions["CacheControlEphemeral"]["properties"]["ttl"]["enum"].append("2h")
    del definitions["Tool"]["properties"]["strict"]
    definitions["ToolChoiceNone"]["properties"]["name"] = {"type": "string"}
    before = json.dumps(tampered)
    (tmp_path / REQUESTS[0]).write_text(before, encoding="utf-8")
    done = generate("--check", "--output", tmp_path)
    assert done.returncode == 1
    told = [line.strip() for line in done.stdout.splitlines() if line.startswith(" ")]
    assert told == [
        'changed CacheControlEphemeral.ttl.enum: without ["2h"]',
        "changed Params.max_tokens.minimum: 0 -> 1",
        'added   Tool.strict.type: ["boolean", "null"]',
        'removed ToolChoiceNone.name.type: "string"',
    ]
    assert (tmp_path / REQUESTS[0]).read_text(encoding="utf-8") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [REQUESTS[0]]
