"""The ranks that the build writes: what they must hold, and what happens without them."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.library import check_requests
from batchlint.options import Options
from batchlint.tokens import DamagedRanksError, estimate, over_limit, ranks
from batchlint.tokens.calibration import calibration
from batchlint.tokens.features import features

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import hatch_build

PARAGRAPH = """
A Message Batch is accepted in a second and fails hours later: only the syntax, the identifiers and the size of the list
are checked when it is created; everything inside the parameters is checked for each item, asynchronously. A linter that
reads the file beforehand says in seconds, offline, what the service would say after dinner, and what it would cost.
"""

BUILT = ranks.BLOB.read_bytes()


@pytest.fixture
def blob(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for ranks that are read instead of the built ones."""
    path = tmp_path / "cl100k.bin"
    monkeypatch.setattr(ranks, "BLOB", path)
    caches = (ranks.tokens_by_rank, ranks.encoding)
    for cache in caches:
        cache.cache_clear()
    yield path
    for cache in caches:
        cache.cache_clear()


def test_the_built_ranks_are_those_of_cl100k() -> None:
    tokens = ranks.tokens_by_rank()
    assert tokens is not None
    lines = (b"%s %d\n" % (base64.b64encode(token), rank) for rank, token in enumerate(tokens))
    assert hashlib.sha256(b"".join(lines)).hexdigest() == hatch_build.RANKS_SHA256


def test_the_encoding_splits_and_joins_without_loss() -> None:
    encoding = ranks.encoding()
    assert encoding is not None
    text = "It's 12,345.67 \u20ac \u2014 \u4f60\u597d,\n\n\tworld! <|endoftext|>"
    assert encoding.decode(encoding.encode_ordinary(text)) == text
    assert len(encoding.encode_ordinary("hello world")) == 2


def test_the_build_leaves_right_ranks_alone_and_replaces_wrong_ones(tmp_path: Path) -> None:
    path = tmp_path / "cl100k.bin"
    assert "wrote" in hatch_build.provide(path)
    written = path.read_bytes()
    assert "right" in hatch_build.provide(path)
    path.write_bytes(written[:-100])
    assert "wrote" in hatch_build.provide(path)
    assert path.read_bytes() == written == ranks.BLOB.read_bytes()


def test_a_build_without_ranks_has_to_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build, "PACKAGE", "a-package-that-is-not-there")
    with pytest.raises(SystemExit, match=f"ranks are missing.*{hatch_build.WITHOUT}=1"):
        hatch_build.provide(tmp_path / "cl100k.bin")
    monkeypatch.setenv(hatch_build.WITHOUT, "1")
    assert "left out" in hatch_build.provide(tmp_path / "cl100k.bin")
    assert list(tmp_path.iterdir()) == []


def test_a_build_refuses_other_ranks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build, "RANKS_SHA256", "0" * 64)
    with pytest.raises(SystemExit, match="sha256"):
        hatch_build.provide(tmp_path / "cl100k.bin")


def test_without_ranks_characters_serve_and_it_says_so(blob: Path) -> None:
    params = {"messages": [{"role": "user", "content": PARAGRAPH * 20}]}
    by_characters = estimate(params, "claude-opus-5")
    assert not by_characters.exact_text
    assert over_limit(params, len(PARAGRAPH) * 20, "claude-opus-5", 1_000) is not None
    assert over_limit(params, len(PARAGRAPH) * 20, "claude-opus-5", 100_000) is None
    blob.write_bytes(BUILT)
    ranks.tokens_by_rank.cache_clear()
    ranks.encoding.cache_clear()
    by_tokens = estimate(params, "claude-opus-5")
    assert by_tokens.exact_text
    assert by_characters.low < by_tokens.tokens < by_characters.high
    assert by_characters.high - by_characters.low > by_tokens.high - by_tokens.low


def test_without_ranks_findings_and_statistics_say_so(
    blob: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages = [{"role": "user", "content": PARAGRAPH * 100}]
    request = {"custom_id": "a", "params": {"model": "claude-opus-5", "max_tokens": 9, "messages": messages}}
    (finding,) = check_requests([request], Options(max_tokens_per_request=2_000))
    assert finding.rule.name == "token-limit"
    assert "no token ranks" in finding.message
    path = tmp_path / "requests.jsonl"
    path.write_text(json.dumps(request), encoding="utf-8")
    assert main(["stats", str(path)]) == 0
    assert "no token ranks" in capsys.readouterr().out
    assert not blob.exists()


@pytest.mark.parametrize("damage", [b"", b"BLR1", b"nothing that was ever written here, and quite long enough"])
def test_damaged_ranks_are_a_clear_error(blob: Path, damage: bytes) -> None:
    blob.write_bytes(damage)
    with pytest.raises(DamagedRanksError, match="install batchlint again"):
        estimate({"messages": [{"role": "user", "content": "x"}]}, "claude-opus-5")


def test_a_changed_byte_is_noticed(blob: Path) -> None:
    built = bytearray(BUILT)
    built[len(ranks.FORMAT)] ^= 1
    blob.write_bytes(built)
    with pytest.raises(DamagedRanksError):
        ranks.tokens_by_rank()


def test_every_feature_of_a_token_has_a_weight() -> None:
    names = {name for rank, token in enumerate(ranks.tokens_by_rank() or []) for name in features(token, rank)}
    shared = {name for name in names if not name.startswith(("symbols '", 'symbols "'))}
    for generation in ("v3", "4.7", "4.8"):
        known = set(calibration(generation).text)
        # Of symbols by themselves only those that enough texts have.
        assert shared <= known <= names
