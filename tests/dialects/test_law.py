"""The law: the same requests in the lines of each platform give the same findings at the same places, but for what the
facts say differs.
"""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine import Engine
from batchlint.facts import platforms
from batchlint.facts.platform import Platform
from batchlint.finding import LocatedFinding
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from tests.dialects.lines import PLATFORMS, lines_for
from tests.engine.ways import OPTIONS, assert_the_same
from tests.strategies.files import lists

Json = dict[str, Any]
MODELS = ["claude-opus-4-8", "claude-haiku-4-5-20251001", "claude-sonnet-4-5-20250929", "claude-3-7-sonnet-20250219"]
OF_ONE_PLATFORM = frozenset({"platform", "job", "batch"})
"""Triggers of rules that speak of a platform, or of the file as a whole."""

Told = tuple[str, int | None, str | None, object, str, bytes]


def options_with(**changed: Any) -> Options:
    """The options of the tests, with others."""
    options = copy.copy(OPTIONS)
    for name, value in changed.items():
        setattr(options, name, value)
    return options


def differs(finding: LocatedFinding, platform: Platform) -> bool:
    """Whether the facts say that a finding is another one on a platform, or none."""
    rule = finding.rule
    if rule.name in platform.silent | platform.warnings or not OF_ONE_PLATFORM.isdisjoint(rule.triggers):
        return True
    field = finding.pointer[1] if finding.pointer and len(finding.pointer) > 1 else None
    if field in platform.fields or field in (platform.version_field, platform.betas_field):
        return True
    # What a message may say instead names the roles that the request's own model takes.
    return rule.name in ("large-image", "unknown-value")


def told(data: bytes, options: Options, platform: Platform) -> list[Told]:
    """What is found in a file, each with the text at its place."""
    with source_of_bytes(data) as source:
        locator = Locator(source)
        found = [locator.locate(each, with_frame=False) for each in Engine(options, all_rules().values()).check(source)]
    return sorted(
        (
            each.rule.name,
            each.index,
            each.custom_id,
            tuple(map(str, (each.pointer or ())[1:])),
            re.sub(rf"\b({platform.id}|{platform.body}|custom_id|params)\b", "…", each.message),
            data[each.range.offset : each.range.end_offset] if each.range and len(each.pointer or ()) > 1 else b"",
        )
        for each in found
        if not differs(each, platform)
    )


@pytest.mark.parametrize("key", PLATFORMS)
@given(requests=lists(), model=st.sampled_from(MODELS))
def test_the_same_requests_give_the_same_findings(key: str, requests: list[Json], model: str) -> None:
    platform = platforms().by_key[key]
    for request in requests:
        request["params"]["model"] = model
        request["params"].pop("stream", None)
    own = options_with(api_version=platform.api_version, betas=frozenset(), dialect="anthropic")
    theirs = options_with(job_model=model)
    expected = told(lines_for("anthropic", requests), own, platform)
    assert told(lines_for(key, requests), theirs, platform) == expected
    assert told(lines_for(key, requests), options_with(job_model=model, dialect=key), platform) == expected


@pytest.mark.parametrize("key", PLATFORMS)
@given(requests=lists(), model=st.sampled_from([None, *MODELS]))
def test_the_short_ways_find_the_same(key: str, requests: list[Json], model: str | None) -> None:
    assert_the_same(lines_for(key, requests), options_with(job_model=model))
