"""Fits the token estimate to counts of the API, and says how well it does.

    calibrate_tokens.py FOLDER [--teacher] [--write]

Refits the weights of text and the constants of what the API adds, for each generation of tokenizers, from what is in
the folder: requests and documents with real counts (the forms: `token_samples.py`), which stay where they are. With
--teacher the package ctok counts what no recording tells (`token_teacher.py`). What is printed is cross-validated: a
recording is estimated by a fit that has seen nothing of its source, a document by one without a fifth of its set. With
--write the numbers of the fit to everything go to `src/batchlint/facts/calibration.toml`. The constants are drawn to
those of `token_constants.toml`. Needs numpy and the ranks (`python hatch_build.py`).
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from token_fit import Design, Numbers, dot, fit_characters
from token_intervals import Tested, widths
from token_report import print_table
from token_samples import ALWAYS, REQUEST, Sample, folded, samples
from token_teacher import taught, teacher

from batchlint.facts.reading import DIRECTORY
from batchlint.tokens.calibration import Calibration, certainty

TARGET = Path(DIRECTORY) / "calibration.toml"
CONSTANTS = Path(__file__).with_name("token_constants.toml")
GENERATIONS = ("v3", "4.7", "4.8")
RECORDINGS = ("accepted.jsonl", "accepted.jsonl.gz")
COUNTS = "counts"
BARE_KEY = re.compile(r"[A-Za-z0-9_]+")
HEAD = """\
# The numbers of the token estimate. Written by tools/calibrate_tokens.py --write; by hand: [certainty].

source = "{source}"
checked = {checked}

# The most tokens that a byte of text counts for (per_byte), a small letter or a space in a text of words (word), a
# Greek, Cyrillic, Hebrew or Arabic letter (alphabetic), and a Han, kana or Hangul one (east_asian).
[certainty]
"""


def main() -> None:
    """Reads the arguments, fits each generation, prints the tables, writes the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--teacher", action="store_true", help="let the package ctok count what no recording tells")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args()
    recordings = [path for name in RECORDINGS if (path := options.folder / name).exists()]
    count = teacher() if options.teacher else None
    found = samples([options.folder / COUNTS], recordings, count)
    counted = f"{sum(sample.kind == REQUEST for sample in found)} requests"
    counted = f"the API's counts of {counted} and {sum(sample.kind != REQUEST for sample in found)} documents"
    if count is not None:
        texts = taught(recordings, GENERATIONS, count)
        found += texts
        counted += f", and to those that the package ctok made of {len(texts)} texts"
    found = folded(found)
    constants = tomllib.loads(CONSTANTS.read_text(encoding="utf-8"))
    tables = {name: calibrated(name, found, constants[name], options.write) for name in GENERATIONS}
    if options.write:
        TARGET.write_text(written(tables, f"fitted to {counted}"), encoding="utf-8")


def calibrated(generation: str, found: Sequence[Sample], constants: Numbers, is_wanted: bool) -> Calibration:
    """Prints how well a generation is estimated; the numbers fitted to all of its samples, where they are wanted."""
    design = Design([sample for sample in found if sample.generation == generation])
    # What a text is made of does not depend on the generation: the requests of all of them tell about it.
    others = [sample for sample in found if sample.kind == REQUEST and sample.generation != generation]
    tests = cross_validated(design, others, constants)
    below, above = widths(tests, -1), widths(tests, 1)
    print_table(generation, tests, below, above)
    if not is_wanted:
        return Calibration({}, {}, {}, below, above)
    fitted = design.fit(constants)
    check_bound(generation, design.samples, fitted.text)
    characters = fit_characters([*design.samples, *others], fitted)
    return Calibration(fitted.text, characters, fitted.structure, below, above)


def cross_validated(design: Design, others: Sequence[Sample], start: Numbers) -> list[Tested]:
    """Every sample of a generation, estimated by a fit to the other folds."""
    tested = []
    for fold in sorted({sample.fold for sample in design.samples} - {ALWAYS}):
        found = design.fit(start, without=fold)
        kept = [sample for sample in (*design.samples, *others) if sample.fold != fold]
        characters = fit_characters(kept, found)
        tested += [
            Tested(
                sample,
                text=found.text_tokens(sample),
                characters=dot(sample.characters, characters),
                constants=found.constants(sample),
                spare=dot(sample.spare, found.structure),
            )
            for sample in design.samples
            if sample.fold == fold
        ]
    return tested


def check_bound(generation: str, samples: Sequence[Sample], text: Numbers) -> None:
    """Says which texts the bound of what is not tokenised (`[certainty]`) is too low for."""
    ratios = sorted(dot(sample.text, text) / sample.most for sample in samples if sample.most and sample.fold != ALWAYS)
    over = [ratio for ratio in ratios if ratio > 1]
    print(f"{generation}: {len(over)} of {len(ratios)} texts are above the bound, the worst {ratios[-1]:.2f} times")


def written(tables: dict[str, Calibration], source: str) -> str:
    """The content of calibration.toml."""
    head = HEAD.format(source=source, checked=datetime.datetime.now(tz=datetime.UTC).date())
    lines = [head + "\n".join(f"{name} = {value}" for name, value in certainty().items())]
    for generation, numbers in tables.items():
        for name in Calibration._fields:
            lines += ["", f'[generation."{generation}".{name}]']
            lines += [f"{_key(key)} = {value}" for key, value in sorted(getattr(numbers, name).items())]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else json.dumps(name)


if __name__ == "__main__":
    main()
