"""The images and documents whose bytes a request carries itself, as base64."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.media.base64_flaws import Base64Flaw, flaw_of
from batchlint.media.headers import ImageHeader, decoded, sniff
from batchlint.request import Block, Request
from batchlint.rule import Pointer
from batchlint.schema.api_path import api_path

PDF = "application/pdf"


class InlineFile(NamedTuple):
    """An image or a document, and what its first bytes say it is."""

    block: Block
    data: str
    """Base64, as it is in the request."""
    clean: str
    """The same without whitespace."""
    declared: str | None
    """Its media_type; None where the schema refused that."""
    flaw: Base64Flaw | None
    """The problems of the base64."""
    header: ImageHeader | None
    """The format and size of an image; None: not told."""
    actual: str | None
    """The media type that the first bytes tell; None: none that is known, or they cannot be read."""

    @property
    def source(self) -> Pointer:
        """The place of its source."""
        return (*self.block.pointer, "source")

    @property
    def is_image(self) -> bool:
        """Whether the bytes are an image of a format that the API takes."""
        from batchlint.facts import media

        return self.header is not None or self.actual in media().sources.image_base64

    @property
    def what(self) -> str:
        """What the bytes are, in a few words."""
        if self.actual is not None:
            return self.actual
        start = self.head(20).decode("ascii", "replace").replace("\n", " ").strip()
        is_text = start and start.isascii() and start.isprintable()
        return f'text that starts with "{start}"' if is_text else "of no known format"

    def head(self, size: int) -> bytes:
        """The first bytes."""
        return decoded(self.clean, 0, size)

    def tail(self, size: int) -> bytes:
        """The last bytes."""
        return decoded(self.clean, max(0, len(self.clean) // 4 * 3 - size), size)

    def api_path(self, request: Request) -> str:
        """The API's name of the source: `messages.0.content.1.image.source.base64`."""
        return api_path(request.value, (*self.source, "data")).removesuffix(".data")


def inline_files(request: Request) -> list[InlineFile]:
    """Every base64 image and document, in order; to be asked for with `request.once(inline_files)`."""
    return [file for block in request.blocks_of("image", "document") if (file := _file(block)) is not None]


def inline_images(request: Request) -> list[InlineFile]:
    """The images whose bytes can be looked at; to be asked for with `request.once(inline_images)`."""
    return _readable(request, "image")


def inline_documents(request: Request) -> list[InlineFile]:
    """The documents whose bytes can be looked at; to be asked for with `request.once(inline_documents)`."""
    return _readable(request, "document")


def _readable(request: Request, kind: str) -> list[InlineFile]:
    return [
        file
        for file in request.once(inline_files)
        if file.block.type == kind and (file.flaw is None or file.flaw.readable)
    ]


def _file(block: Block) -> InlineFile | None:
    source = block.value.get("source") or {}
    data = source.get("data") if source.get("type") == "base64" else None
    if data is None:
        return None
    flaw = flaw_of(data)
    clean = "".join(data.split()) if flaw is not None else data
    header = sniff(clean) if block.type == "image" else None
    actual = header.media_type if header is not None else _media_type(clean)
    return InlineFile(block, data, clean, source.get("media_type"), flaw, header, actual)


def _media_type(data: str) -> str | None:
    from batchlint.facts import media
    from batchlint.facts.media_type import SNIFFED_BYTES

    found = media().sniff(decoded(data, 0, SNIFFED_BYTES))
    return found.name if found is not None else None
