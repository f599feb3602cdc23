"""The tokens of images and documents: documented arithmetic on what their first bytes say."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING, Any

from batchlint.media.headers import sniff
from batchlint.media.image_size import fitting_size
from batchlint.media.pdf import pdf_pages, pdf_text
from batchlint.tokens.piece import Piece, Pointer, members, string

if TYPE_CHECKING:
    from batchlint.facts.media_type import Tier
    from batchlint.tokens.profile import Profile

BYTES_OF_A_PAGE = 100_000
"""A guess, for PDFs that do not say their number of pages."""
MOST_ON_A_PAGE = 10_000
"""Characters of text on a page that are counted, which is more than one in small print has."""


def image_piece(pointer: Pointer, block: dict[str, Any], profile: Profile) -> Piece:
    """An image; one that is not in the request, or says no size, costs at least a patch."""
    source = members(block.get("source"))
    header = sniff(string(source.get("data"))) if source.get("type") == "base64" else None
    if header is None:
        return Piece(pointer, "image", terms={"image": 1}, fixed=1, at_least=True)
    return Piece(pointer, "image", terms={"image": 1}, fixed=image_tokens(header.width, header.height, profile.tier))


def document_pieces(pointer: Pointer, block: dict[str, Any]) -> Iterator[Piece]:
    """A document: its title and context, and its text or pages (not the blocks of a source of type content)."""
    source = members(block.get("source"))
    about = (string(block.get("title")), string(block.get("context")))
    yield Piece(pointer, "document", about, {"document": 1})
    kind = source.get("type")
    if kind == "text":
        yield Piece((*pointer, "source", "data"), "document", (string(source.get("data")),))
    elif kind == "base64":
        yield _pdf((*pointer, "source"), string(source.get("data")))
    elif kind != "content":
        yield Piece((*pointer, "source"), "document", terms={"page": 1}, at_least=True)


def image_tokens(width: int, height: int, tier: Tier) -> int:
    """The patches of an image of so many pixels, scaled down to the greatest size that fits into a model's tier."""
    width, height = fitting_size(width, height, tier)
    return ceil(width / tier.patch) * ceil(height / tier.patch)


def least_pages(data_base64: str) -> tuple[int, bool]:
    """The pages that a PDF surely has, or one of unknown pages probably; and whether it has no more than these."""
    pages = pdf_pages(data_base64)
    if pages is None:
        return max(1, len(data_base64) * 3 // 4 // BYTES_OF_A_PAGE), False
    return (pages.number, True) if pages.is_sure else (1, False)


def _pdf(pointer: Pointer, data_base64: str) -> Piece:
    count, is_all = least_pages(data_base64)
    shown = pdf_text(data_base64).characters
    characters = min(shown, count * MOST_ON_A_PAGE)
    what = f"PDF of {count} page{'s' * (count > 1)}" if is_all else "PDF"
    terms = {"page": count, "pdf_character": characters}
    # Text that cannot be read, or that an image shows, may be anything up to a full page.
    spare: dict[str, float] = {"pdf_character": characters} if characters else {"page_text": count}
    if not is_all:
        pages = pdf_pages(data_base64)
        spare["page"] = pages.number - count if pages else 0
    return Piece(pointer, what, terms=terms, spare=spare, at_least=not is_all or shown > characters)
