"""What a repository says of its batch files: found above the input, read as text, told where it is wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from batchlint.cli import main
from batchlint.config import Closest, ConfigError
from batchlint.config.keys import KEYS
from batchlint.config.reading import read
from batchlint.config.settings import DEFAULTS, settings
from batchlint.resources import schema_path
from batchlint.rules import all_rules

TODAY = ["--as-of", "2026-11-23", "--format", "concise"]


def request(custom_id: str, **params: Any) -> dict[str, Any]:
    message = {"role": "user", "content": "hi"}
    return {
        "custom_id": custom_id,
        "params": {"model": "claude-opus-4-8", "max_tokens": 10, "messages": [message]} | params,
    }


def put(path: str, *requests: object) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("".join(json.dumps(each) + "\n" for each in requests), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def says(text: str, name: str = ".batchlint.yaml") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


STREAM = request("a", stream=True)
OLD = request("b", model="claude-sonnet-4-5")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ignore: [stream-in-batch]", 0),
        ("ignore: stream-in-batch, unknown-member", 0),
        ("ignore: []", 1),
        ("warn: [stream-in-batch]", 0),
        ("warn: [stream-in-batch]\nstrict: true", 1),
        ("select: [unknown-member]", 0),
        ("select: [unknown-member]\nextend-select: [stream-in-batch]", 1),
        ("per-file-ignores:\n  'data/*': [stream-in-batch]", 0),
        ("per-file-ignores:\n  data/requests.jsonl: stream-in-batch", 0),
        ("per-file-ignores:\n  '*.jsonl': [stream-in-batch]", 0),
        ("per-file-ignores:\n  requests.jsonl: stream-in-batch", 0),
        ("per-file-ignores:\n  'other/*': [stream-in-batch]", 1),
        ("per-file-ignores:\n  '*': [unknown-member]", 1),
        ("per-id-ignores:\n  'a*': [stream-in-batch]", 0),
        ("per-id-ignores:\n  'b*': [stream-in-batch]", 1),
        ("per-id-ignores: {a: [stream-in-batch]}", 0),
        ("# nothing", 1),
        ("", 1),
    ],
)
def test_yaml_and_toml_say_the_same(text: str, status: int) -> None:
    path = put("data/requests.jsonl", STREAM)
    says(text)
    assert main([*TODAY, path]) == status
    Path(".batchlint.yaml").unlink()
    says(in_toml(yaml.load(text, Loader=yaml.BaseLoader) or {}), "pyproject.toml")
    assert main([*TODAY, path]) == status


def in_toml(document: dict[str, Any]) -> str:
    def value(each: Any) -> str:
        if isinstance(each, dict):
            return "{" + ", ".join(f"{json.dumps(key)} = {value(inner)}" for key, inner in each.items()) + "}"
        return each if each in ("true", "false") else json.dumps(each)

    return "[tool.batchlint]\n" + "".join(f"{key} = {value(each)}\n" for key, each in document.items())


def test_the_closest_file_wins_and_nothing_is_merged(capsys: pytest.CaptureFixture[str]) -> None:
    says("ignore: [stream-in-batch]")
    says("warn: [unknown-member]", "inner/.batchlint.yaml")
    above, below = put("requests.jsonl", STREAM), put("inner/deep/requests.jsonl", request("c", stream=True))
    assert main([*TODAY, above]) == 0
    assert main([*TODAY, below]) == 1
    assert main([*TODAY, above, below]) == 1  # each file by its own
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == [below, below]


def test_the_file_of_batchlint_wins_over_pyproject_next_to_it() -> None:
    says("ignore: [stream-in-batch]")
    says('[tool.batchlint]\nignore = ["unknown-member"]', "pyproject.toml")
    assert main([*TODAY, put("requests.jsonl", STREAM)]) == 0


def test_a_pyproject_without_a_word_of_batchlint_is_passed_over() -> None:
    says("ignore: [stream-in-batch]")
    says("[tool.other]\nbatchlint = 1", "inner/pyproject.toml")
    assert main([*TODAY, put("inner/requests.jsonl", STREAM)]) == 0


def test_the_command_line_beats_the_file() -> None:
    path = put("requests.jsonl", STREAM, OLD)
    says("ignore: [stream-in-batch]\nstrict: true\nas-of: 2025-01-01\nmax-tokens-per-request: 0")
    assert main(["--format", "concise", path]) == 0
    assert main(["--format", "concise", "--as-of", "2026-11-23", path]) == 1
    assert main([*TODAY, "--ignore", "deprecated-model", path]) == 1
    assert main([*TODAY, "--ignore", "deprecated-model,stream-in-batch", path]) == 0
    assert main([*TODAY, "--no-config", "--ignore", "stream-in-batch", path]) == 0


def test_a_named_file_holds_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    says("ignore: [stream-in-batch]", "elsewhere/lint.yaml")
    says("warn: [nonsense]")
    path = put("requests.jsonl", STREAM)
    assert main([*TODAY, "--config", "elsewhere/lint.yaml", path]) == 0
    assert main([*TODAY, "--config", "absent.yaml", path]) == 2
    assert "absent.yaml: cannot be read" in capsys.readouterr().err
    assert main([*TODAY, "--config", "elsewhere/lint.yaml", "--no-config", path]) == 2


def test_standard_input_uses_the_folder_of_its_name() -> None:
    says("ignore: [stream-in-batch]", "inner/.batchlint.yaml")
    command = [sys.executable, "-m", "batchlint", *TODAY, "-"]
    data = json.dumps(STREAM).encode()
    assert subprocess.run(command, input=data, capture_output=True, check=False).returncode == 1
    command += ["--stdin-filename", "inner/made.jsonl"]
    assert subprocess.run(command, input=data, capture_output=True, check=False).returncode == 0


def test_scalars_are_the_text_that_they_are() -> None:
    says("api-version: 2026-10-21\nbetas: [no, on, 1.10, 2025-01-01]\nmax-request-bytes: 1_000\nas-of: 2026-01-02")
    values = read(".batchlint.yaml").values
    assert values["api-version"] == "2026-10-21"
    assert values["betas"] == {"no", "on", "1.10", "2025-01-01"}
    assert values["max-request-bytes"] == 1000
    assert str(values["as-of"]) == "2026-01-02"
    says("[tool.batchlint]\napi-version = 2026-10-21\nas-of = 2026-01-02\nmax-request-bytes = 1000", "pyproject.toml")
    assert read("pyproject.toml").values["api-version"] == "2026-10-21"
    assert read("pyproject.toml").values["as-of"] == values["as-of"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ignroe: [x]", ".batchlint.yaml:1: there is no key 'ignroe'; did you mean 'ignore'?"),
        ("\nqqq: 1", ".batchlint.yaml:2: there is no key 'qqq'; there are select"),
        ("ignore: [stream-in-bach]", ".batchlint.yaml:1: ignore: there is no rule 'stream-in-bach'; did you mean"),
        ("per-id-ignores:\n  a: [nope]", ".batchlint.yaml:1: per-id-ignores: there is no rule 'nope'"),
        ("ignore: [{a: b}]", "ignore: has to be one value"),
        ("ignore: {a: b}", "ignore: has to be a list of names"),
        ("per-file-ignores: [a]", "has to be a mapping of patterns"),
        ("strict: no", "strict: 'no' is neither true nor false"),
        ("as-of: tomorrow", "'tomorrow' is not a date of the form YYYY-MM-DD"),
        ("api-version: 2020-01-01", "is neither 2023-06-01 nor 2026-10-21"),
        ("max-tokens-per-request: -1", "'-1' is not a whole number >= 0"),
        ("max-tokens-per-request: ''", "'' is not a whole number >= 0"),
        ("betas: [none, a]", "cannot be combined with others"),
        ("- a", "has to be a mapping of keys to values"),
        ("ignore: a\nignore: b", ".batchlint.yaml:2: 'ignore' appears twice"),
        ("a: [", ".batchlint.yaml:1: is not YAML"),
        ("a: b: c", ".batchlint.yaml:1: is not YAML"),
        ("ignore: &a [x]\nwarn: *a", "references (*name) are not understood"),
        ("\x00", "is not YAML"),
        ("[" * 5000, ".batchlint.yaml"),
        ("#" * 2_000_000, "is too large for a configuration"),
        ("baseline: absent.json", "absent.json: cannot be read"),
    ],
)
def test_what_is_wrong_is_reported_in_one_line_with_its_place(
    text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    says(text)
    assert main([*TODAY, put("requests.jsonl", STREAM)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert told in err


@pytest.mark.parametrize("text", ["[tool.batchlint]\nqq = 1", "[tool.batchlint", "tool = 1 # batchlint\n= ="])
def test_a_pyproject_that_is_wrong_is_reported(text: str) -> None:
    says(text, "pyproject.toml")
    with pytest.raises(ConfigError, match=r"^pyproject\.toml"):
        Closest().above("requests.jsonl")


def test_every_key_has_a_default_and_is_in_the_schema() -> None:
    schema = json.loads(schema_path("config.schema.json").read_text(encoding="utf-8"))
    assert list(KEYS) == list(DEFAULTS) == list(schema["properties"])
    assert schema["$defs"]["rule"]["enum"] == list(all_rules())


@pytest.mark.parametrize(
    ("document", "valid"),
    [
        ({}, True),
        ({"ignore": ["stream-in-batch"], "strict": "true", "per-id-ignores": {"a*": ["unknown-member"]}}, True),
        ({"models": {"claude-a": {"like": "claude-opus-5"}, "claude-b": {}, "claude-c": None}}, True),
        ({"models": {"claude-a": {"likes": "claude-opus-5"}}}, False),
        ({"models": ["claude-a"]}, False),
        ({"betas": {"a-2099-01-01": {"like": "compact-2026-01-12"}, "compact-2026-09-04": None}}, True),
        ({"betas": {"a-2099-01-01": "b"}}, False),
        ({"strict": True, "max-request-bytes": 1000, "as-of": "2026-01-02", "betas": "none"}, True),
        ({"ignore": "stream-in-batch, unknown-member"}, True),
        ({"ignore": ["stream"]}, False),
        ({"ignroe": []}, False),
        ({"strict": "yes"}, False),
        ({"api-version": "2020-01-01"}, False),
        ({"max-request-bytes": -1}, False),
        ({"as-of": "tomorrow"}, False),
    ],
)
def test_an_editor_is_recognised_by_the_schema_what_batchlint_would_say(document: dict[str, Any], valid: bool) -> None:
    schema = json.loads(schema_path("config.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema.Draft202012Validator(schema).is_valid(document) == valid
    says(yaml.safe_dump(document))
    put("requests.jsonl", request("a"))
    assert (main([*TODAY, "requests.jsonl"]) != 2) == valid


def test_config_shows_what_is_in_force_and_from_where(capsys: pytest.CaptureFixture[str]) -> None:
    says(
        "# ours\napi-version: 2026-10-21\nper-id-ignores: {a: [stream-in-batch], b: [unknown-member]}",
        "in/.batchlint.yaml",
    )
    assert main(["config", "--strict", "in"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("in uses in/.batchlint.yaml\n")
    lines = {line.split("  ")[0]: line for line in out.splitlines()}
    assert lines["api-version"].split() == ["api-version", "2026-10-21", "in/.batchlint.yaml:2"]
    assert "a: stream-in-batch; b: unknown-member" in lines["per-id-ignores"]
    assert lines["strict"].endswith("command line")
    assert lines["max-tokens-per-request"].endswith("default")
    assert main(["config"]) == 0
    assert "no configuration file" in capsys.readouterr().out


def test_config_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    says("betas: none\nper-file-ignores: {'x*': [stream-in-batch]}")
    assert main(["config", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["values"]["betas"] == {"value": [], "from": ".batchlint.yaml:1"}
    assert document["values"]["per-file-ignores"]["value"] == {"x*": ["stream-in-batch"]}
    assert document["configuration"] == ".batchlint.yaml"


def test_without_a_configuration_nothing_is_imported_to_read_one() -> None:
    put("requests.jsonl", request("a"))
    code = (
        "import sys; from batchlint.cli import main; main(['requests.jsonl']); "
        "print({'yaml', 'batchlint.config.reading', 'batchlint.sources.search', 'batchlint.config.baseline'}"
        " & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "set()\n"


NEWER = request("n", model="claude-opus-99")
NEEDING = request("m", output_config={"task_budget": {"type": "tokens", "total": 30_000}})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["unknown-model"]),
        ("models:\n  claude-opus-99: {like: claude-opus-4-8}", []),
        ("models:\n  claude-opus-99:\n    like: claude-opus-4-8", []),
        ("models: {claude-opus-99: {}}", []),
        ("models:\n  claude-opus-99:", []),
        ("models: {claude-opus-98: {}}", ["unknown-model"]),
        ("models: {claude-opus-99: {like: claude-haiku-4-5}}", ["max-tokens-over-model-limit"]),
    ],
)
def test_a_model_that_is_newer_is_like_the_one_that_is_named(
    text: str, found: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    says(text)
    path = put("requests.jsonl", request("n", model="claude-opus-99", max_tokens=100_000))
    main([*TODAY, path])
    assert re.findall(r"(?:error|warning)\[([a-z-]+)\]", capsys.readouterr().out) == found


def test_what_is_known_of_a_model_is_not_changed(capsys: pytest.CaptureFixture[str]) -> None:
    says("models: {claude-haiku-4-5: {like: claude-opus-4-8}}")
    assert main([*TODAY, put("requests.jsonl", request("n", model="claude-haiku-4-5", max_tokens=100_000))]) == 1
    assert "max-tokens-over-model-limit" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("betas: [task-budgets-2026-03-13]", 0),
        ("betas: {task-budgets-2026-03-13: {}}", 0),
        ("betas: [task-budgets-2099-01-01]", 1),
        ("betas: {task-budgets-2099-01-01: {}}", 1),
        ("betas: {task-budgets-2099-01-01: {like: task-budgets-2026-03-13}}", 0),
        ("betas: {task-budgets-2099-01-01: {like: compact-2026-01-12}}", 1),
    ],
)
def test_a_header_that_is_newer_opens_what_the_named_one_opens(text: str, status: int) -> None:
    says(text)
    assert main([*TODAY, "--strict", "--select", "undeclared-beta", put("requests.jsonl", NEEDING)]) == status


def test_only_the_headers_of_the_batch_are_its_headers() -> None:
    says("betas: {task-budgets-2099-01-01: {like: task-budgets-2026-03-13}}")
    options = settings(read(".batchlint.yaml"), {}, all_rules()).options
    assert options.betas == frozenset({"task-budgets-2099-01-01"})
    assert options.opening == frozenset({"task-budgets-2099-01-01", "task-budgets-2026-03-13"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("models: [claude-opus-99]", "models: has to be a mapping of ids to {like: KNOWN}"),
        ("models: {claude-opus-99: {like: claude-opus-4-80}}", "did you mean 'claude-opus-4-8'?"),
        ("models: {claude-opus-99: {as: claude-opus-4-8}}", "what is said of a model is like:"),
        ("models: {claude-opus-99: claude-opus-4-8}", "what is said of a model is like:"),
        ("betas: {new-2099-01-01: {like: task-budget-2026-03-13}}", "did you mean 'task-budgets-2026-03-13'?"),
    ],
)
def test_what_is_like_nothing_known_is_reported_with_its_line(
    text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    says(f"# first\n{text}")
    assert main([*TODAY, put("requests.jsonl", NEWER)]) == 2
    said = capsys.readouterr().err
    assert ".batchlint.yaml:2: " in said
    assert message in said


def test_the_configuration_in_force_shows_what_is_like_what(capsys: pytest.CaptureFixture[str]) -> None:
    says("models: {claude-a: {like: claude-opus-4-8}, claude-b: {}}\nbetas: {c-2099-01-01: {like: compact-2026-01-12}}")
    assert main(["config"]) == 0
    said = capsys.readouterr().out
    assert "claude-a: claude-opus-4-8; claude-b" in said
    assert "c-2099-01-01 (like compact-2026-01-12)" in said
    assert main(["config", "--format", "json"]) == 0
    values = json.loads(capsys.readouterr().out)["values"]
    assert values["models"]["value"] == {"claude-a": ["claude-opus-4-8"], "claude-b": []}
