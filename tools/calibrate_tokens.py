"""Fits the token estimate to counts of the API, and says how well it does.

    calibrate_tokens.py [--counts DIR]... [--recordings FILE]... [--write]

Refits the weights of text and the constants of what the API adds, for each generation of tokenizers, from documents
and requests with real counts (the forms: `token_samples.py`). What it prints is cross-validated: a recording is
estimated by a fit that has seen nothing of its source, a document by one without a fifth of its set. With --write the
numbers of the fit to everything go to `src/batchlint/facts/calibration.toml`. The constants are drawn to those of
`token_constants.toml`. Needs numpy and the ranks (`python hatch_build.py`).
"""

from __future__ import annotations

import argparse
import datetime
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from token_fit import Fit, Numbers, dot, fit, fit_characters
from token_samples import Sample, samples

from batchlint.facts.reading import DIRECTORY
from batchlint.tokens.calibration import Calibration, calibration, certainty

TARGET = Path(DIRECTORY) / "calibration.toml"
CONSTANTS = Path(__file__).with_name("token_constants.toml")
GENERATIONS = ("v3", "4.7", "4.8")
FLOORS = (200, 2_000, 8_000)
"""Tokens above which errors are reported, as the requirements name them."""
FEW = 100
"""Tokens of a document below which its relative error says nothing."""
OUTSIDE = {"latin": 0.025, "script": 0.1, "characters": 0.02}
"""The part of documents that may lie outside of an interval, on either side. Among other scripts most are rare ones."""
SLACK_OUTSIDE = 0.025
"""The part of requests that may do so."""
LEAST_SLACK = 15
"""Tokens, for generations of which there are few requests."""
MARGIN_OUTSIDE = 0.005
MARGIN_SAFETY = 1.25
OTHER_SCRIPTS = "other scripts"


class Tested(NamedTuple):
    """A sample and what it was estimated at by a fit that had not seen it."""

    sample: Sample
    text: float
    characters: float
    constants: float

    @property
    def error(self) -> float:
        """Relative, of all tokens."""
        return (self.constants + self.text - self.sample.tokens) / self.sample.tokens

    @property
    def is_of_other_scripts(self) -> bool:
        """Whether it is a document that is not in Latin letters."""
        return self.sample.kind.endswith(OTHER_SCRIPTS)

    def missing(self, text: float) -> float:
        """What the text has more than an estimate of it, as a part of that."""
        return (self.sample.tokens - self.constants - text) / text


