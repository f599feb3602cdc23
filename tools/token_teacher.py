"""Samples counted by a reconstruction of Claude's tokenizers, for what no recording tells.

The teacher is the package `ctok` (PyPI, MIT), which counts texts as the API's count_tokens does. It is used here alone,
to fit the numbers: nothing of it is shipped. What it counts: every text of the recordings, for each generation; long
runs of one character; and sentences of the recordings repeated many times.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from token_samples import ALWAYS, Sample, Teacher, lines, text_sample

from batchlint.tokens.features import features
from batchlint.tokens.pieces import pieces
from batchlint.tokens.profile import profile_of
from batchlint.tokens.ranks import tokens_by_rank
from batchlint.tokens.written import texts

VERSIONS = {"v3": "3.0", "4.7": "4.8", "4.8": "4.8"}
"""What the teacher calls the generations; 4.7 has the vocabulary of 4.8, and another frame."""
LENGTHS = range(100, 400_000)
"""Characters of a text that tells something, and that the teacher counts in reasonable time."""
RUN_LENGTHS = (300, 3_000)
REPEATED = {8: 500, 60: 100, 200: 40, 600: 12}
"""Characters of a phrase, cut after a word, and how often it is repeated."""
EVERY = 20
"""Of the texts of the recordings, every so many is repeated."""


def teacher() -> Teacher:
    """What counts texts; exits where it is not installed."""
    try:
        ctok = import_module("ctok")
    except ImportError:
        raise SystemExit("calibrate: --teacher needs the package ctok, and Python 3.12 or newer") from None
    frames = {version: ctok.token_count("a", version) - 1 for version in VERSIONS.values()}

    @cache
    def count(text: str, version: str) -> int:
        tokens: int = ctok.token_count(text, version) - frames[version]
        return max(1, tokens)

    return lambda text, generation: count(text, VERSIONS[generation]) if text else 0


def taught(recordings: list[Path], generations: tuple[str, ...], count: Teacher) -> list[Sample]:
    """The samples of the teacher."""
    known = _texts(recordings)
    repeated = {text: source for part, source in list(known.items())[::EVERY] for text in _repeated(part)}
    runs = [f"Result: {character * length} end" for character in _runs() for length in RUN_LENGTHS]
    found = []
    for generation in generations:
        for text, source in (known | repeated).items():
            found.append(text_sample(source, source, generation, text, count(text, generation)))
        found += [text_sample("runs", ALWAYS, generation, text, count(text, generation)) for text in runs]
    return found


def _runs() -> list[str]:
    """The characters whose runs are tokens of cl100k."""
    tokens = enumerate(tokens_by_rank() or [])
    return sorted({chr(token[0]) for rank, token in tokens if "run" in features(token, rank)})


def _repeated(text: str) -> Iterator[str]:
    for size, times in REPEATED.items():
        phrase = text[: text.find(" ", size)].strip()
        yield f"{phrase} " * times


def _texts(recordings: list[Path]) -> dict[str, str]:
    """Every text of the recordings that is long enough to tell something, and where it is from."""
    found: dict[str, str] = {}
    for path in recordings:
        for record in lines(path):
            if record.get("placeholder"):
                continue
            for piece in pieces(record["params"], profile_of(record["params"]["model"])):
                for text in texts(piece):
                    if len(text) in LENGTHS:
                        found.setdefault(text, record["source"].split(":")[0])
    return found
