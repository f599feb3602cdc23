"""The schemas that `batchlint schema` prints."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from batchlint.cli import main
from batchlint.cli.schema import FILES, OF_REQUESTS
from batchlint.schema import API_VERSIONS

SOUND = {
    "custom_id": "a",
    "params": {"model": "claude-opus-4-8", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]},
}
BROKEN = {**SOUND, "params": {**SOUND["params"], "max_token": 1}}  # type: ignore[dict-item]


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["schema", *arguments]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(document)
    return document


@pytest.mark.parametrize("version", API_VERSIONS)
@pytest.mark.parametrize(
    ("name", "around"),
    [("request", lambda each: each), ("array", lambda each: [each]), ("batch", lambda each: {"requests": [each]})],
)
def test_a_request_is_judged_alike_in_each_container(
    name: str, around: Any, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    validator = jsonschema.Draft202012Validator(printed(capsys, name, "--api-version", version))
    assert list(validator.iter_errors(around(SOUND))) == []
    (error,) = validator.iter_errors(around(BROKEN))
    assert "max_token" in error.message


def test_each_has_an_id_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    ids = [printed(capsys, name)["$id"] for name in [*OF_REQUESTS, *FILES]]
    assert len(set(ids)) == len(ids)


def test_the_request_is_what_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys) == printed(capsys, "request")
