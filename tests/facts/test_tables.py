"""The other tables of facts: what each answers, and that they agree with one another."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path
from typing import Any

import pytest

from batchlint.facts import advisors, betas, dialects, errors, limits, media, members, models, prices, tools
from batchlint.resources import schema_path

RULES = Path(__file__).parents[2] / "src" / "batchlint"


# Limits.


@pytest.mark.parametrize(
    ("custom_id", "accepted"),
    [("a", True), ("A-z_09", True), ("a" * 64, True), ("a" * 65, False), ("", False)]
    + [(text, False) for text in ("a:b", "a b", "a.b", "a/b", "é", "a\n", "\u0661")],
)
def test_a_custom_id_is_accepted_as_a_whole(custom_id: str, accepted: bool) -> None:
    assert limits().custom_id.accepts(custom_id) is accepted


def test_patterns_say_the_same_as_the_lengths_next_to_them() -> None:
    limit = limits()
    for pattern, length in [
        (limit.custom_id.pattern, limit.custom_id.max_length),
        (limit.tool.name_pattern, limit.tool.name_max_length),
    ]:
        assert re.fullmatch(pattern, "x" * length)
        assert not re.fullmatch(pattern, "x" * (length + 1))


def test_a_unit_that_is_not_documented_is_read_both_ways() -> None:
    assert (limits().batch.bytes_decimal, limits().batch.bytes_binary) == (256 * 10**6, 256 * 2**20)


# Beta headers.


def test_every_header_that_something_needs_is_known_and_of_use() -> None:
    known = betas()
    needed = {
        header for table in (known.members, known.blocks, known.tools) for each in table.values() for header in each
    }
    needed |= {header for path in known.paths for header in path.headers}
    assert {header: known.statuses.get(header) for header in needed} == dict.fromkeys(needed, "active")


@pytest.mark.parametrize(
    ("params", "place"),
    [
        ({"output_config": {"task_budget": {}}}, ("output_config", "task_budget")),
        ({"thinking": {"type": "adaptive", "display": "updates"}}, ("thinking", "display")),
        ({"messages": [{"role": "user"}, {"role": "system", "clear_at": "never"}]}, ("messages", 1, "clear_at")),
        (
            {"context_management": {"edits": [{"type": "other"}, {"type": "compact_20260112"}]}},
            ("context_management", "edits", 1, "type"),
        ),
        ({"tools": [{"type": "mcp_toolset", "tools": []}, {"name": "a", "tools": []}]}, ("tools", 0, "tools")),
        (
            {"messages": [{"content": [{"type": "server_tool_use", "name": "advisor"}]}]},
            ("messages", 0, "content", 0, "name"),
        ),
    ],
)
def test_what_lies_deep_is_found_where_it_is(params: dict[str, Any], place: tuple[str | int, ...]) -> None:
    assert [found for path in betas().paths for found in path.places(params)] == [place]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"output_config": None, "messages": "text", "tools": {}, "thinking": []},
        {"output_config": {"task_budget": None}},
        {"thinking": {"display": "summarized"}},
        {"messages": [None, {"content": "text", "output_config": None}, {"content": [None, {"type": "text"}]}]},
        {"tools": [{"type": "custom", "tools": []}]},
    ],
)
def test_what_is_not_there_needs_no_header(params: dict[str, Any]) -> None:
    assert [found for path in betas().paths for found in path.places(params)] == []


def test_a_misspelt_header_is_recognised() -> None:
    assert betas().nearest("task-budget-2026-03-13") == "task-budgets-2026-03-13"
    assert betas().nearest("something-else-2026-01-01") is None


# Wrong names.


@pytest.mark.parametrize(
    ("name", "pointer", "instead"),
    [
        ("body", (), "params"),
        ("response_format", ("params",), "output_config.format"),
        ("tool_calls", ("params", "messages", 3), "tool_use"),
        ("image_url", ("params", "messages", 3, "content", 0), "source"),
        ("image_url", ("params", "messages", 3, "content", 0, "content", 1), "source"),
        ("annotations", ("params", "system", 0), "remove"),
        ("parameters", ("params", "tools", 0), "input_schema"),
        ("effort", ("params", "thinking"), "output_config"),
        ("strict", ("params", "output_config", "format"), "remove"),
        ("strict", ("params", "output_format"), "remove"),
        ("anything", ("params", "metadata"), "custom_id"),
    ],
)
def test_a_wrong_name_is_known_in_its_place(name: str, pointer: tuple[str | int, ...], instead: str) -> None:
    known = members().find(name, pointer)
    assert known is not None
    assert instead in known.instead


@pytest.mark.parametrize(
    ("name", "pointer"),
    [("zzz", ("params",)), ("response_format", ()), ("body", ("params", "nowhere")), ("x", (0,)), ("x", ("a", 0, 1))],
)
def test_nothing_is_known_elsewhere(name: str, pointer: tuple[str | int, ...]) -> None:
    assert members().find(name, pointer) is None


def test_wrong_values_are_known_by_what_they_are_values_of() -> None:
    role = members().find_value("role", "developer")
    assert role is not None
    assert role.kind == "openai"
    assert members().find_value("role", "user") is None
    assert "image/jpeg" in getattr(members().find_value("media_type", "image/jpg"), "instead", "")


def test_no_wrong_name_is_a_right_one() -> None:
    newest = limits().api.versions[-1]
    schema = json.loads(schema_path(f"batch-request-{newest}.schema.json").read_text(encoding="utf-8"))
    params = schema["$defs"][schema["properties"]["params"]["$ref"].rpartition("/")[2]]
    assert "max_tokens" in params["properties"]
    assert members().places["params"].keys() & params["properties"].keys() == set()
    assert members().places["item"].keys() & schema["properties"].keys() == set()


# Other dialects.


@pytest.mark.parametrize(
    ("names", "key"),
    [
        ("custom_id params", None),
        ("custom_id", None),
        ("custom_id params body url method", None),
        ("custom_id method url body", "openai"),
        ("custom_id method body", "openai_method"),
        ("id custom_id response error", "openai_output"),
        ("recordId modelInput", "bedrock"),
        ("recordId modelInput modelOutput", "bedrock_output"),
        ("recordId modelInput error", "bedrock_error"),
        ("recordId modelInput modelOutput error", "bedrock_output"),
        ("totalRecordCount processedRecordCount errorRecordCount", "bedrock_manifest"),
        ("custom_id request response status", "google_output"),
        ("custom_id response status", "google_output"),
        ("custom_id request status", "google_failure"),
        ("custom_id processed_time response", "google_timed_output"),
        ("request response", "google_request_output"),
        ("custom_id request", "google"),
        ("key request", "gemini"),
        ("contents", "gemini_body"),
        ("custom_id result", "results"),
        ("id type processing_status request_counts", "message_batch"),
        ("requests", "body"),
        ("custom_id model max_tokens messages", "flat"),
        ("model max_tokens messages", "bare_params"),
        ("messages", "training"),
        ("id type role model content stop_reason usage", "answer"),
        ("role content", "message"),
        ("prompt max_tokens_to_sample", "completion"),
        ("", None),
    ],
)
def test_an_item_of_another_api_is_recognised_by_its_fields(names: str, key: str | None) -> None:
    dialect = dialects().of_item(dict.fromkeys(names.split()))
    assert (dialect.key if dialect else None) == key


@pytest.mark.parametrize(
    ("request_", "key"),
    [
        ({"contents": [{"parts": [{"text": "Hello"}]}]}, "gemini_request"),
        ({"systemInstruction": {}, "generationConfig": {}}, "gemini_request"),
        ({"anthropic_version": "vertex-2023-10-16", "messages": []}, "google"),
        ("contents", "google"),
        (None, "google"),
    ],
)
def test_what_stands_inside_tells_gemini_from_claude_on_google(request_: object, key: str) -> None:
    dialect = dialects().of_item({"custom_id": "a", "request": request_})
    assert dialect is not None
    assert dialect.key == key


@pytest.mark.parametrize(
    ("model_id", "key", "claude_id"),
    [
        ("anthropic.claude-opus-4-5-20251101-v1:0", "bedrock", "claude-opus-4-5-20251101"),
        ("us.anthropic.claude-3-5-sonnet-20241022-v2:0", "bedrock", "claude-3-5-sonnet-20241022"),
        ("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "claude-sonnet-4-5-20250929"),
        ("global.anthropic.claude-haiku-5-5", "bedrock", "claude-haiku-5-5"),
        ("bedrock/anthropic.claude-3-haiku-20240307-v1:0", "bedrock", "claude-3-haiku-20240307"),
        ("arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-5", "bedrock_arn", None),
        ("claude-opus-4-5@20251101", "google", "claude-opus-4-5-20251101"),
        ("vertex_ai/claude-opus-5", "google_latest", "claude-opus-5"),
        ("claude-opus-5@default", "google_latest", "claude-opus-5"),
        ("databricks-claude-opus-4-8", "databricks", "claude-opus-4-8"),
        ("anthropic/claude-opus-4.5", "router", "claude-opus-4.5"),
        ("anthropic/claude-3.7-sonnet:thinking", "router", "claude-3.7-sonnet"),
        ("openrouter/anthropic/claude-opus-5", "router", "claude-opus-5"),
        ("claude-opus-5[1m]", "context_suffix", "claude-opus-5"),
        ("opus", "short", None),
        ("sonnet-5.5", "short", None),
        ("gpt-4o", "openai", None),
        ("openai/gpt-5.4-mini", "openai", None),
        ("o3-mini", "openai", None),
        ("o1", "openai", None),
        ("gemini-2.5-pro", "gemini", None),
        ("mistral-large-latest", "mistral", None),
        ("open-mixtral-8x7b", "mistral", None),
        ("meta-llama/Llama-4-Scout", "llama", None),
        ("meta.llama3-70b-instruct-v1:0", "llama", None),
        ("deepseek-chat", "deepseek", None),
        ("command-r-plus", "cohere", None),
        ("grok-4", "grok", None),
        ("Qwen/Qwen3-8B", "qwen", None),
        ("us.amazon.nova-pro-v1:0", "amazon", None),
        ("kimi-k2", "moonshot", None),
    ],
)
def test_a_model_id_of_another_platform_is_recognised_by_its_form(
    model_id: str, key: str, claude_id: str | None
) -> None:
    foreign = dialects().of_model(model_id)
    assert foreign is not None
    assert (foreign.key, foreign.claude_id) == (key, claude_id)


def test_ids_of_the_claude_api_are_nobody_elses() -> None:
    for model in models():
        assert [name for name in (model.id, *model.aliases) if dialects().of_model(name)] == []
    others = ["claude-opus-4.5", "claude-x", "my-model", "ope", "", "invalid-model-name", "gpt-4" * 100]
    assert [name for name in others if dialects().of_model(name)] == []


# What the API answers.


def test_every_answer_can_be_written() -> None:
    for key, error in errors().templates.items():
        names = [name for _, name, _, _ in string.Formatter().parse(error.text) if name is not None]
        assert all(re.fullmatch(r"[a-z_]+", name) for name in names), key
        assert error.text.format(**dict.fromkeys(names, "x"))
    assert errors().text("model_not_found", model="claude-x") == "model: claude-x"
    with pytest.raises(KeyError):
        errors().text("model_not_found")


def test_every_answer_that_a_rule_quotes_is_known() -> None:
    quoted = {
        (file.name, key)
        for file in RULES.rglob("*.py")
        for key in re.findall(r'errors\(\)\.text\(\s*"([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert sorted((file, key) for file, key in quoted if key not in errors().templates) == []


# Prices.


def test_a_price_belongs_to_a_model() -> None:
    for model_id, price in prices().by_model.items():
        model = models().find(model_id)
        assert model is not None
        assert model.id == model_id
        assert 0 < price.input < price.output
        assert prices().find(model_id) is price
    assert prices().find("claude-mythos-preview") is None


def test_every_active_model_has_a_price() -> None:
    without = [model.id for model in models() if model.status == "active" and prices().find(model.id) is None]
    assert without == [], "what their requests cost is not known: add them to prices.toml"


def test_a_long_prompt_costs_more_where_it_does() -> None:
    haiku, opus = prices().by_model["claude-haiku-5-5"], prices().by_model["claude-opus-5-5"]
    assert haiku.cost(100_000, 1_000_000) == pytest.approx(0.1 * 0.05 + 0.25)
    assert haiku.cost(100_001, 1_000_000) == pytest.approx(0.100001 * 0.25 + 1.25)
    assert opus.cost(1_000_000, 500_000) == pytest.approx(2 + 5)


# Tools.


def test_tools_that_need_a_header_or_are_refused_are_tools() -> None:
    known = tools().types
    assert betas().tools.keys() <= known.keys()
    for model in models():
        assert {*model.refused_tool_types, *model.doubtful_tool_types} <= known.keys()
        assert not set(model.refused_tool_types) & set(model.doubtful_tool_types)


def test_every_use_of_a_server_tool_has_its_answer() -> None:
    uses = {use for tool in tools().types.values() for use in tool.uses}
    assert uses == tools().results.keys()
    for tool in tools().types.values():
        assert tool.side == "server" or not tool.uses


def test_a_tool_is_found_by_its_type() -> None:
    search = tools().find("web_search_20260209")
    assert search is not None
    assert (search.name, search.side, search.default_caller) == ("web_search", "server", "code_execution")
    assert tools().find("custom") is None


# Media.


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"BM\x36\x00", "image/bmp"),
        (b"II*\x00\x08", "image/tiff"),
        (b"\x00\x00\x00\x18ftypheic\x00", "image/heic"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
        (b"<!DOCTYPE html>", "text/html"),
        (b"<svg xmlns=", "image/svg+xml"),
        (b"plain text", None),
        (b"", None),
    ],
)
def test_a_file_is_recognised_by_its_first_bytes(start: bytes, name: str | None) -> None:
    media_type = media().sniff(start)
    assert (media_type.name if media_type else None) == name


def test_supported_media_types_are_those_that_a_source_takes() -> None:
    known = media()
    taken = {*known.sources.image_base64, *known.sources.document_base64}
    assert {name for name, media_type in known.types.items() if media_type.supported} == taken


def test_every_tier_of_a_model_is_known() -> None:
    assert {model.image_tier for model in models() if model.image_tier} == media().tiers.keys()
    large = media().tiers["large"]
    assert (large.long_edge, large.tokens, large.patch) == (2576, 4784, 28)


# Advisors.


def test_models_that_advise_are_models_by_their_own_ids() -> None:
    known = advisors()
    named = {*known.ranks, *known.too_weak, *known.refuses, *known.at_least, *known.at_least.values()}
    named |= {name for refused in known.refuses.values() for name in refused}
    assert named <= {model.id for model in models()}
    assert known.too_weak.isdisjoint(known.ranks)
    assert set(known.at_least.values()) <= set(known.ranks)
    assert known.ranks.keys().isdisjoint(known.at_least)


def test_a_model_may_advise_itself_and_whoever_it_advises_is_no_more_able() -> None:
    known = advisors()
    for name, rank in known.ranks.items():
        assert known.refusal(name, name) is None
        for advisor, its_rank in known.ranks.items():
            assert (known.refusal(name, advisor) is None) == (its_rank >= rank)


def test_of_a_model_without_a_rank_nothing_is_said_as_an_advisor() -> None:
    assert advisors().refusal("claude-mythos-5-1", "claude-sonnet-5-5") is None
    assert advisors().refusal("claude-haiku-5-5", "claude-haiku-5-5") is None
