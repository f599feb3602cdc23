"""No path leads into the network but a URL on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.cli import COMMANDS, READING_URLS, main
from batchlint.library import check_file
from batchlint.shards import bytes_of, check_shard
from batchlint.sources import open_source, remote
from batchlint.sources.reach import ReachError, is_url, reach, reaching, shown, whole_url
from tests.engine.ways import plain_lines

URL = "s3://batches/january/batch-1.jsonl"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def system(path: str) -> None:
        raise AssertionError(f"{path} would have been read")

    monkeypatch.setattr(remote, "_system", system)


def test_a_url_that_nobody_named_is_not_read() -> None:
    for read in (open_source, check_file, check_shard):
        with pytest.raises(OSError, match="not named on the command line"):
            read(URL)


@pytest.mark.parametrize("prefix", [URL, "s3://batches/january/", "s3://batches/january", "s3://batches/*.jsonl"])
def test_what_begins_with_a_named_url_may_be_read(prefix: str) -> None:
    with reaching([prefix]):
        assert whole_url(URL) == URL
        for other in ("s3://batches2/january/batch-1.jsonl", "gs://batches/january/batch-1.jsonl", "s3://", "s3://b"):
            with pytest.raises(OSError, match="not named"):
                whole_url(other)
    assert not reach().urls


def test_https_is_read_where_it_is_wanted_and_only_as_it_is_named() -> None:
    url = "https://name:word@example.com/a/batch.jsonl?signature=secret"
    with pytest.raises(ReachError, match="--allow-https") as refused, reaching([url]):
        pass
    assert "secret" not in str(refused.value)
    with reaching([url], allow_https=True):
        assert whole_url("https://example.com/a/batch.jsonl") == url
        with pytest.raises(OSError):
            whole_url("https://example.com/a/batch.jsonl/other")


@given(st.text())
def test_what_is_shown_of_a_url_has_no_query_and_no_password(secret: str) -> None:
    secret = "secret" + secret.replace("/", "")
    assert "secret" not in shown(f"https://name:{secret.replace('?', '')}@example.com/a?{secret}")


@pytest.mark.parametrize("url", ["http://example.com/batch.jsonl", "ftp://x/y", "file:///etc/passwd", "memory://x"])
def test_other_urls_are_refused(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([url]) == 2
    assert "https://" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["a.jsonl", "C:\\a", "://x", "a/b://c", "s3:/a", "simplecache::s3://b/c"])
def test_what_is_not_a_url(path: str) -> None:
    assert not is_url(path)


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - set(READING_URLS)))
def test_other_commands_say_that_they_read_no_urls(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, URL]) == 2
    assert f"batchlint {command} works on files of this machine" in capsys.readouterr().err


def test_a_configuration_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("requests.jsonl").write_bytes(b"\n".join(plain_lines(2)))
    for text in ("baseline: s3://batches/baseline.json", "paths: [s3://batches/]", "allow-https: true"):
        Path(".batchlint.yaml").write_text(text + "\n", encoding="utf-8")
        assert main(["requests.jsonl"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_shard_file_leads_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_bytes(b"\n".join(plain_lines(2)))
    shard = check_shard(path)
    (tmp_path / "x.shard").write_bytes(bytes_of(shard._replace(part=shard.part._replace(path=URL))))
    assert main(["join", str(tmp_path / "x.shard")]) == 2
    assert "--allow-url s3://batches/january/ lets join read it" in capsys.readouterr().err


def test_reports_name_urls_as_they_are() -> None:
    from batchlint.config.baseline import relative
    from batchlint.reports.place import repository_path, uri

    assert repository_path(URL, "/work") == relative(URL, "/work") == uri(URL, "/work") == URL
    assert uri("s3://batches/a b.jsonl", "/work") == "s3://batches/a%20b.jsonl"
