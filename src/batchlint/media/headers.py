"""Images, read from their base64: only as much of it as the answer needs, and never a pixel.

Everything here is written for files that strangers made: whatever the data, nothing is raised and time is bounded.
"""

from __future__ import annotations

from binascii import Error, a2b_base64
from collections.abc import Callable, Iterator
from typing import NamedTuple


class ImageHeader(NamedTuple):
    """What an image says of itself in its first bytes."""

    media_type: str
    """`image/png`, `image/jpeg`, `image/gif` or `image/webp`."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""


HEAD = 64
"""Bytes that hold the size of a PNG, GIF or WebP."""
STEP = 512
"""Bytes that are decoded at a time in search of a JPEG's size."""
MAX_SEGMENTS = 4096
"""Segments before the size of a JPEG, which is more than any camera writes (a colour profile has at most 255)."""

# Markers of a JPEG (ITU-T T.81, table B.1).
START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
WITHOUT_LENGTH = frozenset((0x01, 0xD8, *range(0xD0, 0xD8)))


def sniff(data_base64: str) -> ImageHeader | None:
    """The format and size of a base64 image; None when it is none of the four formats or says no size."""
    head = decoded(data_base64, 0, HEAD)
    return _png(head) or _gif(head) or _webp(head) or (_jpeg(data_base64) if head.startswith(b"\xff\xd8\xff") else None)


def decoded(data_base64: str, start: int, size: int) -> bytes:
    """About `size` bytes of the decoded data from the byte `start` on; empty where there is nothing to decode."""
    first = start // 3 * 4
    text = data_base64[first : first + size * 4 // 3 + 8]
    try:
        return a2b_base64(text[: len(text) // 4 * 4])[start % 3 :][:size]
    except (Error, ValueError):
        return b""


def _png(head: bytes) -> ImageHeader | None:
    if not head.startswith(b"\x89PNG\r\n\x1a\n") or head[12:16] != b"IHDR":
        return None
    return _header("image/png", int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))


def _gif(head: bytes) -> ImageHeader | None:
    if not head.startswith((b"GIF87a", b"GIF89a")):
        return None
    return _header("image/gif", int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little"))


def _webp(head: bytes) -> ImageHeader | None:
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return None
    layout = WEBP_LAYOUTS.get(head[12:16])
    width, height = layout(head) if layout else (0, 0)
    return _header("image/webp", width, height)


def _webp_lossy(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _webp_lossless(head: bytes) -> tuple[int, int]:
    bits = int.from_bytes(head[21:25], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _webp_extended(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1


WEBP_LAYOUTS: dict[bytes, Callable[[bytes], tuple[int, int]]] = {
    b"VP8 ": _webp_lossy,
    b"VP8L": _webp_lossless,
    b"VP8X": _webp_extended,
}


def _jpeg(data_base64: str) -> ImageHeader | None:
    for marker, place, window in _jpeg_segments(data_base64):
        if marker in START_OF_FRAME:
            size = window[place + 5 : place + 9]
            return _header("image/jpeg", int.from_bytes(size[2:], "big"), int.from_bytes(size[:2], "big"))
    return None


def _jpeg_segments(data_base64: str) -> Iterator[tuple[int, int, bytes]]:
    """The segments before the scan: the marker, and where it is in a window of bytes that holds its first ten."""
    start, window = 0, decoded(data_base64, 0, STEP)
    offset = 2
    for _ in range(MAX_SEGMENTS):
        if offset - start + 10 > len(window):
            start, window = offset, decoded(data_base64, offset, STEP)
        place = offset - start
        if len(window) < place + 10 or window[place] != 0xFF:
            return
        marker = window[place + 1]
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            return
        yield marker, place, window
        if marker == 0xFF:
            offset += 1
        elif marker in WITHOUT_LENGTH:
            offset += 2
        else:
            offset += 2 + int.from_bytes(window[place + 2 : place + 4], "big")


def _header(media_type: str, width: int, height: int) -> ImageHeader | None:
    return ImageHeader(media_type, width, height) if width and height else None
