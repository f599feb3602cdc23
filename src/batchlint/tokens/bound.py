"""A number of tokens that the estimate cannot exceed, without tokenising: what most requests never get past.

What no text is (a tool, an image, a parameter of a tool use) has its price; a byte of JSON counts for so many tokens at
most, and a text for as many as its bytes, or, where it is looked at, its characters allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from batchlint.tokens.calibration import certainty
from batchlint.tokens.conversation import MAX_DEPTH
from batchlint.tokens.files import MOST_ON_A_PAGE, least_pages
from batchlint.tokens.piece import members, output_formats, string
from batchlint.tokens.profile import Profile, most_of_defined_tools, profile_of
from batchlint.tokens.written import written

WRITTEN_OUT = 0.5
"""By how much of its length JSON can get longer when the API writes it with spaces: `[1,2]` as `[1, 2]`."""
EMPTY_TOOL = 50
"""Bytes of a tool that says nothing, as the API writes it."""
LONGEST_REMEMBERED = 1_000_000
"""Bytes of a request that may be kept in memory until the next one."""
TEXTS = ("content", "text", "thinking", "title", "context", "source")
"""Members of blocks that may hold text."""
ONCE = (
    "frame",
    "system",
    "forced_tool",
    "deferred_tools",
    "thinking",
    "task_budget",
    "output_format",
    "citations",
    "cited_text",
)
"""Terms that a request has once at most; `output_format` stands for the older place of an output format too."""


class _Costs(NamedTuple):
    profile: Profile
    term: Mapping[str, float]
    """Tokens of each calibrated constant, none below zero."""
    per_byte: float
    once: float
    """Of a request whatever it holds."""
    tool: float
    page: float
    """Of a PDF, full of text."""
    use: float
    """Of a tool use; two at least are parallel ones."""


class _Held:
    """What a request holds."""

    __slots__ = ("bytes_of_files", "parameters", "results", "texts", "tokens", "uses", "values")

    def __init__(self) -> None:
        self.uses = 0
        self.results = 0
        self.parameters = 0
        """Of all tool uses."""
        self.tokens = 0.0
        """Of everything else that is neither text nor value."""
        self.bytes_of_files = 0
        """Characters of base64, which are no text."""
        self.texts: list[str] = []
        self.values: list[Any] = []
        """What the API writes as JSON."""

    def tokens_without_texts(self, costs: _Costs) -> float:
        """Of what has its price, whatever is written in it."""
        return (
            self.tokens
            + self.uses * costs.use
            + self.results * costs.term["tool_result"]
            + self.parameters * costs.term["parameter"]
        )


def upper_bound(params: dict[str, Any], size_in_bytes: int, model_id: str, at_least: int = 0) -> int:
    """The most that `estimate` can find, whatever the texts say; `size_in_bytes`: of the request in the file.

    Of bytes that are not a file's, `at_least` so many are reckoned with, even where there are fewer.
    """
    costs = _costs(model_id)
    held = _held(params, costs, size_in_bytes)
    tokens = held.tokens_without_texts(costs)
    size = size_in_bytes - held.bytes_of_files
    if not held.values:
        return int(tokens + costs.per_byte * max(size, at_least)) + 1
    json = at_least if size < at_least else size - sum(map(len, held.texts))
    return int(tokens + costs.per_byte * (max(size, at_least) + WRITTEN_OUT * json)) + 1


def closer_bound(params: dict[str, Any], model_id: str) -> int:
    """The most that `estimate` can find, unless the words of the texts are made of random letters."""
    from batchlint.tokens.most import most_tokens_of

    costs = _costs(model_id)
    held = _held(params, costs)
    json = written(held.values) or "".join(map(written, held.values))
    of_json = costs.per_byte * len(json.encode("utf-8", "surrogatepass"))
    return int(held.tokens_without_texts(costs) + of_json + most_tokens_of(held.texts)) + 1


def largest_costs() -> Mapping[str, float]:
    """The most that each part can cost, whatever the model is."""
    from batchlint.facts import models

    every = [_costs(model_id) for model_id in ("", *(model.id for model in models()))]
    numbers = certainty()

    def term(name: str) -> float:
        return max(costs.term.get(name, 0) for costs in every)

    return {
        "once": max(costs.once for costs in every),
        "message": term("message"),
        "tool": max(costs.tool for costs in every),
        "defined_tool": most_of_defined_tools(),
        "use": max(costs.use for costs in every),
        "result": term("tool_result"),
        "thinking": term("thinking_block"),
        "image": max(costs.term["image"] + costs.profile.tier.tokens for costs in every),
        "document": term("document"),
        "page": term("page"),
        "parameter": term("parameter"),
        "byte": numbers["per_byte"],
        "word": numbers["word"],
        "alphabetic": numbers["alphabetic"],
        "east_asian": numbers["east_asian"],
    }


@lru_cache(maxsize=256)
def _costs(model_id: str) -> _Costs:
    profile = profile_of(model_id)
    term = {name: max(0.0, tokens) for name, tokens in profile.calibration.structure.items()}
    per_byte = certainty()["per_byte"]
    prompts = max(profile.tool_prompt) + sum(profile.unknowable.values()) + profile.interleaved_thinking
    return _Costs(
        profile=profile,
        term=term,
        per_byte=per_byte,
        once=sum(term.get(name, 0) for name in (*ONCE, "output_format")) + prompts + profile.first_client_tool,
        page=term["page"] + term["pdf_character"] * MOST_ON_A_PAGE,
        use=term["tool_use"] + term["parallel_tools"] / 2,
        tool=term["tool"] + term["tool_description"] + term["input_examples"] + EMPTY_TOOL * per_byte,
    )


_latest: list[tuple[dict[str, Any], _Costs, _Held]] = []
"""What the latest short request holds: `closer_bound` is mostly wanted where `upper_bound` was just now."""


def _held(params: dict[str, Any], costs: _Costs, size_in_bytes: int = 0) -> _Held:
    """What a request holds, remembered until the next one where it is known to be short."""
    if _latest and _latest[0][0] is params and _latest[0][1] is costs:
        return _latest[0][2]
    held = _looked_through(params, costs)
    _latest[:] = [(params, costs, held)] if 0 < size_in_bytes <= LONGEST_REMEMBERED else []
    return held


def _looked_through(params: dict[str, Any], costs: _Costs) -> _Held:
    held = _Held()
    held.tokens += costs.once
    if "output_config" in params or "output_format" in params:
        for output in output_formats(params).values():
            held.tokens += costs.per_byte * len(written(output).encode("utf-8", "surrogatepass"))
    tools = params.get("tools") or ()
    held.tokens += costs.tool * len(tools)
    held.values += tools
    for tool in tools:
        if kind := tool.get("type"):
            held.tokens += costs.profile.defined_tool(kind)[0]
    held.texts.append(string(members(params.get("tool_choice")).get("name")))
    _add_content(params.get("system"), costs, held)
    messages = params.get("messages") or ()
    held.tokens += costs.term["message"] * len(messages)
    for message in messages:
        _add_content(message.get("content"), costs, held)
    return held


def _add_content(content: Any, costs: _Costs, held: _Held, depth: int = 0) -> None:
    if content.__class__ is str:
        held.texts.append(content)
    elif content.__class__ is list and depth <= MAX_DEPTH:
        for block in content:
            kind = block.get("type")
            if kind == "text":
                held.texts.append(block.get("text") or "")
            elif kind == "tool_result":
                held.results += 1
                _add_content(block.get("content"), costs, held, depth + 1)
            elif kind == "tool_use":
                _add_tool_use(block, costs, held)
            else:
                _add_block(kind, block, costs, held, depth)


def _add_tool_use(block: dict[str, Any], costs: _Costs, held: _Held) -> None:
    held.uses += 1
    texts = held.texts
    name = block.get("name") or ""
    texts.append(name)
    # The result repeats the name, in tokens and not in the file.
    held.tokens += costs.per_byte * (len(name) if name.isascii() else len(name.encode("utf-8", "surrogatepass")))
    if parameters := block.get("input"):
        held.parameters += len(parameters)
        texts += parameters
        for value in parameters.values():
            (texts if value.__class__ is str else held.values).append(value)


def _add_block(kind: Any, block: dict[str, Any], costs: _Costs, held: _Held, depth: int) -> None:
    term = costs.term
    if kind == "mcp_tool_result":
        held.results += 1
    elif kind in ("server_tool_use", "mcp_tool_use"):
        _add_tool_use(block, costs, held)
    elif kind == "image":
        held.tokens += term["image"] + costs.profile.tier.tokens
    elif kind == "document":
        held.tokens += term["document"]
        if (block.get("source") or {}).get("type") not in ("base64", "text", "content"):
            held.tokens += term["page"]
    elif kind == "search_result":
        held.tokens += term["search_result"]
    elif kind in ("thinking", "redacted_thinking"):
        sealed = string(block.get("signature") or block.get("data"))
        held.tokens += term["thinking_block"] + term.get("sealed_thinking", 0) * len(sealed)
    held.texts += [block[name] for name in TEXTS if block.get(name).__class__ is str]
    source = block.get("source")
    if source.__class__ is dict:
        data = string(source.get("data"))
        if source.get("type") == "base64":
            held.bytes_of_files += len(data)
            if kind == "document":
                held.tokens += least_pages(data)[0] * costs.page
        else:
            held.texts.append(data)
        _add_content(source.get("content"), costs, held, depth + 1)
    if block.get("content").__class__ is list:
        _add_content(block["content"], costs, held, depth + 1)
