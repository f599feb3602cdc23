"""The token estimate: what adds to it, what it never does, and that its stages agree."""

from __future__ import annotations

import base64
import json
import random
import struct
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.facts import media, models
from batchlint.tokens import Estimate, closer_bound, estimate, largest_parts, over_limit, upper_bound
from batchlint.tokens.characters import character_features
from batchlint.tokens.files import image_tokens
from batchlint.tokens.profile import profile_of
from batchlint.tokens.text import SLICE, slices, weights

MODELS = ("claude-sonnet-4-5", "claude-opus-4-7", "claude-opus-5", "claude-of-tomorrow")
PROSE = "The batch was accepted at noon, and every request in it failed by the evening. "

any_text = st.text(st.characters(codec=None), max_size=60)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(any_text, any_json, max_size=4)
base64_data = st.binary(max_size=80).map(lambda data: base64.b64encode(data).decode()) | any_text


def block(kind: str, **members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(kind)}, optional=members)


def sources(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        block("base64", data=base64_data, media_type=any_text),
        block("url", url=any_text),
        block("file", file_id=any_text),
        block("text", data=any_text),
        block("content", content=any_text | st.lists(inner, max_size=2)),
    )


def blocks(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    content = any_text | st.lists(inner, max_size=3)
    citations = st.fixed_dictionaries({"enabled": st.booleans()})
    return st.one_of(
        block("text", text=any_text),
        block("thinking", thinking=any_text, signature=any_text),
        block("redacted_thinking", data=any_text),
        block("tool_use", id=any_text, name=any_text, input=objects),
        block("server_tool_use", id=any_text, name=any_text, input=objects),
        block("tool_result", tool_use_id=any_text, content=content, is_error=st.booleans()),
        block("image", source=sources(inner)),
        block("document", source=sources(inner), title=any_text, context=any_text, citations=citations),
        block("search_result", source=any_text, title=any_text, content=content, citations=citations),
        block("compaction", content=any_text),
        block("block_of_tomorrow", text=any_text, content=content),
        objects,
    )


content_blocks = blocks(blocks(block("text", text=any_text)))
requests = st.fixed_dictionaries(
    {},
    optional={
        "model": any_text,
        "system": any_text | st.lists(block("text", text=any_text), max_size=3),
        "messages": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "role": st.sampled_from(["user", "assistant", "system"]),
                    "content": any_text | st.lists(content_blocks, max_size=4),
                },
            ),
            max_size=4,
        ),
        "tools": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "type": st.sampled_from(["custom", "bash_20250124", "web_search_20260318", "tool_of_tomorrow"]),
                    "name": any_text,
                    "description": any_text,
                    "input_schema": objects,
                    "input_examples": st.lists(objects, max_size=2),
                    "defer_loading": st.booleans(),
                },
            ),
            max_size=3,
        ),
        "tool_choice": block("auto") | block("any") | block("tool", name=any_text) | block("none"),
        "thinking": block("enabled") | block("adaptive") | block("disabled"),
        "output_config": st.fixed_dictionaries({}, optional={"format": block("json_schema", schema=any_json)}),
        "output_format": block("json_schema", schema=any_json),
        "mcp_servers": st.lists(objects, max_size=2),
    },
)


def size(params: dict[str, Any]) -> int:
    return len(json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def user(content: object, **members: object) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}], **members}


def tokens(params: dict[str, Any], model: str = "claude-opus-5") -> int:
    return estimate(params, model).tokens


def png(width: int, height: int) -> str:
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0)
    return base64.b64encode(header + bytes(40)).decode()


def image(width: int, height: int) -> dict[str, Any]:
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": png(width, height)}}


@given(requests, st.sampled_from(MODELS))
def test_whatever_the_request_nothing_is_raised_and_the_bound_holds(params: dict[str, Any], model: str) -> None:
    found = estimate(params, model)
    assert 1 <= found.low <= found.tokens <= found.high
    assert found.tokens <= upper_bound(params, size(params), model)
    assert sum(part.tokens for part in largest_parts(params, model)) <= found.tokens * 1.01 + 5


