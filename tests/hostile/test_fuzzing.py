"""What fuzzing begins with, and what it found once, holds; and each of its oracles fails where it should."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from batchlint.finding import LocatedFinding
from tests.hostile import line, request

TOOLS = str(Path(__file__).parents[2] / "tools")
sys.path.insert(0, TOOLS)
from fuzzing import oracles, targets  # noqa: E402
from fuzzing.mutating import changed  # noqa: E402
from fuzzing.oracles import Broken  # noqa: E402
from fuzzing.seeds import found_before, seeds  # noqa: E402
from fuzzing.targets import OPTIONS, TARGETS  # noqa: E402

sys.path.remove(TOOLS)
EVERY = 7
"""Every so many seeds are run here; the rules' fixtures have tests of their own."""


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_hold(name: str) -> None:
    inputs = list(seeds(name))
    assert len(inputs) > EVERY
    for data in inputs[::EVERY]:
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_once_holds(name: str) -> None:
    for data in found_before(name):
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_that_are_changed_hold(name: str) -> None:
    random_ = random.Random(17)
    inputs = list(seeds(name))
    for _ in range(20):
        data = changed(random_.choice(inputs), random_, random_.choice(inputs))
        if data is not None:
            TARGETS[name](data)


WRONG = line(request(stream=True)) + b"\n" + line(request("b", temperature=5)) + b"\n"


def moved(change: Callable[[LocatedFinding], LocatedFinding]) -> Any:
    """`Locator.locate` with its answer changed."""
    from batchlint.reports.locate import Locator

    locate = Locator.locate

    def wrong(self: Locator, *arguments: Any, **options: Any) -> LocatedFinding:
        return change(locate(self, *arguments, **options))

    return mock.patch.object(Locator, "locate", wrong)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found._replace(range=found.range._replace(offset=found.range.offset + 1)),
        lambda found: found._replace(range=found.range._replace(end_offset=len(WRONG) + 1)),
        lambda found: found._replace(range=found.range._replace(line=found.range.line + 1)),
        lambda found: found._replace(pointer=("params", "max_tokens")),
        lambda found: found._replace(pointer=("nothing",)),
    ],
)
def test_a_wrong_place_is_noticed(change: Callable[[LocatedFinding], LocatedFinding]) -> None:
    oracles.places_name_their_values(WRONG, oracles.check(WRONG, OPTIONS))
    with moved(change), pytest.raises(Broken):
        oracles.places_name_their_values(WRONG, oracles.check(WRONG, OPTIONS))


def test_other_findings_in_another_container_are_noticed() -> None:
    oracles.containers_agree(WRONG, OPTIONS)
    with moved(lambda found: found._replace(index=found.range.offset if found.range else None)), pytest.raises(Broken):
        oracles.containers_agree(WRONG, OPTIONS)


def test_findings_that_parts_lose_are_noticed() -> None:
    oracles.jobs_agree(WRONG, OPTIONS, 40)
    with mock.patch("batchlint.engine.parallel.sharing.joined", return_value=iter(())), pytest.raises(Broken):
        oracles.jobs_agree(WRONG * 3, OPTIONS, 40)


def test_findings_that_a_short_way_loses_are_noticed() -> None:
    oracles.short_ways_agree(WRONG, OPTIONS)
    with mock.patch("batchlint.engine.usual.UsualJudge.problems", return_value=()), pytest.raises(Broken):
        oracles.short_ways_agree(WRONG, OPTIONS)


@pytest.mark.parametrize(
    ("data", "names"), [(b"{}", {"invalid-json"}), (b"{}\n{}\n", {"truncated-json"}), (b"x", set())]
)
def test_json_that_is_read_otherwise_is_noticed(data: bytes, names: set[str]) -> None:
    found = [located for _, located in oracles.check(data, OPTIONS)]
    oracles.json_is_taken(data, found)
    (known, *_) = found
    rules: Iterator[Any] = (mock.Mock() for _ in names)
    wrong = []
    for rule, name in zip(rules, names, strict=True):
        rule.name = name
        wrong.append(known._replace(rule=rule))
    with pytest.raises(Broken):
        oracles.json_is_taken(data, wrong)


def test_a_fix_that_loses_a_request_is_noticed() -> None:
    targets.fix(WRONG)
    lossy = mock.patch("fuzzing.targets._requests", side_effect=[2, 1])
    with lossy, pytest.raises(Broken, match="1 requests"):
        targets.fix(WRONG)


def test_an_exit_code_for_a_bug_is_noticed() -> None:
    with mock.patch("fuzzing.targets.main", return_value=70), pytest.raises(Broken, match="70"):
        targets.configuration(b"\x00")
