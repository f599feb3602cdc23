"""The language server, spoken to as an editor does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.client import Client, Document, editor, place

SOUND = '{"custom_id": "a", "params": {"model": "claude-haiku-4-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}}'  # noqa: E501
TYPO = SOUND.replace("max_tokens", "max_token").replace('"a"', '"b"')


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with editor(tmp_path) as client:
        yield client


def test_findings_come_with_their_place_their_rule_and_the_answer_of_the_api(client: Client, tmp_path: Path) -> None:
    (found,) = Document(client, tmp_path / "batch.jsonl", f"{SOUND}\n{TYPO}\n").diagnostics
    start = TYPO.index('"max_token"')
    assert found["range"] == place(1, start, 1, start + len('"max_token"'))
    assert (found["severity"], found["code"], found["source"]) == (1, "unknown-member", "batchlint")
    assert "max_token: Extra inputs are not permitted" in found["message"]


def test_a_change_is_looked_at(client: Client, tmp_path: Path) -> None:
    document = Document(client, tmp_path / "batch.jsonl", f"{SOUND}\n{TYPO}\n")
    assert len(document.diagnostics) == 1
    at = TYPO.index('max_token"') + len("max_token")
    document.change(1, at, at, "s")
    assert document.diagnostics == []
    document.change(1, TYPO.index('"b"') + 1, TYPO.index('"b"') + 2, "a")
    (found,) = document.diagnostics
    assert found["code"] == "duplicate-custom-id"
    assert found["relatedInformation"][0]["location"]["range"]["start"] == {"line": 0, "character": 14}


def test_columns_are_counted_as_editors_do(client: Client, tmp_path: Path) -> None:
    line = TYPO.replace('"b"', '"\U0001f600\U0001f600"')
    found = Document(client, tmp_path / "batch.jsonl", line).diagnostics
    (typo,) = (each for each in found if each["code"] == "unknown-member")
    start = len(line[: line.index('"max_token"')].encode("utf-16-le")) // 2
    assert typo["range"]["start"]["character"] == start


def test_a_quick_fix_mends_it(client: Client, tmp_path: Path) -> None:
    document = Document(client, tmp_path / "batch.jsonl", f"{SOUND}\n{TYPO}\n")
    (found,) = document.diagnostics
    actions = document.ask("codeAction", range=found["range"], context={"diagnostics": [found]})
    quick = next(each for each in actions if each["kind"] == "quickfix")
    (edit,) = quick["edit"]["changes"][document.uri]
    start, end = edit["range"]["start"]["character"], edit["range"]["end"]["character"]
    assert edit["range"]["start"]["line"] == 1
    assert TYPO[:start] + edit["newText"] + TYPO[end:] == TYPO.replace("max_token", "max_tokens")
    assert quick["isPreferred"] is True
    assert [each["title"] for each in actions if each["kind"] == "source.fixAll"] == ["batchlint: make all safe fixes"]


def test_an_action_of_another_kind_is_not_offered(client: Client, tmp_path: Path) -> None:
    document = Document(client, tmp_path / "batch.jsonl", TYPO)
    (found,) = document.diagnostics
    context = {"diagnostics": [found], "only": ["source.fixAll"]}
    actions = document.ask("codeAction", range=found["range"], context=context)
    assert [each["kind"] for each in actions] == ["source.fixAll"]


def test_hovering_shows_the_page_of_the_rule(client: Client, tmp_path: Path) -> None:
    document = Document(client, tmp_path / "batch.jsonl", TYPO)
    (found,) = document.diagnostics
    shown = document.ask("hover", position=found["range"]["start"])["contents"]
    assert shown["kind"] == "markdown"
    assert "unknown-member" in shown["value"]
    assert "Source:" in shown["value"]
    assert document.ask("hover", position={"line": 0, "character": 0}) is None


def test_fields_are_completed_from_the_schema(client: Client, tmp_path: Path) -> None:
    line = '{"custom_id": "a", "params": {"max_tokens": 1, "'
    document = Document(client, tmp_path / "batch.jsonl", f"{SOUND}\n{line}\n")
    items = document.ask("completion", position={"line": 1, "character": len(line)})
    labels = [each["label"] for each in items]
    assert {"model", "messages", "system"} <= set(labels)
    assert "max_tokens" not in labels


def test_a_body_is_looked_at_as_a_whole(client: Client, tmp_path: Path) -> None:
    text = json.dumps({"requests": [json.loads(TYPO)]}, indent=2)
    (found,) = Document(client, tmp_path / "body.json", text).diagnostics
    line = next(number for number, each in enumerate(text.split("\n")) if "max_token" in each)
    assert found["range"]["start"]["line"] == line


@pytest.mark.parametrize("text", ['{"name": "package", "version": "1.0.0"}', "[1, 2]", ""])
def test_what_is_not_a_batch_is_left_alone(client: Client, tmp_path: Path, text: str) -> None:
    Document(client, tmp_path / "package.json", text)
    (found,) = Document(client, tmp_path / "batch.jsonl", TYPO).diagnostics
    assert found["code"] == "unknown-member"


def test_the_closest_configuration_counts(client: Client, tmp_path: Path) -> None:
    (tmp_path / ".batchlint.yaml").write_text("ignore: [unknown-member]\n", encoding="utf-8")
    document = Document(client, tmp_path / "batch.jsonl", TYPO)
    assert document.diagnostics == []
    (tmp_path / ".batchlint.yaml").write_text("", encoding="utf-8")
    client.tell("workspace/didChangeWatchedFiles", changes=[])
    assert len(document.diagnostics) == 1


def test_a_broken_configuration_is_reported_and_nothing_ends(client: Client, tmp_path: Path) -> None:
    (tmp_path / ".batchlint.yaml").write_text("ignore: [no-such-rule]\n", encoding="utf-8")
    Document(client, tmp_path / "batch.jsonl", TYPO)
    assert "no-such-rule" in client.told("window/showMessage")["message"]
    assert (
        client.ask(
            "textDocument/hover",
            textDocument={"uri": (tmp_path / "batch.jsonl").as_uri()},
            position={"line": 0, "character": 1},
        )
        is None
    )


def test_half_of_a_line_is_not_a_reason_to_end(client: Client, tmp_path: Path) -> None:
    document = Document(client, tmp_path / "batch.jsonl", f"{SOUND}\n")
    assert document.diagnostics == []
    for end in range(len(TYPO)):
        document.change(1, end, end, TYPO[end])
    document.ask("codeAction", range=place(1, 0, 1, 9), context={"diagnostics": []})
    assert [each["code"] for each in document.diagnostics] == ["unknown-member"]


def test_without_pygls_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('no', name='pygls')", encoding="utf-8")
    command = [sys.executable, "-c", "from batchlint.cli import guarded_main; raise SystemExit(guarded_main(['lsp']))"]
    ended = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False)
    assert ended.returncode == 2
    assert b"lsp extra" in ended.stderr
    assert b"Traceback" not in ended.stderr
