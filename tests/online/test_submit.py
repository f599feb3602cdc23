"""What is sent, what is not, and that nothing is sent twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.ledger import History, Ledger
from batchlint.online.client import api_client
from batchlint.online.create import Refused, create
from batchlint.online.outgoing import open_outgoing
from batchlint.results.manifest import manifest_path
from tests.online.conftest import MODEL, requests, write
from tests.online.server import KEY, Fault, LocalApi


def submit(*arguments: str | Path) -> int:
    return main(["submit", "--settle", "0", *map(str, arguments)])


def events() -> list[str]:
    return [entry.event for entry in Ledger("batchlint-ledger.jsonl").entries()]


def history() -> History:
    return History(Ledger("batchlint-ledger.jsonl").entries())


def test_the_requests_are_sent_byte_for_byte(folder: Path, api: LocalApi) -> None:
    message = '{"role": "user",  "content": "caf\\u00e9 é 1.0"}'
    params = f'{{"model": "{MODEL}", "max_tokens":  64, "messages": [ {message} ]}}'
    lines = [f'{{"custom_id": "{each}", "params": {params}}}' for each in "ab"]
    (folder / "r.jsonl").write_text("\n\n".join(lines), encoding="utf-8")
    assert submit("r.jsonl") == 0
    (batch,) = api.batches.values()
    assert batch.body == ('{"requests":[' + ",".join(lines) + "]}").encode()


def test_the_headers_are_sent_linted_for_and_noted(folder: Path, api: LocalApi) -> None:
    write(folder / "r.jsonl", requests("a"))
    assert submit("r.jsonl", "--api-version", "2023-06-01", "--beta", "output-300k-2026-03-24") == 0
    (batch,) = api.batches.values()
    assert batch.headers["anthropic-version"] == "2023-06-01"
    assert batch.headers["anthropic-beta"] == "output-300k-2026-03-24"
    (sent,) = history().batches.values()
    assert (sent.entry.api_version, sent.entry.betas) == ("2023-06-01", ["output-300k-2026-03-24"])
    assert (sent.entry.organization, sent.entry.requests, sent.attempt) == ("org-1", 1, 1)
    assert sent.created_at == batch.created_at


def test_what_the_default_version_refuses_is_not_sent(folder: Path, api: LocalApi) -> None:
    value = requests("a")
    value[0]["params"]["temperature"] = 1
    write(folder / "r.jsonl", value)
    assert submit("r.jsonl") == 1
    assert not api.calls


def test_nothing_is_sent_where_one_of_the_files_fails(folder: Path, api: LocalApi) -> None:
    good, bad = write(folder / "good.jsonl", requests("a")), write(folder / "bad.jsonl", requests("b:c"))
    assert submit(good, bad) == 1
    assert submit(good, bad, "--exit-zero") == 1
    assert submit(good, folder / "missing.jsonl") == 3
    assert not api.calls
    assert not Path("batchlint-ledger.jsonl").exists()


def test_parts_are_sent_in_order_and_each_once(folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]) -> None:
    parts = [write(folder / f"part-{number}.jsonl", requests(f"r{number}")) for number in range(3)]
    api.faults = [Fault("list"), Fault("list", status=400)]
    assert submit(*parts) == 1
    assert len(api.batches) == 1
    assert submit(*parts) == 0
    assert [batch.requests[0]["custom_id"] for batch in api.batches.values()] == ["r0", "r1", "r2"]
    assert "part-0.jsonl: sent already as msgbatch_0001" in capsys.readouterr().err
    assert submit(*parts) == 0
    assert len(api.batches) == 3


def test_again_is_a_new_attempt(folder: Path, api: LocalApi) -> None:
    write(folder / "r.jsonl", requests("a"))
    assert submit("r.jsonl") == 0
    assert submit("r.jsonl", "--again") == 0
    assert [(batch.attempt, batch.entry.parent) for batch in history().batches.values()] == [
        (1, None),
        (2, "msgbatch_0001"),
    ]


def test_a_dry_run_needs_neither_key_nor_network(
    folder: Path, api: LocalApi, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    path = write(folder / "r.jsonl", requests("a"))
    assert submit("r.jsonl", "--dry-run") == 0
    size = len('{"requests":[]}') + path.stat().st_size - 1
    assert f"r.jsonl: would be sent (1 requests, {size} bytes, attempt 1)" in capsys.readouterr().err
    assert not api.calls


@pytest.mark.parametrize("status", [429, 529])
def test_busy_is_waited_for(folder: Path, api: LocalApi, status: int) -> None:
    write(folder / "r.jsonl", requests("a"))
    api.faults = [Fault("create", status=status)] * 3
    assert submit("r.jsonl") == 0
    assert api.calls["create"] == 4
    assert len(api.batches) == 1


def test_a_refusal_is_reported_and_ends_it(folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "r.jsonl", requests("a"))
    api.faults = [Fault("create", status=400)]
    assert submit("r.jsonl") == 1
    assert "400 invalid_request_error: made to fail with 400" in capsys.readouterr().err
    assert events() == ["sending", "not-sent"]
    assert submit("r.jsonl") == 0


def test_a_refusal_of_the_whole_batch_comes_with_what_to_do(
    folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "r.jsonl", requests("a"))
    for code in ("workspace_human_review_disabled", "a_code_of_tomorrow"):
        api.faults = [Fault("create", status=400, error_code=code)]
        assert submit("r.jsonl") == 1
        assert events()[-2:] == ["sending", "not-sent"]
        said = capsys.readouterr().err
        assert "made to fail with 400" in said
        assert ("; batches cannot be created in a workspace that has Human Review turned off" in said) == (
            code == "workspace_human_review_disabled"
        )


@pytest.mark.parametrize("fault", [Fault("create", drop="before"), Fault("create", status=500)])
def test_an_end_that_nobody_knows_is_looked_into(folder: Path, api: LocalApi, fault: Fault) -> None:
    """The create did not land: the list shows it, and the same command sends it then."""
    write(folder / "r.jsonl", requests("a"))
    api.add(requests("x"))  # of as many requests, but older
    api.faults = [fault]
    assert submit("r.jsonl") == 1
    assert api.calls["create"] == 1
    assert events() == ["sending", "not-sent"]
    assert submit("r.jsonl") == 0
    assert len(api.batches) == 2


def test_a_create_that_landed_without_an_answer_is_not_sent_twice(
    folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "r.jsonl", requests("a", "b"))
    write(folder / "other.jsonl", requests("c"))
    api.faults = [Fault("create", drop="after")]
    assert submit("r.jsonl", "other.jsonl") == 1
    assert "batchlint submit --landed msgbatch_0001 r.jsonl" in capsys.readouterr().err
    assert submit("r.jsonl") == 1
    assert len(api.batches) == 1
    assert submit("--landed", "msgbatch_0001", "other.jsonl") == 1
    assert submit("--landed", "msgbatch_0001", "r.jsonl") == 0
    assert list(history().batches) == ["msgbatch_0001"]
    assert submit("r.jsonl", "other.jsonl") == 0
    assert len(api.batches) == 2


def test_landed_is_compared_with_the_number_of_requests(folder: Path, api: LocalApi) -> None:
    write(folder / "r.jsonl", requests("a", "b"))
    api.faults = [Fault("create", drop="after")]
    assert submit("r.jsonl") == 1
    other = api.add(requests("x")).id
    assert submit("--landed", other, "r.jsonl") == 1
    assert submit("--landed", "msgbatch_9", "r.jsonl") == 1
    assert not history().batches


def test_what_is_said_not_to_have_landed_is_sent(folder: Path, api: LocalApi) -> None:
    write(folder / "r.jsonl", requests("a"))
    api.faults = [Fault("create", drop="before")]
    api.ends_after = 99
    original = api.fault

    def somebody_else_creates(endpoint: str) -> Fault | None:
        fault = original(endpoint)
        if endpoint == "create" and fault is not None:
            api.add(requests("x"))
        return fault

    api.fault = somebody_else_creates  # type: ignore[method-assign]
    assert submit("r.jsonl") == 1
    assert submit("--not-landed", "r.jsonl") == 0
    assert [batch.requests[0]["custom_id"] for batch in api.batches.values()] == ["x", "a"]


def test_a_file_that_changes_while_it_is_sent_is_not_a_batch(
    folder: Path, api: LocalApi, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder / "r.jsonl", requests("a"))
    from batchlint.online.batches import newest

    original = newest

    def changed(client: Any) -> Any:
        path.write_text(path.read_text() + "\n")
        return original(client)

    monkeypatch.setattr("batchlint.online.submission.newest", changed)
    assert submit("r.jsonl") == 1
    assert "changed while it was sent" in capsys.readouterr().err
    assert not api.batches


def test_a_request_that_never_left_is_surely_not_sent(folder: Path, api: LocalApi) -> None:
    path = str(write(folder / "r.jsonl", requests("a")))
    client = api_client("2026-10-21").with_options(base_url="http://127.0.0.1:1")
    with open_outgoing(path, None, History([])) as part, pytest.raises(Refused, match="no answer"):
        create(client, part.body, lambda line: None)


@pytest.mark.parametrize(("key", "says"), [("", "no key"), ("wrong", "the key is refused"), (KEY + "\n", "line break")])
def test_without_a_good_key_there_is_one_clear_line(
    folder: Path,
    api: LocalApi,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    key: str,
    says: str,
) -> None:
    write(folder / "r.jsonl", requests("a"))
    monkeypatch.setenv("ANTHROPIC_API_KEY", key)
    assert submit("r.jsonl", "--quiet") == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert not api.batches


def test_the_key_is_nowhere(folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "r.jsonl", requests("a"))
    api.faults = [Fault("create", drop="after"), Fault("list", status=500)]
    submit("r.jsonl")
    submit("r.jsonl")
    told = capsys.readouterr()
    written = "".join(path.read_text() for path in folder.iterdir())
    assert "sk-ant" not in told.out + told.err + written


def test_two_submissions_at_once_do_not_mix(folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "r.jsonl", requests("a"))
    with Ledger("batchlint-ledger.jsonl").alone():
        assert submit("r.jsonl") == 1
    assert "another batchlint submit is at work" in capsys.readouterr().err
    assert not api.calls


def test_a_retry_is_noted_with_its_parent(folder: Path, api: LocalApi) -> None:
    path = write(folder / "r.jsonl", requests("a"))
    assert submit("r.jsonl") == 0
    retry = write(folder / "retry.jsonl", requests("a", text="Again?"))

    manifest = {
        "kind": "retry",
        "output": {"sha256": hashlib.sha256(retry.read_bytes()).hexdigest()},
        "batches": ["msgbatch_0001", "msgbatch_unknown"],
    }
    manifest_path(retry).write_text(json.dumps(manifest))
    assert submit("retry.jsonl") == 0
    batch = history().batches["msgbatch_0002"]
    assert (batch.entry.parent, batch.attempt) == ("msgbatch_0001", 2)
    assert path.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "no file given"),
        (["-"], "takes files by name"),
        (["."], "takes files by name"),
        (["a", "b", "--landed", "x"], "belong to one file"),
        (["a", "--landed", "x", "--not-landed"], "cannot be combined"),
    ],
)
def test_wrong_calls_are_reported_in_a_line(
    folder: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert submit(*arguments) == 2
    assert says in capsys.readouterr().err
