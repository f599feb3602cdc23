"""Which files of a folder, or of those that the hook names, are taken for batches: content decides, then the name."""

from __future__ import annotations

import json
import os
import re
import threading
from pathlib import Path

import pytest
import yaml

from batchlint.cli import main
from batchlint.sources.file_names import ENDINGS, can_hold_batch, is_batch_name
from batchlint.sources.search import batch_files

PROJECT = Path(__file__).parent.parent
REQUEST = {
    "custom_id": "a",
    "params": {"model": "claude-opus-4-8", "max_tokens": 10, "messages": [{"role": "user", "content": "hi"}]},
}
NAMES = [
    ("requests.jsonl", True),
    ("requests.json", True),
    ("requests.ndjson", True),
    ("data/eval/requests-2026-11.jsonl", True),
    ("requests-00001-of-00004.jsonl", True),
    ("requests-00001-of-00004.json", True),
    ("my_requests_v2.jsonl", True),
    ("Requests.JSONL", True),
    ("batch.jsonl", True),
    ("batch.json", True),
    ("batch_1.json", True),
    ("batch-001.jsonl", True),
    ("batch001.jsonl", True),
    ("batches/one.batch.json", True),
    ("eval.requests.json", True),
    ("batch_requests.json", True),
    ("summaries-batch.jsonl", True),
    ("summaries_batch_3.jsonl", True),
    ("retry.jsonl", True),
    ("retry.needs-fix.jsonl", True),
    ("error-analysis-requests.jsonl", True),
    # what comes back
    ("results.jsonl", False),
    ("batch_results.jsonl", False),
    ("batch-results-2026.jsonl", False),
    ("results_batch_1.jsonl", False),
    ("batch_001_output.jsonl", False),
    ("batch_errors.jsonl", False),
    ("requests.responses.jsonl", False),
    # what is next to
    ("requests.manifest.json", False),
    ("requests.map.json", False),
    (".batchlint-baseline.json", False),
    ("batchlint.jsonl", False),
    ("batchlint.json", False),
    ("batch-request-2026-10-21.schema.json", False),
    ("requests.schema.json", False),
    # something else
    ("package.json", False),
    ("package-lock.json", False),
    ("tsconfig.json", False),
    ("aws-batch-job.json", False),
    ("batch-job-definition.json", False),
    ("spring-batch.config.json", False),
    ("batch-settings.json", False),
    ("pull_requests.jsonl", False),
    ("merge-requests.json", False),
    ("requests.py", False),
    ("requests.txt", False),
    ("requests.jsonl.gz", False),
    ("batch.csv", False),
    ("requests/readme.json", False),
    ("train.jsonl", False),
    ("messages.json", False),
    ("prebatched.json", False),
]


@pytest.mark.parametrize(("name", "taken"), NAMES)
def test_names_that_say_batch(name: str, taken: bool) -> None:
    assert is_batch_name(name) == taken


def test_the_hook_looks_into_the_same_files_as_a_search() -> None:
    for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert hook["files"] == ENDINGS
        assert "--only-batches" in hook["entry"]
        for name, _ in NAMES:
            assert bool(re.search(hook["files"], name)) == can_hold_batch(name.removesuffix(".gz"))


def put(path: str, content: object) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content) + "\n"
    Path(path).write_text(text, encoding="utf-8")


