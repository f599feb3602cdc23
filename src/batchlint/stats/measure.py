"""Measures each request of a file: its model, bytes, estimated tokens, images and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.finding import custom_id_of
from batchlint.request import Request
from batchlint.schema import WIDEST_VERSION, request_schema
from batchlint.schema.prune import pruned, refused_pointer
from batchlint.sources.item import Item
from batchlint.stats.prefix import PrefixOfRequest, prefix_of
from batchlint.tokens import Estimate
from batchlint.tokens.counting import FILES, estimate_by_field
from batchlint.tokens.profile import profile_of

if TYPE_CHECKING:
    from batchlint.options import Options


PARTS: Mapping[str, str] = {"system": "system prompt", "tools": "tools", "tool_choice": "tools", FILES: FILES}
"""What the fields of params are called; of all others the tokens are those of the conversation."""
CONVERSATION = "conversation"


class Measured(NamedTuple):
    """One request. Tokens are estimated input tokens; the true count lies between `low` and `high` for 95 of 100."""

    path: str
    number: int
    """Of the request in its file, from 0."""
    line: int
    custom_id: str | None
    model: str | None
    size: int
    """Bytes in the file."""
    estimate: Estimate
    max_tokens: int
    """What the answer may cost at most, in tokens; 0 where the request does not say."""
    images: int
    pages: int
    """Pages of PDFs, as far as the files say."""
    tokens_of: Mapping[str, int]
    """The tokens of each of its `PARTS`."""
    prefix: PrefixOfRequest | None
    """Its tools and its system prompt."""


def measured(path: str, items: Iterable[object], options: Options) -> Iterator[Measured | None]:
    """Every request among the items of a file, measured; None for an item that cannot be read as a request."""
    schema = request_schema(WIDEST_VERSION)
    for item in items:
        if not isinstance(item, Item):
            continue
        value = item.value
        if isinstance(value, dict) and not schema.is_valid(value):
            value = pruned(value, map(refused_pointer, schema.violations(value)))
        params = value.get("params") if isinstance(value, dict) else None
        yield None if not isinstance(params, dict) else _measured(path, item, value, params, options)


def _measured(path: str, item: Item, value: dict[str, Any], params: dict[str, Any], options: Options) -> Measured:
    model = params.get("model")
    images = pages = 0
    if params.get("messages"):
        images, pages = _media(Request(value, item.index, len(item.raw), options))
    estimate, fields = estimate_by_field(params, profile_of(model or "", options.betas))
    return Measured(
        path=path,
        number=item.index,
        line=item.line,
        custom_id=custom_id_of(value),
        model=model,
        size=len(item.raw),
        estimate=estimate,
        max_tokens=params.get("max_tokens") or 0,
        images=images,
        pages=pages,
        tokens_of=_parts(fields),
        prefix=prefix_of(params, fields),
    )


def _parts(fields: Mapping[str, float]) -> dict[str, int]:
    """The tokens by part; the sum is off by one at most for each part."""
    parts: dict[str, int] = {}
    for field, tokens in fields.items():
        name = PARTS.get(field, CONVERSATION)
        parts[name] = parts.get(name, 0) + round(tokens)
    return parts


def _media(request: Request) -> tuple[int, int]:
    images = pages = 0
    for block in request.blocks_of("image", "document"):
        source = block.value.get("source") or {}
        if block.type == "image":
            images += 1
        elif source.get("type") == "base64" and source.get("data"):
            from batchlint.media.pdf import pdf_pages

            found = pdf_pages(source["data"])
            pages += found.number if found else 0
    return images, pages