def main() -> None:
    """Reads the arguments, fits each generation, prints the tables, writes the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--recordings", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    found = samples(options.counts, options.recordings)
    constants = tomllib.loads(CONSTANTS.read_text(encoding="utf-8"))
    tables, tested = {}, []
    for generation in GENERATIONS:
        of_generation = [sample for sample in found if sample.generation == generation]
        # What a text is made of does not depend on the generation: the requests of all of them tell about it.
        texts = of_generation + [s for s in found if s.kind == "request" and s.generation != generation]
        tests = cross_validated(of_generation, texts, constants[generation])
        print_table(generation, tests)
        tables[generation] = calibrated(of_generation, texts, tests, constants[generation])
        tested += tests
    if options.write:
        requests = sum(sample.kind == "request" for sample in found)
        source = f"fitted to the API's counts of {requests} requests and {len(found) - requests} documents"
        TARGET.write_text(written(tables, source, certain(tested)), encoding="utf-8")


def cross_validated(of_generation: Sequence[Sample], texts: Sequence[Sample], start: Numbers) -> list[Tested]:
    """Every sample of a generation, estimated by a fit to the other folds."""
    tested = []
    for fold in sorted({sample.fold for sample in of_generation}):
        found = fit([sample for sample in of_generation if sample.fold != fold], start)
        characters = fit_characters([sample for sample in texts if sample.fold != fold], found)
        tested += [
            Tested(sample, found.text_tokens(sample), dot(sample.characters, characters), found.constants(sample))
            for sample in of_generation
            if sample.fold == fold
        ]
    return tested


def calibrated(
    of_generation: Sequence[Sample], texts: Sequence[Sample], tested: Sequence[Tested], constants: Numbers
) -> Calibration:
    """The numbers of a generation, fitted to all of its samples; intervals by what the cross-validation missed."""
    found: Fit = fit(of_generation, constants)
    generation = of_generation[0].generation
    below, above = widths(tested, -1), widths(tested, 1)
    before = calibration(generation)
    return Calibration(
        text=found.text,
        characters=fit_characters(texts, found),
        structure=found.structure,
        # No recording tells about repetition often enough: its numbers stay.
        below={**below, "repetition": before.below["repetition"], "tokens": slack(tested, below, -1)},
        above={**above, "repetition": before.above["repetition"], "tokens": slack(tested, above, 1)},
    )


def widths(tested: Sequence[Tested], side: int) -> dict[str, float]:
    """How far counts lie below (-1) or above (1) the estimates of texts, as a part of these, by kind of text."""
    large = [test for test in tested if test.sample.kind != "request" and test.sample.tokens > FEW]
    values = {
        "latin": [test.missing(test.text) for test in large if not test.is_of_other_scripts],
        "script": [test.missing(test.text) for test in large if test.is_of_other_scripts],
        "characters": [test.missing(test.characters) for test in large],
    }
    return {
        name: round(max(0.0, quantile([side * value for value in missing], 1 - OUTSIDE[name])), 3)
        for name, missing in values.items()
    }


def slack(tested: Sequence[Tested], width: Numbers, side: int) -> float:
    """Tokens by which a request may be off beyond the width of its texts."""
    beyond = [
        side * (test.sample.tokens - test.constants - test.text) - test.text * width["latin"]
        for test in tested
        if test.sample.kind == "request" and not test.sample.sealed
    ]
    return round(max(LEAST_SLACK, quantile(beyond, 1 - SLACK_OUTSIDE)))


def certain(tested: Sequence[Tested]) -> dict[str, float]:
    """How many times more than its characters say a text may have, by its script."""
    ratios: dict[str, list[float]] = {"latin": [], "script": []}
    for test in tested:
        if test.characters > FEW:
            ratios["script" if test.is_of_other_scripts else "latin"].append(test.text / test.characters)
    return {name: round(quantile(values, 1 - MARGIN_OUTSIDE) * MARGIN_SAFETY, 2) for name, values in ratios.items()}


def quantile(values: Sequence[float], part: float) -> float:
    """The value that this part of all values is below."""
    return float(np.quantile(values, part)) if values else 0.0


def print_table(generation: str, tested: Sequence[Tested]) -> None:
    """The errors by kind of content, and of requests by size and source."""
    rows = [(f"requests > {floor:,}", [t for t in tested if is_request(t, floor)]) for floor in FLOORS]
    sources = sorted({test.sample.source for test in tested if is_request(test, FLOORS[0])})
    rows += [(name, [t for t in tested if is_request(t, FLOORS[0]) and t.sample.source == name]) for name in sources]
    kinds = sorted({test.sample.kind for test in tested} - {"request"})
    rows += [(kind, [t for t in tested if t.sample.kind == kind and t.sample.tokens > FEW]) for kind in kinds]
    print(f"\n{generation:44} {'n':>5}  median  signed     p95   worst")
    for name, row in rows:
        if row:
            errors = np.array([test.error for test in row])
            size = np.abs(errors)
            usual = f"{np.median(size):7.1%} {np.median(errors):+7.1%}"
            print(f"{name:44} {len(row):5} {usual} {np.quantile(size, 0.95):7.1%} {size.max():7.0%}")


def is_request(test: Tested, floor: int) -> bool:
    """Whether it is a recorded request of more than so many tokens."""
    return test.sample.kind == "request" and test.sample.tokens > floor


def written(tables: dict[str, Calibration], source: str, margins: Numbers) -> str:
    """The content of calibration.toml."""
    lines = [
        "# The numbers of the token estimate. Written by tools/calibrate_tokens.py --write; by hand: per_byte, and the",
        "# repetition of the intervals (below, above).",
        "",
        f'source = "{source}"',
        f"checked = {datetime.datetime.now(tz=datetime.UTC).date()}",
        "",
        "# per_byte: the most tokens that a byte of text counts for. latin, script: how many times more than its",
        "# characters say a text in Latin or other letters may have.",
        "[certainty]",
        f"per_byte = {certainty()['per_byte']}",
        *(f"{name} = {value}" for name, value in margins.items()),
    ]
    for generation, numbers in tables.items():
        for name in Calibration._fields:
            lines += ["", f'[generation."{generation}".{name}]']
            lines += [f"{key} = {value}" for key, value in sorted(getattr(numbers, name).items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