TEXTS = {
    "prose": PROSE * 300,
    "code": 'def size(params: dict[str, Any]) -> int:\n    return len(json.dumps(params, separators=(",", ":")))\n\n'
    * 200,
    "JSON": '{"id":1234,"name":"x","values":[1.5,2,3],"Nested":{"TOTAL":null}},' * 300,
    "numbers": "1,2,3,4\n" * 2000,
    "capitals": "QZX VKJ, " * 2000,
    "letters": "qzxjkvwbp" * 2000,
    "base64": base64.b64encode(random.Random(1).randbytes(20_000)).decode(),
    "Cyrillic": "\u041e\u0442\u0447\u0451\u0442 \u043f\u043e\u043a\u0430\u0437\u044b\u0432\u0430\u0435\u0442. " * 800,
    "Greek": "\u0397 \u03ad\u03ba\u03b8\u03b5\u03c3\u03b7 \u03b4\u03b5\u03af\u03c7\u03bd\u03b5\u03b9. " * 800,
    "Han": "\u62a5\u544a\u663e\u793a\u7b2c\u4e09\u5b63\u5ea6\u6536\u5165\u589e\u957f\uff0c" * 800,
    "Hangul": "\ubcf4\uace0\uc11c\ub294 \ub9e4\ucd9c\uc774 \ub298\uc5c8\ub2e4. " * 800,
    "Ethiopic": "\u12e8\u1230\u12cd \u120d\u1305 \u1201\u1209 " * 800,
    "emoji": "\U0001f35c\U0001f40c\u2764\ufe0f" * 800,
    "accents": "\u00e9\u00e0\u00fc\u00f1 \u00e7\u00f8" * 2000,
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_closer_bound_holds_for_every_kind_of_text(text: str, model: str) -> None:
    found = estimate(user(text), model).tokens
    assert found <= closer_bound(user(text), model)
    assert found <= closer_bound(user([{"type": "text", "text": part} for part in slices(text)]), model)


@given(requests, st.sampled_from(MODELS))
def test_the_closer_bound_forgets_nothing_that_a_request_holds(params: dict[str, Any], model: str) -> None:
    # In a text as short as these a few random letters are all of it.
    assert estimate(params, model).tokens <= closer_bound(params, model) * 1.1 + 20


def test_the_closer_bound_is_much_lower_for_words() -> None:
    params = user(TEXTS["prose"])
    assert closer_bound(params, "claude-opus-5") < upper_bound(params, size(params), "claude-opus-5") * 0.65


def test_the_name_of_a_tool_counts_once_more_with_its_result() -> None:
    name = "look_up_" * 16
    uses = [{"type": "tool_use", "id": f"{n}", "name": name, "input": {}} for n in range(300)]
    results = [{"type": "tool_result", "tool_use_id": f"{n}", "content": "x"} for n in range(300)]
    params = {"messages": [{"role": "assistant", "content": uses}, {"role": "user", "content": results}]}
    for model in MODELS:
        assert estimate(params, model).tokens <= closer_bound(params, model)
        assert estimate(params, model).tokens <= upper_bound(params, size(params), model)


def test_the_bounds_of_one_request_are_not_those_of_another() -> None:
    texts = [PROSE * many for many in (1, 50, 1)]
    found = [[upper_bound(user(text), len(text), model) for model in MODELS] for text in texts]
    closer = [[closer_bound(user(text), model) for model in MODELS] for text in texts]
    assert found[0] == found[2] != found[1]
    assert closer[0] == closer[2] != closer[1]


@given(requests, st.sampled_from(MODELS), st.integers(1, 2000))
def test_the_stages_of_over_limit_agree_with_the_estimate(params: dict[str, Any], model: str, limit: int) -> None:
    staged = over_limit(params, size(params), model, limit)
    if staged is None:
        assert estimate(params, model).tokens <= limit
    else:
        assert staged.high > limit


@given(st.text(max_size=400), st.text(max_size=100), st.sampled_from(MODELS))
def test_more_text_is_not_fewer_tokens(text: str, more: str, model: str) -> None:
    # Where two texts meet their tokens merge, so a few may be saved.
    assert tokens(user(text + more), model) >= tokens(user(text), model) - 4


@pytest.mark.parametrize("character", ["\ud83d", "a\udc00b", "\0", "<|endoftext|>", "\u200d", "\U0010ffff"])
def test_odd_characters_cost_tokens_like_any_other(character: str) -> None:
    assert tokens(user(character * 50)) > tokens(user(""))


def test_accents_count_the_same_put_together_or_apart() -> None:
    text = "Vi\u1ec7c th\u1eeba nh\u1eadn ph\u1ea9m gi\u00e1 v\u1ed1n c\u00f3. " * 4
    assert tokens(user(unicodedata.normalize("NFD", text))) == tokens(user(text))


def test_deep_nesting_is_not_followed_without_end() -> None:
    content: Any = "text"
    schema: Any = {}
    for _ in range(900):
        content = [{"type": "tool_result", "content": content}]
        schema = {"properties": {"a": schema}}
    params = user(content, tools=[{"name": "deep", "input_schema": schema}])
    assert estimate(params, "claude-opus-5").tokens > 0
    assert upper_bound(params, 100_000, "claude-opus-5") > 0


@given(st.text(st.sampled_from("ab \n.\u00e9\u4f60"), max_size=300), st.integers(3, 40))
def test_slices_make_up_the_whole_text(text: str, length: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("batchlint.tokens.text.SLICE", length)
        parts = list(slices(text))
    assert "".join(parts) == text
    assert all(0 < len(part) <= length for part in parts)


@pytest.mark.parametrize(
    "text", [PROSE * 3000, '{"id": 1234, "name": "x"}, ' * 9000, "\u4f60\u597d\uff0c\u4e16\u754c " * 40_000]
)
def test_a_text_in_slices_counts_as_the_whole_does(text: str) -> None:
    measured = weights("4.8").measured
    in_slices = sum(measured(part)[0] for part in slices(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("batchlint.tokens.text.SLICE", len(text))
        whole = sum(measured(part)[0] for part in slices(text))
    assert len(text) > 3 * SLICE
    assert in_slices == pytest.approx(whole, rel=0.001)


def test_a_text_that_was_seen_before_counts_the_same() -> None:
    long, other = PROSE * 2000, PROSE[::-1] * 2000
    first = [tokens(user(text), model) for text in (long, other) for model in MODELS]
    assert [tokens(user(text), model) for text in (long, other) for model in MODELS] == first
    assert over_limit(user(long), size(user(long)), "claude-opus-5", 1000) == over_limit(
        user(long), size(user(long)), "claude-opus-5", 1000
    )


def words_by_splitting(text: str) -> int:
    return len("".join(filter(str.isascii, text)).encode().split())


@given(st.text(st.sampled_from("aZ9 \t\n\r\v\f.\x1f\u00a0\u00e9\u4f60\U0001f600"), max_size=60))
def test_characters_are_counted_one_by_one(text: str) -> None:
    found = character_features(text.encode())
    assert found["words"] == words_by_splitting(text)
    assert found["newlines"] == text.count("\n")
    assert found["spaces"] == sum(map(text.count, " \t\n\r\v\f"))
    assert [found[name] for name in ("lower", "upper", "digits")] == [text.count("a"), text.count("Z"), text.count("9")]
    assert found["symbols"] == text.count(".") + text.count("\x1f")
    beyond = [text.count("\u00e9"), text.count("\u4f60"), text.count("\U0001f600")]
    assert [found.get(name, 0) for name in ("latin", "east_asian", "emoji")] == [
        beyond[0] + text.count("\u00a0"),
        *beyond[1:],
    ]


def test_counting_stops_once_a_limit_is_surely_passed() -> None:
    params = user(PROSE * 40_000)
    found = estimate(params, "claude-opus-5", stop_above=10_000)
    assert found.at_least
    assert 10_000 < found.low < found.tokens < 60_000


def test_over_limit_is_silent_below_it_and_says_how_many_above() -> None:
    short, long = user(PROSE * 100), user(PROSE * 10_000)
    assert over_limit(short, size(short), "claude-opus-5", 80_000) is None
    found = over_limit(long, size(long), "claude-opus-5", 80_000)
    assert found is not None
    assert found.low > 80_000


def test_the_largest_parts_come_first_with_the_way_to_them() -> None:
    params = user(
        [{"type": "text", "text": PROSE}, {"type": "text", "text": PROSE * 50}, image(560, 560)],
        system=PROSE * 5,
    )
    parts = largest_parts(params, "claude-opus-5")
    assert [part.pointer for part in parts] == [
        ("params", "messages", 0, "content", 1),
        ("params", "messages", 0, "content", 2),
        ("params", "system"),
    ]
    assert [part.what for part in parts] == ["text", "image", "system prompt"]
    assert parts[0].tokens > parts[1].tokens > 100


@pytest.mark.parametrize("model_id", [model.id for model in models() if model.tool_prompt])
@pytest.mark.parametrize("choice", [{"type": "auto"}, {"type": "none"}, {"type": "any"}])
def test_the_first_tool_adds_the_prompt_of_its_model(model_id: str, choice: dict[str, str]) -> None:
    tool = {"name": "f", "input_schema": {}}
    with_tool = tokens(user("x", tools=[tool], tool_choice=choice), model_id)
    with_two = tokens(user("x", tools=[tool, tool], tool_choice=choice), model_id)
    prompt = with_tool - tokens(user("x"), model_id) - (with_two - with_tool)
    assert prompt == pytest.approx(profile_of(model_id).tool_prompt[choice["type"] == "any"], abs=2)


def test_the_prompt_of_a_model_is_the_documented_one() -> None:
    for model_id in ("claude-opus-5", "claude-sonnet-4-6", "claude-haiku-4-5"):
        model = models().find(model_id)
        assert model is not None
        assert model.tool_prompt is not None
        documented = (model.tool_prompt.auto_or_none, model.tool_prompt.any_or_tool)
        assert profile_of(model_id).tool_prompt == documented


@pytest.mark.parametrize(
    ("model_id", "generation"),
    [
        ("claude-sonnet-4-5", "v3"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "v3"),
        ("claude-opus-4-7", "4.7"),
        ("claude-opus-4-8", "4.8"),
        ("claude-of-tomorrow", "4.8"),
        ("", "4.8"),
    ],
)
def test_a_model_that_is_not_known_counts_as_the_newest(model_id: str, generation: str) -> None:
    assert estimate(user("x"), model_id).generation == generation


def test_the_newer_tokenizer_counts_more_for_english() -> None:
    assert 1.2 < tokens(user(PROSE * 50), "claude-opus-5") / tokens(user(PROSE * 50), "claude-opus-4-5") < 1.7


@pytest.mark.parametrize(
    ("width", "height", "tier", "expected"),
    [
        (28, 28, "standard", 1),
        (29, 28, "standard", 2),
        (200, 200, "standard", 64),
        (1001, 1001, "standard", 1296),
        (1191, 1128, "standard", 1558),
        (1000, 1, "standard", 36),
        (8000, 8000, "large", 4761),
    ],
)
def test_an_image_costs_its_patches_after_scaling_down(width: int, height: int, tier: str, expected: int) -> None:
    assert image_tokens(width, height, media().tiers[tier]) == expected


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.sampled_from(["standard", "large"]))
def test_no_image_costs_more_than_its_tier_allows(width: int, height: int, tier: str) -> None:
    assert 1 <= image_tokens(width, height, media().tiers[tier]) <= media().tiers[tier].tokens


def test_base64_is_never_tokenised() -> None:
    data = png(280, 280) + base64.b64encode(bytes(300_000)).decode()
    params = user([{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}])
    assert tokens(params) - tokens(user([])) == pytest.approx(100, abs=10)


@pytest.mark.parametrize(
    "params",
    [
        user([{"type": "image", "source": {"type": "url", "url": "https://x.example/y.png"}}]),
        user([{"type": "document", "source": {"type": "file", "file_id": "file_1"}}]),
        user("x", tools=[{"type": "web_search_20260318", "name": "web_search"}]),
        user("x", tools=[{"type": "tool_of_tomorrow", "name": "x"}]),
        user("x", mcp_servers=[{"type": "url", "name": "x", "url": "https://x.example"}]),
        user([{"type": "block_of_tomorrow"}]),
    ],
)
def test_what_nobody_can_know_makes_it_at_least(params: dict[str, Any]) -> None:
    assert estimate(params, "claude-opus-5").at_least
    assert not estimate(user("x"), "claude-opus-5").at_least


def conversation(model_thinks: dict[str, Any], **members: object) -> dict[str, Any]:
    messages = [
        {"role": "user", "content": "x"},
        {"role": "assistant", "content": [model_thinks, {"type": "text", "text": "y"}]},
        {"role": "user", "content": "z"},
    ]
    return {"messages": messages, **members}


def test_thinking_of_earlier_turns_counts_where_the_model_keeps_it() -> None:
    thinking = {"type": "thinking", "thinking": PROSE * 50, "signature": "x"}
    plain = {"type": "text", "text": "."}
    kept = {"context_management": {"edits": [{"type": "clear_thinking_20251015", "keep": "all"}]}}

    def added(model: str, **members: object) -> int:
        return tokens(conversation(thinking, **members), model) - tokens(conversation(plain, **members), model)

    assert abs(added("claude-sonnet-4-5")) < 10
    assert added("claude-sonnet-4-5", **kept) > 500
    assert added("claude-opus-5") > 500


def test_sealed_thinking_widens_the_interval() -> None:
    def interval(signature: str) -> Estimate:
        return estimate(conversation({"type": "thinking", "thinking": "", "signature": signature}), "claude-opus-5")

    assert interval("x" * 4000).high > interval("x").high + 500
    assert interval("x" * 4000).tokens == interval("x").tokens


def test_repetition_widens_the_interval() -> None:
    def width(text: str) -> float:
        found = estimate(user(text), "claude-opus-5")
        return (found.high - found.low) / found.tokens

    assert width("farewell " * 3000) > 2 * width(" ".join(f"word{n} in line {n * 7}" for n in range(800)))


def test_a_deferred_tool_counts_once_it_is_referred_to() -> None:
    tools = [
        {"name": "now", "input_schema": {}},
        {"name": "later", "description": PROSE * 20, "input_schema": {}, "defer_loading": True},
    ]
    reference = {"type": "tool_reference", "tool_name": "later"}
    result = [{"type": "tool_result", "tool_use_id": "1", "content": [reference]}]
    assert tokens(user("x", tools=tools)) < tokens(user(result, tools=tools)) - 200


def test_everything_before_a_compaction_is_left_out() -> None:
    before = [{"role": "user", "content": PROSE * 100}]
    after = [{"role": "user", "content": [{"type": "compaction", "content": "It was about batches."}]}]
    assert tokens({"messages": before + after}) == tokens({"messages": after})


def test_citations_add_their_prompt_once() -> None:
    def document(enabled: bool) -> dict[str, Any]:
        source = {"type": "text", "media_type": "text/plain", "data": "x"}
        return {"type": "document", "source": source, "citations": {"enabled": enabled}}

    prompt = tokens(user([document(True)])) - tokens(user([document(False)]))
    assert prompt > 300
    assert tokens(user([document(True)] * 2)) - tokens(user([document(False)] * 2)) == pytest.approx(prompt, abs=1)


def with_choice(choice: dict[str, Any]) -> dict[str, Any]:
    return user("x", tools=[{"name": "f", "input_schema": {}}], tool_choice=choice)


@pytest.mark.parametrize(
    ("model", "choice", "fewer"),
    [
        ("claude-sonnet-4-5", "auto", 207),
        ("claude-haiku-4-5-20251001", "auto", 207),
        ("claude-sonnet-4-20250514", "tool", 43),
        ("claude-sonnet-4-5", "tool", 0),
        ("claude-sonnet-5", "auto", 0),
    ],
)
def test_one_tool_at_a_time_takes_a_shorter_prompt(model: str, choice: str, fewer: int) -> None:
    given = {"type": choice} | ({"name": "f"} if choice == "tool" else {})
    alone = tokens(with_choice(given | {"disable_parallel_tool_use": True}), model)
    assert tokens(with_choice(given | {"disable_parallel_tool_use": False}), model) - alone == fewer


def test_thinking_that_is_only_sealed_counts_by_its_signature_on_opus_4_7() -> None:
    def sealed(text: str, model: str) -> int:
        return tokens(conversation({"type": "thinking", "thinking": text, "signature": "x" * 4000}), model)

    def bare(model: str) -> int:
        return tokens(conversation({"type": "thinking", "thinking": "", "signature": ""}), model)

    assert sealed("", "claude-opus-4-7") - bare("claude-opus-4-7") == pytest.approx(1000, abs=2)
    assert sealed("It is short.", "claude-opus-4-7") - bare("claude-opus-4-7") < 20
    assert sealed("", "claude-opus-4-8") == bare("claude-opus-4-8")


def test_a_header_that_may_be_there_widens_the_interval() -> None:
    thinking = {"type": "enabled", "budget_tokens": 1024}
    params = user("x", tools=[{"name": "f", "input_schema": {}}])
    found = [estimate(params | more, "claude-sonnet-4-5") for more in ({}, {"thinking": thinking})]
    assert [each.high - each.tokens for each in found][1] - (found[0].high - found[0].tokens) == pytest.approx(
        149, abs=1
    )


def test_the_first_client_tool_adds_once() -> None:
    tools = [{"type": "bash_20250124", "name": "bash"}, {"type": "text_editor_20250728", "name": "editor"}]
    for some in (tools[:1], tools):
        added = tokens(user("x", tools=some), "claude-opus-4-6") - tokens(user("x", tools=some), "claude-opus-4-5")
        assert added == 50  # 49, and one of the tool prompt


def test_plain_text_that_is_cited_costs_more_than_other_documents() -> None:
    def cited(kind: str) -> int:
        source = {"type": "text", "data": "x"} if kind == "text" else {"type": "content", "content": "x"}
        return tokens(user([{"type": "document", "source": source, "citations": {"enabled": True}}]))

    assert cited("text") - cited("content") == pytest.approx(57, abs=1)


@pytest.mark.parametrize("betas", [frozenset({"interleaved-thinking-2025-05-14"}), frozenset[str]()])
def test_a_header_that_is_known_counts_to_a_token(betas: frozenset[str]) -> None:
    params = user("x", tools=[{"name": "f", "input_schema": {}}], thinking={"type": "enabled", "budget_tokens": 1024})
    known, unknown = (estimate(params, "claude-sonnet-4-5", betas=given) for given in (betas, None))
    assert known.tokens - unknown.tokens == (149 if betas else 0)
    assert known.high - known.tokens < unknown.high - unknown.tokens
    assert known.tokens <= upper_bound(params, size(params), "claude-sonnet-4-5")
    assert estimate(params, "claude-3-7-sonnet-20250219", betas=betas).tokens == tokens(
        params, "claude-3-7-sonnet-20250219"
    )


@pytest.mark.parametrize(
    ("character", "model", "characters_of_a_token"),
    [
        ("a", "claude-opus-4-5", 3),
        ("x", "claude-opus-4-5", 8),
        (",", "claude-opus-4-5", 2),
        ("7", "claude-opus-4-5", 3),
        ("-", "claude-opus-4-5", 57),
        ("a", "claude-opus-4-8", 1),
        ("\\", "claude-opus-4-8", 1),
        ("7", "claude-opus-4-8", 3),
        ("*", "claude-opus-4-8", 12),
        ("_", "claude-opus-4-8", 8),
        ("-", "claude-opus-4-8", 6),
        ("/", "claude-opus-4-8", 4),
        ("=", "claude-opus-4-8", 16),
        (" ", "claude-opus-4-8", 16),
        ("\n", "claude-opus-4-8", 32),
    ],
)
def test_a_run_of_one_character_counts_by_its_length(character: str, model: str, characters_of_a_token: int) -> None:
    length = 6_000
    counted = tokens(user(f"Result: {character * length} end"), model) - tokens(user("Result:  end"), model)
    assert counted == pytest.approx(length / characters_of_a_token, rel=0.15, abs=40)


def test_a_tool_is_written_in_ascii() -> None:
    def tool(description: str) -> dict[str, Any]:
        return user("x", tools=[{"name": "f", "description": description, "input_schema": {"type": "object"}}])

    dashes = tokens(tool("Read it - or not. " * 20)), tokens(tool("Read it \u2014 or not. " * 20))
    assert 60 <= dashes[1] - dashes[0] <= 110  # 80 by the teacher: four more for each dash


@pytest.mark.parametrize("text", ["\u0434\u0430", "\u4e2d\u6587", "\u00e9", "\U0001f600", "\u2014"])
def test_a_tool_in_any_script_stays_within_the_bounds(text: str) -> None:
    for model in MODELS:
        params = user("x", tools=[{"name": "f", "description": text * 900, "input_schema": {"title": text * 99}}])
        found = estimate(params, model)
        assert found.tokens <= closer_bound(params, model)
        assert found.tokens <= upper_bound(params, size(params), model)
        # What the bounds cut off is in the interval.
        assert found.high > found.tokens * 1.25
