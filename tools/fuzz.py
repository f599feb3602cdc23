"""Fuzzes what reads strangers' files: coverage-guided, seeded by the fixtures (needs `pip install -e '.[fuzz]'`).

    python tools/fuzz.py TARGET [--seconds N] [--folder DIR]
    python tools/fuzz.py all --seconds 60

TARGET is one of sources, scanner, media, schemas, results, configuration, fix; with "all" they take turns, each for
its share of the time. The corpus and what fails stay in the folder, so that a later run goes on from there; each cause
of failure has one input, and a text that says what failed. What is mended goes into tests/hostile/found/TARGET/, which
the tests run.

Exit codes: 0 nothing fails, 1 something does (the last lines say where it is).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from fuzzing.campaign import Campaign, run, totals

NAMES: Final = ("sources", "scanner", "media", "schemas", "results", "configuration", "fix")
TURN: Final = 300
"""Seconds of one turn, at the most: then a new process begins, whose caches are empty."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=[*NAMES, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="altogether (default: 60)")
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"), help="where inputs are kept (default: .fuzz)")
    parser.add_argument("--one-turn", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one_turn:
        fuzz(Campaign(chosen.target, chosen.seconds, chosen.folder))
    targets = NAMES if chosen.target == "all" else (chosen.target,)
    campaigns = [Campaign(name, 0, chosen.folder.resolve()) for name in targets]
    take_turns(campaigns, chosen.seconds)
    return report(campaigns)


def fuzz(campaign: Campaign) -> None:
    """Fuzzes one target in this process, and does not come back: libFuzzer ends it."""

    def load() -> Callable[[bytes], None]:
        import importlib
        import pkgutil

        from fuzzing.targets import TARGETS

        import batchlint

        for module in pkgutil.walk_packages(batchlint.__path__, "batchlint."):
            if "__main__" not in module.name and ".online" not in module.name:
                importlib.import_module(module.name)
        return TARGETS[campaign.target]

    from fuzzing.seeds import seeds

    run(campaign, load, list(seeds(campaign.target)))


def take_turns(campaigns: list[Campaign], seconds: int) -> None:
    """Each target again and again for a while, in a process of its own, until the time is over."""
    end = time.monotonic() + seconds
    turn = min(TURN, max(seconds // len(campaigns), 1))
    while (left := end - time.monotonic()) > 0.5:
        for campaign in campaigns:
            command = [sys.executable, __file__, campaign.target, "--one-turn", "--folder", str(campaign.folder)]
            environment = {**os.environ, "PYTHONHASHSEED": "0"}
            campaign.failures.mkdir(parents=True, exist_ok=True)
            with (campaign.folder / campaign.target / "log").open("ab") as log:
                subprocess.run(
                    [*command, "--seconds", str(min(turn, max(int(left), 1)))],
                    stdout=log,
                    stderr=log,
                    env=environment,
                    check=False,
                )


def report(campaigns: list[Campaign]) -> int:
    """Prints what came of it."""
    failed = 0
    for campaign in campaigns:
        done = totals(campaign)
        kept = sorted(path for path in campaign.failures.glob("*") if path.suffix != ".txt")
        failed += len(kept)
        print(f"{campaign.target}: {done['inputs']:,} inputs in {done['seconds']:,} s, {len(kept)} causes of failure")
        for path in kept:
            print(f"  {path}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