def taken_in(folder: str) -> list[str]:
    return [path for path, is_batch in batch_files(folder) if is_batch]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_batches_are_found_in_order_and_others_folders_left_out() -> None:
    for path in ("b/requests.jsonl", "a/requests.jsonl", "requests.jsonl", "a/x/batch.json", "a/batch.jsonl"):
        put(path, REQUEST)
    for path in (".git/requests.jsonl", ".venv/x/requests.jsonl", "node_modules/x/requests.jsonl", "a/readme.txt"):
        put(path, REQUEST)
    found = [os.path.normpath(path) for path in taken_in(".")]
    assert found == ["requests.jsonl", "a/batch.jsonl", "a/requests.jsonl", "a/x/batch.json", "b/requests.jsonl"]


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (REQUEST, True),
        ([REQUEST], True),
        ({"requests": [REQUEST]}, True),
        ({"requests": []}, True),
        ({"custom_id": "a"}, True),
        ({"params": {}}, True),
        (REQUEST["params"], True),
        ("", True),
        ('{"custom_id": "a", "params": {', True),
        ("[" + json.dumps(REQUEST), True),
        ({"recordId": "1", "modelInput": {"messages": []}}, True),
        ({"custom_id": "a", "result": {"type": "succeeded"}}, False),
        ({"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {}}, False),
        ({"jobName": "nightly", "vcpus": 2}, False),
        ([], False),
        ([1, 2], False),
        ({"messages": []}, False),
        ("not json", False),
        ('{\n  "jobName": "nightly"\n}\n', False),
        (json.dumps(REQUEST, indent=1), True),
    ],
)
def test_what_is_called_like_a_batch_has_to_look_like_one(content: object, taken: bool) -> None:
    put("requests.json", content)
    assert taken_in(".") == (["./requests.json"] if taken else [])


@pytest.mark.parametrize(
    "name", ["001.jsonl", "request.jsonl", "message_batch.json", "prompts.ndjson", "results.jsonl"]
)
@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (REQUEST, True),
        (REQUEST | {"custom_id": 7}, True),
        ([REQUEST], True),
        ({"requests": [REQUEST]}, True),
        ({"betas": ["x"], "requests": [REQUEST]}, True),
        ({"params": REQUEST["params"], "custom_id": "a"}, True),
        ({"params": REQUEST["params"]}, True),
        (json.dumps(REQUEST, indent=1), True),
        ("\n \n" + json.dumps(REQUEST), True),
        ("\ufeff" + json.dumps(REQUEST), True),
        (json.dumps(REQUEST) + "\nnot json\n", True),
        (json.dumps(REQUEST)[:60], True),
        ('{"custom_id": "a", "params": {"model": "m",}}', True),
        ('[{"custom_id": "a", "params": {"model": "m",}}]', True),
        ({"recordId": "1", "modelInput": {"anthropic_version": "bedrock-2023-05-31", "messages": []}}, True),
        ({"modelInput": {"anthropic_version": "bedrock-2023-05-31", "messages": []}}, True),
        ({"custom_id": "1", "request": {"anthropic_version": "vertex-2023-10-16", "messages": []}}, True),
        ({"custom_id": "a", "params": {"x": "long" * 50_000}}, True),
        # What says too little, or something else.
        (REQUEST["params"], False),
        ({"custom_id": "a"}, False),
        ({"jsonrpc": "2.0", "method": "sum", "params": {"x": 1}}, False),
        ({"params": {"x": 1}}, False),
        ({"params": ["--fast"], "name": "x"}, False),
        ({"recordId": "1", "modelInput": {"anthropic_version": "x"}, "modelOutput": {"content": []}}, False),
        ({"recordId": "1", "modelInput": {"inputText": "for another model"}}, False),
        ({"custom_id": "1", "request": {"anthropic_version": "x"}, "response": {}, "status": ""}, False),
        ({"request": {"contents": [{"role": "user"}]}}, False),
        ({"request": "GET /", "status": 200}, False),
        ({"custom_id": "a", "result": {"type": "succeeded"}}, False),
        ({"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {}}, False),
        ({"requests": [{"method": "GET", "params": {"q": 1}}]}, False),
        ({"requests": []}, False),
        ({"dependencies": {"params": "1.0"}}, False),
        ([1, 2], False),
        ([], False),
        ("", False),
        ("not json: custom_id, params", False),
        ("[" * 5000, False),
        ('"custom_id" "params"', False),
    ],
)
def test_whatever_it_is_called_a_file_is_taken_if_its_first_object_leaves_no_doubt(
    name: str, content: object, taken: bool
) -> None:
    put(name, content)
    assert taken_in(".") == ([f"./{name}"] if taken else [])


