"""Images and documents: `media.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from batchlint.facts.reading import Table, read

SNIFFED_BYTES = 32
"""How many bytes from the start `Media.sniff` looks at."""


class MediaType(NamedTuple):
    """A media type, and how a file of it starts."""

    name: str
    supported: bool
    """Whether the API takes it, as an image or a document."""
    offset: int
    magic: tuple[bytes, ...]
    """Any one of these is at the offset."""
    then: tuple[int, bytes] | None
    """What must be there as well, by its offset."""

    def fits(self, start: bytes) -> bool:
        """Whether a file that starts so is one."""
        if self.then is not None and not start.startswith(self.then[1], self.then[0]):
            return False
        return start.startswith(self.magic, self.offset)


class Sources(Table):
    """Media types that images and documents in base64 may have."""

    image_base64: tuple[str, ...]
    document_base64: tuple[str, ...]


class Tier(Table):
    """The size that a model scales images down to: pixels of the long edge, tokens, and pixels of a token's side."""

    long_edge: int
    tokens: int
    patch: int


class Page(Table):
    """Tokens of a page of a PDF, text and image together."""

    tokens: int
    minimum_tokens: int


class Media(NamedTuple):
    """The known facts about images and documents."""

    types: Mapping[str, MediaType]
    sources: Sources
    tiers: Mapping[str, Tier]
    """By `Model.image_tier`."""
    page: Page

    def sniff(self, start: bytes) -> MediaType | None:
        """The media type of a file that starts with these bytes (`SNIFFED_BYTES` are enough); None: not known."""
        return next((media_type for media_type in self.types.values() if media_type.fits(start)), None)


def load() -> Media:
    """Reads `media.toml`."""
    document = read("media")
    types = {}
    for name, table in document["type"].items():
        then = table.get("then")
        types[name] = MediaType(
            name=name,
            supported=table["supported"],
            offset=table.get("offset", 0),
            magic=tuple(map(bytes.fromhex, table["magic"])),
            then=(then["offset"], bytes.fromhex(then["magic"])) if then else None,
        )
    tiers = {name: Tier(table) for name, table in document["tier"].items()}
    return Media(types, Sources(document["sources"]), tiers, Page(document["page"]))
