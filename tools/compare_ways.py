"""Lints mutated requests by every way that there is, the plain one and the short ones, and stops where they differ.

    python tools/compare_ways.py [--seconds N] [--seed N] [FILE...]

The requests are those of the rules' fixtures, and those of the files. Each round takes a few of them, repeats them with
changes of all kinds (members dropped, copied, moved, renamed; values, texts and numbers replaced; spelling changed;
bytes damaged), writes a file in one of the containers, and compares all findings with their places, for an API version
and beta headers drawn by chance. Exit codes: 0 no difference, 1 a difference (the file is kept, and named).
"""

from __future__ import annotations

import argparse
import copy
import datetime
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from batchlint.engine import Engine, dispatch, engine, scanning
from batchlint.engine.native import state
from batchlint.facts import betas
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.schema import API_VERSIONS
from batchlint.sources import source_of_bytes

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "rules"
LONGEST = 60_000
"""Bytes of a request that is taken; longer ones would only make the rounds fewer."""
TEXTS = (
    "",
    " ",
    "\n",
    "x",
    "Hello there.",
    "　",
    "あ",
    "\ud800",
    "\x1f",
    '"tool_use" "image"',
    "END ",
    "a@b.example",
    "é" * 40,
)
NUMBERS = (0, 1, -1, 0.5, 1.0, 1024, 1025, 4096, 64_000, 128_001, 10**18, 1e-7, True, False, None)
NAMES = (
    "type",
    "text",
    "content",
    "role",
    "model",
    "system",
    "tools",
    "cache_control",
    "id",
    "x",
    "max_token",
    "stream",
)
Json = Any


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time")
    parser.add_argument("files", nargs="*", type=Path, help="JSONL files with further requests")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    pool = list(requests_of([*sorted(FIXTURES.glob("*/*.jsonl")), *options.files]))
    print(f"seed {seed}, {len(pool):,} requests, scanner: {state().reason}", flush=True)
    rounds = requests = 0
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        random_ = random.Random(f"{seed}-{rounds}")
        data, count = made_file(random_, pool)
        if (difference := compare(data, drawn_options(random_))) is not None:
            path = Path(tempfile.gettempdir(), f"ways-{seed}-{rounds}.batch")
            path.write_bytes(data)
            print(f"round {rounds}: {difference}\nkept as {path}")
            return 1
        rounds, requests = rounds + 1, requests + count
    print(f"no difference in {requests:,} requests of {rounds:,} files")
    return 0


def requests_of(paths: list[Path]) -> Iterator[Json]:
    """The readable lines of files that are objects, but the very long ones."""
    for path in paths:
        for line in path.read_bytes().splitlines():
            if len(line) <= LONGEST:
                try:
                    value = json.loads(line)
                except ValueError:
                    continue
                if isinstance(value, dict):
                    yield value


def drawn_options(random_: random.Random) -> Options:
    """What is outside the file."""
    known = sorted(betas().statuses)
    return Options(
        api_version=random_.choice((None, *API_VERSIONS)),
        betas=random_.choice((None, frozenset(), frozenset(random_.sample(known, 3)))),
        as_of=datetime.date(2026, 11, 28),
        max_tokens_per_request=random_.choice((80_000, 80_000, 2_000, 0)),
        max_request_bytes=random_.choice((None, None, 1_500)),
    )


def made_file(random_: random.Random, pool: list[Json]) -> tuple[bytes, int]:
    """A file with a few kinds of requests, each several times and mostly with changes; and how many there are."""
    kinds = [random_.choice(pool) for _ in range(random_.randint(1, 3))]
    requests = []
    for number in range(random_.randint(4, 24)):
        request = copy.deepcopy(random_.choice(kinds))
        if random_.random() < 0.9 and "custom_id" in request:
            request["custom_id"] = f"row-{number}"
        for _ in range(random_.choice((0, 0, 1, 1, 2, 4))):
            change(random_, request, pool)
        requests.append(request)
    spelled = [spell(random_, request) for request in requests]
    container = random_.choice(("lines", "lines", "array", "envelope"))
    if container == "lines":
        return random_.choice((b"\n", b"\n", b"\r\n")).join(spelled) + random_.choice((b"", b"\n")), len(spelled)
    body = b"[" + random_.choice((b",", b", ", b",\n", b" ,\n\n ")).join(spelled) + b"]"
    return (body if container == "array" else b'{"requests": ' + body + b"}"), len(spelled)


