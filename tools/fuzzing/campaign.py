"""Runs a target under atheris, and keeps one input for each cause of failure."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

LONGEST_INPUT: Final = 20_000
MEMORY: Final = 1_024
"""Megabytes of the process, its instrumented code and corpus among them."""
HANG: Final = 60
"""Seconds after which libFuzzer ends an input."""
SLOW: Final = 10.0
"""Seconds of CPU that an input may take here: instrumented code is several times slower."""
NOTE_EVERY: Final = 5.0
"""Seconds between two notes of how far it is."""
STRUCTURED: Final = 0.7
"""How many of the inputs are changed as JSON, and not byte by byte."""


class Campaign(NamedTuple):
    """What is run, and where what it needs and finds is kept."""

    target: str
    seconds: int
    folder: Path

    @property
    def corpus(self) -> Path:
        return self.folder / self.target / "corpus"

    @property
    def failures(self) -> Path:
        return self.folder / self.target / "failures"

    @property
    def state(self) -> Path:
        """How many inputs, in which time, with how many causes of failure."""
        return self.folder / self.target / "state.json"


class Watched:
    """A target that does not stop at what fails: each cause is kept once, with its input and its traceback."""

    def __init__(self, run: Callable[[bytes], None], campaign: Campaign) -> None:
        self._run = run
        self._campaign = campaign
        self._begun = self._noted = time.monotonic()
        self.inputs = 0
        self.causes: set[str] = set()

    def __call__(self, data: bytes) -> None:
        self.inputs += 1
        begun = time.process_time()
        try:
            self._run(data)
        except Exception as error:
            self._keep(data, cause_of(error), "".join(traceback.format_exception(error)))
        else:
            took = time.process_time() - begun
            if took > SLOW:
                self._keep(data, f"slow-{len(data).bit_length()}", f"{took:.1f} s for {len(data):,} bytes\n")
        if time.monotonic() - self._noted > NOTE_EVERY:
            self.note()

    def note(self) -> None:
        """Writes down how far it is; the numbers of runs before are added up by `totals`."""
        self._noted = time.monotonic()
        counts = {"inputs": self.inputs, "seconds": round(self._noted - self._begun), "causes": sorted(self.causes)}
        self._campaign.state.with_suffix(f".{os.getpid()}.json").write_text(json.dumps(counts), encoding="utf-8")

    def _keep(self, data: bytes, cause: str, what: str) -> None:
        if cause in self.causes:
            return
        self.causes.add(cause)
        name = hashlib.sha256(cause.encode()).hexdigest()[:12]
        (self._campaign.failures / name).write_bytes(data)
        (self._campaign.failures / f"{name}.txt").write_text(what, encoding="utf-8", errors="backslashreplace")
        self.note()


def cause_of(error: BaseException) -> str:
    """Where a failure comes from: the kind of the error, the last lines of code, and what an oracle says first."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    said = str(error).partition(":")[0][:80] if type(error).__name__ == "Broken" else ""
    return " ".join([type(error).__name__, said, *(f"{Path(each.filename).name}:{each.lineno}" for each in frames)])


def run(campaign: Campaign, load: Callable[[], Callable[[bytes], None]], inputs: Sequence[bytes]) -> None:
    """Fuzzes until the time is over; `load` imports the target, so that what it imports is instrumented."""
    import atheris  # type: ignore[import-untyped, unused-ignore]

    for folder in (campaign.corpus, campaign.failures):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in inputs:
        (campaign.corpus / f"seed-{hashlib.sha256(seed).hexdigest()[:16]}").write_bytes(seed)
    with atheris.instrument_imports(include=["batchlint"]):
        watched = Watched(load(), campaign)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        random_ = random.Random(seed)
        if random_.random() < STRUCTURED:
            from fuzzing.mutating import changed

            made = changed(bytes(data), random_)
            if made is not None and len(made) <= most:
                return made
        mutated: bytes = atheris.Mutate(data, most)
        return mutated

    arguments: list[Any] = [
        sys.argv[0],
        str(campaign.corpus),
        f"-max_total_time={campaign.seconds}",
        f"-max_len={LONGEST_INPUT}",
        f"-rss_limit_mb={MEMORY}",
        f"-timeout={HANG}",
        f"-artifact_prefix={campaign.failures}/",
        "-verbosity=0",
        "-reload=0",
        "-len_control=0",
    ]
    atheris.Setup(arguments, watched, custom_mutator=mutate, internal_libfuzzer=True)
    import atexit

    atexit.register(watched.note)
    watched.note()
    atheris.Fuzz()


def totals(campaign: Campaign) -> dict[str, Any]:
    """The numbers of all runs of a campaign together."""
    notes = [json.loads(path.read_text(encoding="utf-8")) for path in campaign.state.parent.glob("state.*.json")]
    return {
        "inputs": sum(note["inputs"] for note in notes),
        "seconds": sum(note["seconds"] for note in notes),
        "causes": sorted({cause for note in notes for cause in note["causes"]}),
    }
