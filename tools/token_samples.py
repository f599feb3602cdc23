"""Requests whose input tokens the API itself counted, for `calibrate_tokens.py`.

Two forms are read. Recordings: JSONL (also .gz) of `{"source", "params", "betas", "input_tokens", "placeholder"}`.
Counts: a directory of `NAME.jsonl[.gz]`, documents with a `text`, a key, and perhaps the `speakers` of their language,
and `NAME_counts.json`, their counts by generation, `{"v3": {"model": ..., "counts": {KEY: tokens}}}`: each document
stands for a request of one user message.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from batchlint.tokens.characters import character_features
from batchlint.tokens.features import features
from batchlint.tokens.most import most_tokens_of
from batchlint.tokens.pieces import pieces
from batchlint.tokens.profile import profile_of
from batchlint.tokens.ranks import encoding, tokens_by_rank
from batchlint.tokens.text import composed, kind_of
from batchlint.tokens.written import texts

KEYS = ("lang", "id", "f")
"""Members of a document that its count may be filed under."""
UNKNOWABLE = ("web_search", "web_fetch", "code_execution", "tool_search", "advisor", "mcp_", '"container"', '"file_id"')
UNKNOWABLE_SOURCE = '"type": "url"'
REQUEST = "request"
REPEATED = "repeated texts"
OTHER_SCRIPTS_KIND = "other scripts"
ALWAYS = "always"
"""The fold of samples that every fit sees, and no table shows."""
OTHER_SCRIPTS = ("two_bytes", "indic", "east_asian")
SPEAKERS = 5_000_000
"""Of a language, that double its importance."""
MOST_IMPORTANT = 20
"""Languages that a document can stand for, next to its own."""
FOLDS = 5
"""Parts that a set of documents is cut into for cross-validation; recordings are cut by their source."""


Teacher = Callable[[str, str], int]
"""Counts a text for a generation."""


class Sample(NamedTuple):
    """A request and its real count."""

    source: str
    fold: str
    """Samples of one fold are never fitted and tested together."""
    kind: str
    """For the tables: REQUEST, REPEATED, or the set of a document and its script."""
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
    spare: dict[str, float]
    """Terms by which it may be more."""
    most: float
    """Tokens that its texts have at most, by the bound of what is not tokenised."""
    taught: float | None = None
    """Tokens of its texts as the teacher counts them."""
    importance: float = 1
    """How many samples it stands for: languages that many people speak count more."""


def folded(samples: list[Sample]) -> list[Sample]:
    """The samples, those of a source in one of a few folds, so that each fold has about as many."""
    folds = {str(number): 0 for number in range(FOLDS)}
    chosen = {fold: fold for fold in (ALWAYS, *folds)}
    for source, number in Counter(
        sample.fold for sample in samples if sample.fold not in (ALWAYS, *folds)
    ).most_common():
        chosen[source] = min(folds, key=folds.__getitem__)
        folds[chosen[source]] += number
    return [sample._replace(fold=chosen[sample.fold]) for sample in samples]


def samples(counts: list[Path], recordings: list[Path], teacher: Teacher | None) -> list[Sample]:
    """All samples; requests that occur twice once. The teacher counts the texts of requests."""
    found = [sample for directory in counts for sample in _documents(directory)]
    seen: set[str] = set()
    for path in recordings:
        for record in lines(path):
            written = json.dumps(record["params"], sort_keys=True)
            if record["input_tokens"] and written not in seen and _knowable(record, written):
                seen.add(written)
                source = record["source"].split(":")[0]
                # Many recorders leave headers out: none may mean any.
                betas = frozenset(record["betas"]) or None
                found.append(_sample(source, REQUEST, record["params"], record["input_tokens"], betas, teacher))
    return found


def _knowable(record: dict[str, Any], written: str) -> bool:
    unknowable = any(word in written for word in (*UNKNOWABLE, UNKNOWABLE_SOURCE))
    # Where compaction may have happened, the count is that of what was left.
    return not (record.get("placeholder") or unknowable or "compact_" in written)


def _documents(directory: Path) -> Iterator[Sample]:
    for counts_path in sorted(directory.glob("*_counts.json")):
        name = counts_path.name.removesuffix("_counts.json")
        texts_path = next(directory.glob(f"{name}.jsonl*"))
        documents = {next(str(row[key]) for key in KEYS if key in row): row for row in lines(texts_path)}
        for table in json.loads(counts_path.read_text(encoding="utf-8")).values():
            for key, tokens in table["counts"].items():
                if key in documents:
                    message = {"role": "user", "content": documents[key]["text"]}
                    sample = _sample(name, "document", {"model": table["model"], "messages": [message]}, tokens)
                    yield sample._replace(
                        fold=str(zlib.crc32(key.encode()) % FOLDS),
                        kind=_kind(sample),
                        importance=1 + min((documents[key].get("speakers") or 0) / SPEAKERS, MOST_IMPORTANT),
                    )


def text_sample(source: str, fold: str, generation: str, text: str, tokens: int) -> Sample:
    """A text by itself, whose tokens are known."""
    data = text.encode("utf-8", "surrogatepass")
    ranks = _ranks(text)
    return Sample(
        source=source,
        fold=fold,
        kind=REPEATED if kind_of(text, ranks, len(data)) == "repetition" else "texts of recordings",
        generation=generation,
        tokens=tokens,
        fixed=0.0,
        text=_token_features(ranks),
        characters=character_features(data),
        structure={},
        sealed=False,
        spare={},
        most=most_tokens_of([text]),
    )


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _sample(
    source: str,
    kind: str,
    params: dict[str, Any],
    tokens: int,
    betas: frozenset[str] | None = None,
    teacher: Teacher | None = None,
) -> Sample:
    profile = profile_of(params["model"], betas)
    text: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    structure: Counter[str] = Counter()
    spare: Counter[str] = Counter()
    fixed = 0.0
    parts: list[str] = []
    for piece in pieces(params, profile):
        fixed += piece.fixed
        spare.update(piece.spare)
        structure.update(piece.terms)
        parts += texts(piece)
    for part in parts:
        text.update(_token_features(_ranks(part)))
        characters.update(character_features(part.encode("utf-8", "surrogatepass")))
    return Sample(
        source=source,
        fold=source,
        kind=kind,
        generation=profile.generation,
        tokens=tokens,
        fixed=fixed,
        text=dict(text),
        characters=dict(characters),
        structure=dict(structure),
        sealed="sealed_character" in spare,
        spare=dict(spare),
        most=most_tokens_of(parts),
        taught=None if teacher is None else sum(teacher(part, profile.generation) for part in parts),
    )


_looks: dict[int, dict[str, float]] = {}


def _ranks(text: str) -> list[int]:
    encoder = encoding()
    if encoder is None:
        raise SystemExit("calibrate: the ranks are missing; run hatch_build.py first")
    return encoder.encode_ordinary(composed(text))


def _token_features(ranks: list[int]) -> dict[str, float]:
    tokens = tokens_by_rank() or []
    found: dict[str, float] = {}
    for rank, count in Counter(ranks).items():
        if rank not in _looks:
            _looks[rank] = features(tokens[rank], rank)
        for name, much in _looks[rank].items():
            found[name] = found.get(name, 0.0) + much * count
    return found


def _kind(sample: Sample) -> str:
    foreign = sum(sample.characters.get(name, 0) for name in OTHER_SCRIPTS)
    return f"{sample.source}, {OTHER_SCRIPTS_KIND if foreign > sample.characters['lower'] else 'Latin script'}"
