"""`batchlint retry`: what is sent again and what is not, never twice by mistake, never what would fail again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batchlint.cli import main
from tests.results.made import TODAY, Json, answer, ended, error, lines, refusal, request, written

SENT = [request(each) for each in "abcdefg"]
BACK = [
    answer("a"),
    ended("b", "expired"),
    ended("c", "canceled"),
    error("d", "overloaded_error", "Overloaded"),
    refusal("e", "Your credit balance is too low to access the Anthropic API."),
    refusal("f"),
]


class Case:
    """A folder with a source and results, and calls in it."""

    def __init__(self, folder: Path, sent: list[Json] = SENT, back: list[Json] = BACK) -> None:
        self.folder = folder
        self.source = written(folder, "requests.jsonl", *sent)
        self.results = written(folder, "results.jsonl", *back)

    def retry(self, *options: str, output: str = "retry.jsonl", results: list[str] | None = None) -> int:
        files = [self.results] if results is None else results
        out = str(self.folder / output)
        return main(["retry", *files, "--source", self.source, "-o", out, *TODAY, *options])

    def ids(self, name: str = "retry.jsonl") -> list[str]:
        return [json.loads(line)["custom_id"] for line in (self.folder / name).read_bytes().splitlines()]

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()} - {"requests.jsonl", "results.jsonl"}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


@pytest.mark.parametrize(
    ("options", "ids", "to_fix"),
    [
        ([], "bcde", "f"),
        (["--include", "missing"], "bcdeg", "f"),
        (["--exclude", "canceled,account"], "bd", "f"),
        (["--include", "missing,fix", "--exclude", "expired"], "cdefg", ""),
    ],
)
def test_what_is_sent_again(case: Case, options: list[str], ids: str, to_fix: str) -> None:
    assert case.retry(*options) == 0
    assert case.ids() == list(ids)
    assert (case.ids("retry.needs-fix.jsonl") if to_fix else []) == list(to_fix)


def test_the_files_next_to_it_say_what_and_why(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert case.retry("--batch", written(case.folder, "batch.json", {"id": "msgbatch_1"})) == 0
    manifest = json.loads((case.folder / "retry.jsonl.manifest.json").read_bytes())
    assert manifest["attempt"] == 2
    assert manifest["batches"] == ["msgbatch_1"]
    assert manifest["retried"] == {"expired": 1, "canceled": 1, "retry": 1, "account": 1}
    assert [each["custom_id"] for each in manifest["requests"]] == list("bcde")
    from hashlib import sha256

    for told, path in (
        (manifest["sources"][0], case.source),
        (manifest["results"][0], case.results),
        (manifest["output"], case.folder / "retry.jsonl"),
        (manifest["needs_fix"], case.folder / "retry.needs-fix.jsonl"),
    ):
        assert told["sha256"] == sha256(Path(path).read_bytes()).hexdigest()
    why = (case.folder / "retry.needs-fix.md").read_text()
    assert "max\\_tokens: Field required" in why
    assert f"f ({case.source}:6): max_tokens: Field required".replace("_", "\\_") in why
    err = capsys.readouterr().err
    assert "4 requests to send again, attempt 2" in err
    assert "1 request to fix first" in err


def test_what_is_left_out_is_reported_with_the_way_to_take_it_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back = [
        answer("a"),
        ended("b", "expired"),
        answer("c", "max_tokens"),
        refusal("d", "Could not process PDF"),
        refusal("e"),
    ]
    case = Case(tmp_path, SENT, back)
    assert case.retry() == 0
    err = capsys.readouterr().err
    assert "1 of them may pass unchanged: --include maybe sends them again as they are" in err
    assert "left out: 2 missing, 1 truncated; --include missing,truncated sends them again as they are" in err
    assert case.retry("--include", "maybe,missing,truncated", "--force", output="all.jsonl") == 0
    assert case.ids("all.jsonl") == list("bcdfg")
    assert "left out" not in capsys.readouterr().err


def test_nothing_to_send_again_writes_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = Case(tmp_path, [request("a")], [answer("a")])
    assert case.retry() == 0
    assert case.names() == set()
    assert "nothing to send again" in capsys.readouterr().err


def test_what_needs_a_fix_is_written_also_where_nothing_is_sent_again(tmp_path: Path) -> None:
    case = Case(tmp_path, [request("a")], [refusal("a")])
    assert case.retry() == 0
    assert case.names() == {"retry.needs-fix.jsonl", "retry.needs-fix.md"}


def test_what_the_api_would_refuse_again_does_not_appear(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = Case(tmp_path, [request("a", stream=True), request("b")], [ended("a", "expired"), ended("b", "expired")])
    assert case.retry() == 1
    assert case.names() == set()
    out, err = capsys.readouterr()
    assert "error[stream-in-batch]" in out
    assert f"{case.source}:1:" in out
    assert "nothing was written" in err
    assert case.retry("--ignore", "stream-in-batch") == 0


def test_what_a_retirement_makes_fail_does_not_appear(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = Case(tmp_path, [request("a", model="claude-3-opus-20240229")], [ended("a", "expired")])
    assert case.retry() == 1
    assert "retired-model" in capsys.readouterr().out


class TestTheSameTwice:
    def test_is_refused(self, case: Case, capsys: pytest.CaptureFixture[str]) -> None:
        assert case.retry() == 0
        assert case.retry(output="second.jsonl") == 1
        assert "4 of these failures were sent again before ('b', 'c', 'd', ...)" in capsys.readouterr().err
        assert not (case.folder / "second.jsonl").exists()

    def test_is_refused_wherever_it_goes(self, case: Case) -> None:
        (case.folder / "elsewhere").mkdir()
        assert case.retry(output="elsewhere/retry.jsonl") == 0
        assert case.retry(output="elsewhere/second.jsonl") == 1

    def test_is_done_with_force(self, case: Case) -> None:
        assert case.retry() == 0
        assert case.retry("--force", output="second.jsonl") == 0
        manifest = json.loads((case.folder / "second.jsonl.manifest.json").read_bytes())
        assert manifest["attempt"] == 3

    def test_is_refused_of_results_downloaded_again(self, tmp_path: Path) -> None:
        """A first download that was cut off, then all of it: the failures that were there before are the same."""
        case = Case(tmp_path, SENT, BACK[:3])
        assert case.retry() == 0
        whole = written(tmp_path, "whole.jsonl", *BACK[::-1])
        assert case.retry(output="second.jsonl", results=[whole]) == 1
        assert case.retry("--exclude", "expired,canceled", output="second.jsonl", results=[whole]) == 0
        assert case.ids("second.jsonl") == ["d", "e"]

    def test_is_not_what_failed_once_more(self, case: Case) -> None:
        """The same words in the results of the retry are another failure."""
        assert case.retry() == 0
        second = written(case.folder, "results-2.jsonl", ended("b", "expired"), answer("c"), answer("d"), answer("e"))
        assert case.retry(output="second.jsonl", results=[case.results, second]) == 0
        assert case.ids("second.jsonl") == ["b"]
        manifest = json.loads((case.folder / "second.jsonl.manifest.json").read_bytes())
        assert manifest["attempt"] == 3
        assert case.retry(output="third.jsonl", results=[case.results, second]) == 1

    def test_is_not_what_was_left_out_before(self, case: Case) -> None:
        assert case.retry("--exclude", "account") == 0
        assert case.retry("--exclude", "retry,expired,canceled", output="second.jsonl") == 0
        assert case.ids("second.jsonl") == ["e"]

    def test_is_refused_of_what_is_missing(self, case: Case) -> None:
        only = ["--include", "missing", "--exclude", "retry,expired,canceled,account"]
        assert case.retry(*only) == 0
        assert case.retry(*only, output="second.jsonl") == 1
        second = written(case.folder, "results-2.jsonl", ended("g", "expired"))
        assert case.retry(*only, output="second.jsonl", results=[case.results, second]) == 0
        assert not (case.folder / "second.jsonl").exists()  # it is not missing any more

    def test_is_not_another_batch_with_the_same_ids(self, tmp_path: Path) -> None:
        assert Case(tmp_path, [request("a")], [ended("a", "expired")]).retry() == 0
        assert Case(tmp_path, [request("a", "Next week")], [ended("a", "expired")]).retry(output="next.jsonl") == 0
        assert json.loads((tmp_path / "next.jsonl.manifest.json").read_bytes())["attempt"] == 2

    def test_is_the_third_attempt_of_the_second(self, case: Case) -> None:
        assert case.retry() == 0
        second = written(case.folder, "results-2.jsonl", ended("b", "expired"), answer("c"), answer("d"), answer("e"))
        sent = str(case.folder / "retry.jsonl")
        out = case.folder / "third.jsonl"
        assert main(["retry", second, "--source", sent, "-o", str(out), *TODAY]) == 0
        assert json.loads((case.folder / "third.jsonl.manifest.json").read_bytes())["attempt"] == 3

    @pytest.mark.parametrize(
        "content", ["", "{", "[]", '{"kind": "retry"}', '{"kind": "retry", "requests": 5, "attempt": "x"}']
    )
    def test_is_not_known_from_what_is_no_manifest(self, case: Case, content: str) -> None:
        (case.folder / "some.manifest.json").write_text(content)
        assert case.retry() == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--include", "mising"], "did you mean 'missing'?"),
        (["--include", "ok"], "'ok' is not a class that can be sent again"),
        (["--exclude", "all"], "(continue, truncated,"),
        (["--as", "yaml"], "invalid choice"),
    ],
)
def test_a_wrong_call_is_reported_in_one_line(
    case: Case, options: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case.retry(*options) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


def test_an_output_has_to_be_named(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retry", case.results, "--source", case.source]) == 2
    assert "no output given" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("container", "begins"), [("array", b"[\n{"), ("envelope", b'{"requests": [\n{'), ("jsonl", b"{")]
)
def test_the_container_is_that_of_the_source_unless_another_is_asked_for(
    container: str, begins: bytes, tmp_path: Path
) -> None:
    case = Case(tmp_path)
    whole = json.dumps({"requests": SENT} if container == "envelope" else SENT, indent=1).encode()
    Path(case.source).write_bytes(lines(SENT) if container == "jsonl" else whole)
    assert case.retry() == 0
    assert (tmp_path / "retry.jsonl").read_bytes().startswith(begins)
    assert case.retry("--as", "envelope", "--force", output="body.json") == 0
    body = json.loads((tmp_path / "body.json").read_bytes())
    assert body == {"requests": SENT[1:5]}


def test_sources_of_several_containers_make_line_json(tmp_path: Path) -> None:
    case = Case(tmp_path, SENT[:3])
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"requests": SENT[3:]}, indent=1))
    out = tmp_path / "retry.jsonl"
    assert main(["retry", case.results, "--source", case.source, str(other), "-o", str(out), *TODAY]) == 0
    assert [json.loads(line) for line in out.read_text().splitlines()] == SENT[1:5]


def test_the_configuration_of_the_source_counts(tmp_path: Path) -> None:
    case = Case(tmp_path, [request("a", stream=True)], [ended("a", "expired")])
    (tmp_path / ".batchlint.yaml").write_text("ignore: [stream-in-batch]\n")
    out = tmp_path / "retry.jsonl"
    assert main(["retry", case.results, "--source", case.source, "-o", str(out), "--no-config"]) == 1
    assert main(["retry", case.results, "--source", case.source, "-o", str(out)]) == 0