def spell(random_: random.Random, request: Json) -> bytes:
    """The request as text, now and then damaged."""
    separators = random_.choice(((",", ":"), (", ", ": "), (", ", ":")))
    text = json.dumps(request, ensure_ascii=random_.random() < 0.3, separators=separators)
    data = text.encode("utf-8", "surrogatepass")
    at = random_.randrange(len(data))
    match random_.randrange(60):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + random_.choice((b"\xff", b"\x01", b"\\", b'"', b"{", b"}", b"1e400", b"NaN")) + data[at:]
        case 2:
            return data.replace(b'"model"', b'"model": "x", "model"', 1)
        case 3:
            return data.replace(b'"type"', b'"\\u0074ype"', 1)
        case 4:
            return data.replace(b"1024", b"1024.0", 1).replace(b"4096", b"1e400", 1)
    return data


def places(value: Json) -> list[tuple[Json, str | int]]:
    """Every holder and key inside a value."""
    found: list[tuple[Json, str | int]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        keys: list[str | int] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return found


def change(random_: random.Random, request: Json, pool: list[Json]) -> None:
    """One change somewhere in the request."""
    here = places(request)
    if not here:
        return
    if random_.random() < 0.1 and exchange_params(random_, request, random_.choice(pool)):
        return
    holder, key = random_.choice(here)
    value = holder[key]
    other_holder, other_key = random_.choice(places(random_.choice(pool)) or here)
    match random_.randrange(10):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = random_.choice(TEXTS) if isinstance(value, str) else random_.choice(NUMBERS)
        case 3:
            holder[key] = copy.deepcopy(other_holder[other_key])
        case 4 if isinstance(holder, dict):
            holder[random_.choice(NAMES)] = copy.deepcopy(value)
        case 5 if isinstance(holder, list):
            holder.insert(random_.randrange(len(holder) + 1), copy.deepcopy(value))
        case 6 if isinstance(holder, list):
            random_.shuffle(holder)
        case 7 if isinstance(holder, dict) and isinstance(other_key, str):
            holder[other_key] = copy.deepcopy(other_holder[other_key])
        case 8:
            params = request.get("params")
            if isinstance(params, dict):
                params["max_tokens"] = random_.choice(NUMBERS)
        case _:
            holder[key] = random_.choice((*TEXTS, *NUMBERS, {}, []))


def exchange_params(random_: random.Random, request: Json, other: Json) -> bool:
    """Takes a member of the other's params, mostly the messages; False where one of the two has no such thing."""
    mine, others = request.get("params"), other.get("params")
    if not isinstance(mine, dict) or not isinstance(others, dict) or not others:
        return False
    name = random_.choice(("messages", "messages", random_.choice(list(others))))
    if name not in others:
        return False
    mine[name] = copy.deepcopy(others[name])
    return True


def compare(data: bytes, options: Options) -> str | None:
    """How the ways differ on a file; None where they do not."""
    plain = without_gates(lambda: found(data, options, usual_from=1 << 60))
    for name, native in WAYS.items():
        short = native(lambda: found(data, options, usual_from=0))
        if short != plain:
            missed = sorted({each.split("|")[0] for each in plain if each not in short})
            added = sorted({each.split("|")[0] for each in short if each not in plain})
            return f"{name}: not found: {missed}, found besides: {added}, or another order"
    return None


def found(data: bytes, options: Options, usual_from: int) -> list[str]:
    """All that is found, with its places, and the counts of the file."""
    engine.USUAL_FROM = usual_from  # type: ignore[misc]
    scanning.FEW = 1  # type: ignore[misc]
    counts: list[str] = []
    with source_of_bytes(data) as source:
        locator = Locator(source)
        checks = Engine(options, all_rules().values()).check(source, lambda batch: counts.append(repr(batch[:6])))
        located = [locator.locate(finding, with_frame=False) for finding in checks]
    return [f"{each.rule.name}|{each!r}" for each in located] + counts


def without_gates(run: Callable[[], list[str]]) -> list[str]:
    """With all rules on tool use and on images, which otherwise only run where something about these is unusual."""
    with (
        mock.patch.object(dispatch, "in_order", return_value=False),
        mock.patch.object(dispatch, "_usual_images", return_value=lambda *given: False),
    ):
        return run()


def with_scanner(run: Callable[[], list[str]]) -> list[str]:
    """As it is installed."""
    return run()


def without_scanner(run: Callable[[], list[str]]) -> list[str]:
    """As where no scanner was built."""
    os.environ["BATCHLINT_NATIVE"] = "0"
    state.cache_clear()
    try:
        return run()
    finally:
        del os.environ["BATCHLINT_NATIVE"]
        state.cache_clear()


WAYS: dict[str, Callable[[Callable[[], list[str]]], list[str]]] = {"without the scanner": without_scanner}
if state().library is not None:
    WAYS["with the scanner"] = with_scanner

if __name__ == "__main__":
    sys.exit(main())