def test_what_is_no_utf_8_is_taken_by_its_name() -> None:
    for name in ("requests.jsonl", "train.jsonl"):
        Path(name).write_bytes(json.dumps(REQUEST).encode("utf-16"))
    assert taken_in(".") == ["./requests.jsonl"]


def test_named_files_are_passed_over_only_where_that_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    put("package.json", {"name": "x"})
    put("tsconfig.json", {"compilerOptions": {}})
    put("data/001.jsonl", REQUEST)
    words = ["--as-of", "2026-11-23", "package.json", "tsconfig.json", "./package.json"]
    assert main(words) == 1
    capsys.readouterr()
    assert main(["--only-batches", *words]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["--only-batches", "--verbose", *words, "data/001.jsonl"]) == 0
    assert capsys.readouterr().err == (
        "batchlint: passed over: 2 files without a request of a batch\nbatchlint: no findings in 1 request of 1 file\n"
    )
    assert main(["--verbose", "--as-of", "2026-11-23", "."]) == 0
    assert "passed over: 2 files" in capsys.readouterr().err


def test_fix_passes_over_the_same_files(capsys: pytest.CaptureFixture[str]) -> None:
    put("package.json", {"name": "x"})
    assert main(["fix", "--in-place", "--only-batches", "--verbose", "package.json"]) == 0
    assert "passed over: 1 file without a request of a batch\n" in capsys.readouterr().err
    assert Path("package.json").read_text(encoding="utf-8") == '{"name": "x"}\n'


def test_a_pipe_is_not_looked_into(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.jsonl")
    writer = threading.Thread(target=put, args=("pipe.jsonl", REQUEST))
    writer.start()
    assert main(["--as-of", "2026-11-23", "--only-batches", "pipe.jsonl"]) == 0
    writer.join()
    assert "no findings in 1 request of 1 file" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_not_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only-batches", "nowhere.jsonl"]) == 3
    assert "nowhere.jsonl: cannot be read" in capsys.readouterr().err


def test_links_are_followed_to_files_and_never_round_in_circles() -> None:
    put("real/requests.jsonl", REQUEST)
    Path("real/loop").symlink_to("..")
    Path("again").symlink_to("real")
    Path("batch.jsonl").symlink_to("real/requests.jsonl")
    Path("requests.jsonl").symlink_to("nowhere")
    os.mkfifo("requests.json")
    assert taken_in(".") == ["./batch.jsonl", "./real/requests.jsonl"]


def test_a_file_that_is_named_is_linted_whatever_it_holds() -> None:
    put("results.jsonl", {"custom_id": "a", "result": {"type": "succeeded"}})
    assert main(["--as-of", "2026-11-23", "results.jsonl"]) == 1


def test_a_folder_and_a_file_in_it_are_linted_once(capsys: pytest.CaptureFixture[str]) -> None:
    put("data/requests.jsonl", REQUEST)
    assert main(["--as-of", "2026-11-23", "data", "./data/requests.jsonl", "data/"]) == 0
    assert "1 request of 1 file\n" in capsys.readouterr().err


def test_a_folder_without_a_batch_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    put("data/other.jsonl", {"text": "x"})
    assert main(["data"]) == 2
    assert "no batch file in data" in capsys.readouterr().err


def test_a_thousand_files_are_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(1000):
        put(f"shards/{number % 10}/requests-{number:04}.jsonl", {**REQUEST, "custom_id": f"id-{number}"})
    put("shards/5/requests-0777.jsonl", {**REQUEST, "custom_id": "id-0"})
    assert main(["--as-of", "2026-11-23", "--format", "concise", "shards"]) == 0
    out, _ = capsys.readouterr()
    assert "duplicate-custom-id" in out
