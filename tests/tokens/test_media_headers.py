"""Headers of images, read from base64: each format as a few bytes that an encoder would write."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.media.headers import ImageHeader, sniff


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int) -> bytes:
    pixels = zlib.compress((b"\0" + bytes(width)) * min(height, 20))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b";"


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg(
    width: int, height: int, before: bytes = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), frame: int = 0xC0
) -> bytes:
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + before + segment(frame, size) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\0\xff\xd9"


def riff(name: bytes, data: bytes) -> bytes:
    body = b"WEBP" + name + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_lossy(width: int, height: int) -> bytes:
    return riff(b"VP8 ", b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", width | 0x4000, height) + bytes(20))


def webp_lossless(width: int, height: int) -> bytes:
    return riff(b"VP8L", b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + bytes(20))


def webp_extended(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff(b"VP8X", b"\0\0\0\0" + size + bytes(20))


Encoder = Callable[[int, int], bytes]
ENCODERS: dict[Encoder, str] = {
    png: "image/png",
    gif: "image/gif",
    jpeg: "image/jpeg",
    webp_lossy: "image/webp",
    webp_lossless: "image/webp",
    webp_extended: "image/webp",
}
each_encoder = pytest.mark.parametrize("encoder", ENCODERS, ids=lambda encoder: encoder.__name__)


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


@each_encoder
@given(width=st.integers(1, 16_000), height=st.integers(1, 16_000))
def test_format_and_size_are_read(encoder: Encoder, width: int, height: int) -> None:
    assert sniff(base64_of(encoder(width, height))) == ImageHeader(ENCODERS[encoder], width, height)


@each_encoder
def test_the_head_of_the_data_is_enough(encoder: Encoder) -> None:
    whole = base64_of(encoder(300, 200))
    assert sniff(whole + "AAAA" * 100_000) == sniff(whole)


@each_encoder
def test_a_cut_header_says_nothing(encoder: Encoder) -> None:
    assert sniff(base64_of(encoder(300, 200)[:8])) is None


def test_the_size_of_a_jpeg_may_stand_far_in() -> None:
    profile = b"".join(segment(0xE2, bytes(60_000)) for _ in range(40))
    assert sniff(base64_of(jpeg(640, 480, before=profile))) == ImageHeader("image/jpeg", 640, 480)


@pytest.mark.parametrize("frame", [0xC1, 0xC2, 0xC9, 0xCF])
def test_every_kind_of_jpeg_frame_has_a_size(frame: int) -> None:
    assert sniff(base64_of(jpeg(640, 480, frame=frame))) == ImageHeader("image/jpeg", 640, 480)


def test_tables_of_a_jpeg_are_no_frames_and_fill_bytes_are_skipped() -> None:
    before = segment(0xC4, bytes(30)) + segment(0xCC, bytes(4)) + b"\xff\xff" + segment(0xFE, b"made by hand")[1:]
    assert sniff(base64_of(jpeg(640, 480, before=before))) == ImageHeader("image/jpeg", 640, 480)


def test_a_jpeg_of_endless_segments_is_given_up() -> None:
    assert sniff(base64_of(b"\xff\xd8" + b"\xff" * 3_000_000)) is None
    assert sniff(base64_of(b"\xff\xd8" + segment(0xE0, b"") * 500_000)) is None


@pytest.mark.parametrize("data", ["", "A", "====", "data:image/png;base64,iVBORw0KGgo=", "\ud83d" * 50, "\u4f60" * 50])
def test_what_is_no_base64_says_nothing(data: str) -> None:
    assert sniff(data) is None


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"RIFF", b"GIF89a", b"\x89PNG\r\n\x1a\n"]))
def test_no_data_is_too_odd(data: bytes, start: bytes) -> None:
    header = sniff(base64_of(start + data))
    assert header is None or (header.width > 0 and header.height > 0)
