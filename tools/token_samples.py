"""Requests whose input tokens the API itself counted, for `calibrate_tokens.py`.

Two forms are read. Recordings: line-JSON (also .gz) of `{"source", "params", "input_tokens", "placeholder"}`. Counts: a
directory of `NAME.jsonl[.gz]`, documents with a `text`, a key, and perhaps the `speakers` of their language, and
`NAME_counts.json`, their counts by generation, `{"v3": {"model": ..., "counts": {KEY: tokens}}}`: each document stands
for a request of one user message.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from batchlint.tokens.characters import character_features
from batchlint.tokens.features import features
from batchlint.tokens.pieces import pieces
from batchlint.tokens.profile import profile_of
from batchlint.tokens.ranks import encoding, tokens_by_rank
from batchlint.tokens.text import composed
from batchlint.tokens.written import texts

KEYS = ("lang", "id", "f")
"""Members of a document that its count may be filed under."""
UNKNOWABLE = ("web_search", "web_fetch", "code_execution", "tool_search", "advisor", "mcp_", '"container"', '"file_id"')
UNKNOWABLE_SOURCE = '"type": "url"'
OTHER_SCRIPTS = ("two_bytes", "indic", "east_asian")
SPEAKERS = 5_000_000
"""Of a language, that double its importance."""
MOST_IMPORTANT = 20
"""Languages that a document can stand for, beside its own."""
FOLDS = 5
"""Parts that a set of documents is cut into for cross-validation; recordings are cut by their source."""


class Sample(NamedTuple):
    """A request and its real count."""

    source: str
    fold: str
    """Samples of one fold are never fitted and tested together."""
    kind: str
    """For the tables: "request", or the set of a document and its script."""
    generation: str
    tokens: int
    """Counted by the API."""
    fixed: float
    """Of these, what documents say: tool prompt, patches of images."""
    text: dict[str, float]
    """Features of its tokens."""
    characters: dict[str, float]
    """Features of its characters."""
    structure: dict[str, float]
    """Terms."""
    sealed: bool
    """Whether thinking is sealed in signatures, so that nobody can count it."""
    importance: float = 1
    """How many samples it stands for: languages that many people speak count more."""


def samples(counts: list[Path], recordings: list[Path]) -> list[Sample]:
    """All samples; requests that occur twice once."""
    found = [sample for directory in counts for sample in _documents(directory)]
    seen: set[str] = set()
    for path in recordings:
        for record in _lines(path):
            written = json.dumps(record["params"], sort_keys=True)
            if record["input_tokens"] and written not in seen and _knowable(record, written):
                seen.add(written)
                source = record["source"].split(":")[0]
                found.append(_sample(source, "request", record["params"], record["input_tokens"]))
    return found


def _knowable(record: dict[str, Any], written: str) -> bool:
    unknowable = any(word in written for word in (*UNKNOWABLE, UNKNOWABLE_SOURCE))
    # Where compaction may have happened, the count is that of what was left.
    return not (record.get("placeholder") or unknowable or "compact_" in written)


def _documents(directory: Path) -> Iterator[Sample]:
    for counts_path in sorted(directory.glob("*_counts.json")):
        name = counts_path.name.removesuffix("_counts.json")
        texts_path = next(directory.glob(f"{name}.jsonl*"))
        documents = {next(str(row[key]) for key in KEYS if key in row): row for row in _lines(texts_path)}
        for table in json.loads(counts_path.read_text(encoding="utf-8")).values():
            for key, tokens in table["counts"].items():
                if key in documents:
                    message = {"role": "user", "content": documents[key]["text"]}
                    sample = _sample(name, "document", {"model": table["model"], "messages": [message]}, tokens)
                    yield sample._replace(
                        fold=f"{name} {zlib.crc32(key.encode()) % FOLDS}",
                        kind=_kind(sample),
                        importance=1 + min((documents[key].get("speakers") or 0) / SPEAKERS, MOST_IMPORTANT),
                    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _sample(source: str, kind: str, params: dict[str, Any], tokens: int) -> Sample:
    profile = profile_of(params["model"])
    text: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    structure: Counter[str] = Counter()
    fixed, sealed = 0.0, False
    for piece in pieces(params, profile):
        fixed += piece.fixed
        sealed = sealed or "sealed_character" in piece.spare
        structure.update(piece.terms)
        for part in texts(piece):
            text.update(_token_features(part))
            characters.update(character_features(part.encode("utf-8", "surrogatepass")))
    return Sample(
        source, source, kind, profile.generation, tokens, fixed, dict(text), dict(characters), dict(structure), sealed
    )


_looks: dict[int, dict[str, float]] = {}


def _token_features(text: str) -> dict[str, float]:
    encoder, tokens = encoding(), tokens_by_rank()
    if encoder is None or tokens is None:
        raise SystemExit("calibrate: the ranks are missing; run hatch_build.py first")
    found: dict[str, float] = {}
    for rank, count in Counter(encoder.encode_ordinary(composed(text))).items():
        if rank not in _looks:
            _looks[rank] = features(tokens[rank], rank)
        for name, much in _looks[rank].items():
            found[name] = found.get(name, 0.0) + much * count
    return found


def _kind(sample: Sample) -> str:
    foreign = sum(sample.characters.get(name, 0) for name in OTHER_SCRIPTS)
    return f"{sample.source}, {'other scripts' if foreign > sample.characters['lower'] else 'Latin script'}"
