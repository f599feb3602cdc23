"""The pages of the rules: what is under "Example" is found, what is under "Instead" is not.

An example is a request, or the part of one that matters; here the rest is put around it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest

from batchlint.engine import Engine
from batchlint.options import Options
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes

MESSAGES = '[{"role": "user", "content": "hi"}]'
PARAMS = f'{{"model": "claude-opus-4-8", "max_tokens": 5000, "messages": {MESSAGES}}}'
IMAGE = '{"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}'
PLACEHOLDERS = [
    ('"params": {...}', f'"params": {PARAMS}'),
    ('"messages": [...]', f'"messages": {MESSAGES}'),
    ('"messages": [..., ', f'"messages": [{MESSAGES[1:-1]}, '),
    ('"requests": [...]', f'"requests": [{{"custom_id": "a", "params": {PARAMS}}}]'),
    ('"input_schema": {...}', '"input_schema": {"type": "object"}'),
    ('"schema": {...}', '"schema": {"type": "object", "additionalProperties": false}'),
    ('{"type": "image", "source": {...}', IMAGE[:-1]),
    ('{"type": "image", ...}', IMAGE),
    ('"source": {...}', '"source": {"type": "text", "media_type": "text/plain", "data": "text"}'),
    ('"defer_loading": true, ...', '"defer_loading": true, "input_schema": {"type": "object"}'),
    ('"name": "web_search", ...', '"name": "web_search", "input": {"query": "x"}'),
    (", ...}", "}"),
    (", ...]", "]"),
    ('"message": {...}', '"message": {}'),
    ('"properties": {...}', '"properties": {}'),
    ('"content": [...]', '"content": [{"type": "text", "text": "text"}]'),
    ("KGgo...", "KGgo="),
]
"""What the pages leave out, and what may be there."""

HERE = "<here>"
MODELS = ("claude-opus-4-8", "claude-haiku-4-5")
HEAD = f'{{"custom_id": "a", "params": {{"model": "{MODELS[0]}", "max_tokens": 5000, '
ASKED = '{"role": "user", "content": "hi"}'
USED = '{"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}]}'
ANSWERED = '{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"}]}'
AROUND = [
    f'{{"custom_id": "a", "params": {HERE}}}',
    f'{HEAD}"messages": [{ASKED}], {HERE}}}}}',
    *(
        f"{HEAD}{inner}}}}}"
        for inner in (
            HERE,
            f'"messages": [{ASKED}, {HERE}]',
            f'"messages": [{HERE}]',
            f'"messages": [{{"role": "user", "content": [{HERE}]}}]',
            f'"messages": [{ASKED}, {{"role": "assistant", "content": [{HERE}]}}]',
            f'"messages": [{ASKED}, {USED}, {{"role": "user", "content": [{HERE}]}}]',
            f'"messages": [{ASKED}, {USED}, {HERE}]',
            f'"messages": [{ASKED}, {HERE}, {ANSWERED}]',
            f'"messages": [{{"role": "user", "content": [{{"type": "image", "source": {HERE}}}]}}]',
            f'"messages": [{{"role": "user", "content": [{{"type": "document", "source": {HERE}}}]}}]',
            f'"messages": [{ASKED}], "tools": [{HERE}]',
            f'"messages": [{ASKED}], "mcp_servers": [{HERE}]',
            f'"messages": [{ASKED}], "tools": [{{"name": "a", "input_schema": {HERE}}}]',
            f'"messages": [{ASKED}], "output_config": {{"format": {{"type": "json_schema", "schema": {HERE}}}}}',
        )
    ),
]
"""Requests in which a part is: as the line, as params, as members of params, as a message, a block, a tool ..."""
ON_THAT_DAY = Options(as_of=datetime.date(2026, 11, 23), strict=True)

IN_WORDS = frozenset(
    (
        "batch-size",
        "byte-order-mark",
        "cache-ttl-order",
        "conflicting-beta",
        "content-beside-programmatic-result",
        "context-window-exceeded",
        "deep-nesting",
        "deferred-tool-search",
        "deprecated-model",
        "empty-file",
        "encrypted-pdf",
        "huge-request",
        "image-dimensions",
        "invalid-pdf",
        "invalid-utf-8",
        "large-image",
        "large-request",
        "long-user-id",
        "malformed-tab-result",
        "many-image-dimensions",
        "media-type-mismatch",
        "mismatched-toolset-name",
        "orphaned-tool-result",
        "oversized-image",
        "oversized-job",
        "oversized-record",
        "programmatic-result-without-container",
        "token-limit",
        "too-few-records",
        "too-many-cache-breakpoints",
        "too-many-images",
        "too-many-optional-properties",
        "too-many-pdf-pages",
        "too-many-strict-tools",
        "too-many-union-types",
        "tool-result-for-server-tool",
        "undefined-server-tool",
        "unknown-tool-reference",
        "unsupported-image-format",
        "unsupported-result-content",
    )
)
"""Rules whose examples are reported in words, or need more around them than is here."""


def part_of_page(page: str, title: str) -> str | None:
    """The indented text under a title, with nothing left out; None where it is reported in words."""
    found = re.search(rf"^{title}:\n\n((?:    .*\n|\n)+)", page + "\n", re.MULTILINE)
    if found is None:
        return None
    text = re.sub("^    ", "", found[1], flags=re.MULTILINE).strip("\n") + "\n"
    for placeholder, instead in PLACEHOLDERS:
        text = text.replace(placeholder, instead)
    return text


def wrapped(text: str) -> Iterator[str]:
    """The text as it is, as the line of a file, and as a part of a request."""
    yield text
    line = " ".join(text.split("\n")).strip()
    for around in AROUND:
        for inner in (line, line.removeprefix("{").removesuffix("}")):
            whole = around.replace(HERE, inner) + "\n"
            yield whole
            yield whole.replace(*MODELS)


def found_in(text: str) -> list[str]:
    engine = Engine(ON_THAT_DAY, list(all_rules().values()))
    with source_of_bytes(text.encode("utf-8", errors="surrogatepass")) as source:
        return [finding.rule.name for finding in engine.check(source)]


def requests_with(name: str, text: str) -> Iterator[int]:
    """The ways of wrapping a text in which the rule finds something."""
    for number, whole in enumerate(wrapped(text)):
        if name in found_in(whole):
            yield number


@pytest.mark.parametrize("name", all_rules())
def test_the_example_is_found_and_what_to_write_instead_is_not(name: str) -> None:
    page = all_rules()[name].page
    example, instead = part_of_page(page, "Example"), part_of_page(page, "Instead")
    ways = [] if example is None else list(requests_with(name, example))
    if name in IN_WORDS:
        assert not ways, "this example can be checked now; take it off the list"
        return
    assert ways, "the example is not found; complete it, or put the rule on the list of those told in words"
    if instead is not None:
        clean = [number for number, whole in enumerate(wrapped(instead)) if name not in found_in(whole)]
        assert set(ways) & set(clean), "what the page says to write instead is found as well"


def test_the_list_names_rules() -> None:
    assert set(IN_WORDS) <= set(all_rules())
