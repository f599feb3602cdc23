"""Pages and text of PDFs, counted without a PDF library, on files that a small writer makes."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.media.pdf import MAX_STREAM, pdf_content, pdf_pages

TEXT = b"Twelve requests of the batch came back errored."


def stream(data: bytes, words: bytes = b"", deflate: bool = False) -> bytes:
    raw = zlib.compress(data) if deflate else data
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(raw), words + b"/Filter /FlateDecode " * deflate, raw)


def pdf(pages: int, *, packed: bool = False, counted: bool = True, deflate: bool = True, text: bytes = TEXT) -> str:
    """A PDF whose pages all show one text; `packed`: its objects are in an object stream."""
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    count = b" /Count %d" % pages if counted else b""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s]%s >>" % (kids, count)]
    objects += [b"<< /Type /Page /Parent 2 0 R /Resources << /Font << >> >> /Contents 5 0 R >>"] * pages
    content = stream(b"BT /F1 12 Tf (%s) Tj ET" % text, deflate=deflate)
    if packed:
        body = b"9 0 obj\n%s\nendobj\n" % stream(b"\n".join(objects), b"/Type /ObjStm ", deflate=True)
    else:
        body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return encoded(b"%PDF-1.7\n" + body + b"5 0 obj\n%s\nendobj\n%%%%EOF" % content)


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("pages", [1, 2, 37, 600])
def test_pages_are_counted(pages: int, counted: bool, packed: bool) -> None:
    assert pdf_pages(pdf(pages, counted=counted, packed=packed)) == pages


def test_the_root_of_the_page_tree_counts_its_branches_too() -> None:
    branches = b"".join(b"<< /Type /Pages /Parent 1 0 R /Count 8 /Kids [] >>\n" for _ in range(5))
    assert pdf_pages(encoded(b"%PDF-1.4\n<< /Count 40 /Type /Pages /Kids [] >>\n" + branches)) == 40


@pytest.mark.parametrize("deflate", [False, True])
def test_shown_text_is_measured(deflate: bool) -> None:
    assert pdf_content(pdf(1, deflate=deflate))[:2] == (1, len(TEXT))


def test_hexadecimal_text_has_two_bytes_a_character() -> None:
    content = stream(b"BT [<004100420043> -20 <0044>] TJ ET")
    assert pdf_content(encoded(b"%PDF-1.4 /Type /Page \n" + content))[:2] == (1, 4)


def test_what_shows_no_text_has_none() -> None:
    picture = stream(b"q 1 0 0 1 0 0 cm (not shown) Do Q", deflate=True)
    assert pdf_content(encoded(b"%PDF-1.4 /Type /Page \n" + picture))[:2] == (1, 0)


@pytest.mark.parametrize(
    "data", ["", "A", "not base64 at all", encoded(b"GIF89a and no PDF"), encoded(b"%PDF-1.4\n"), "\u4f60"]
)
def test_what_says_no_pages_has_none(data: str) -> None:
    assert pdf_pages(data) is None


def test_a_stream_that_inflates_without_end_is_bounded() -> None:
    bomb = zlib.compress(b"BT (" + b"a" * (MAX_STREAM * 3) + b") Tj")
    pages, characters, size = pdf_content(encoded(b"%PDF-1.4 /Type /Page stream\n" + bomb + b"endstream"))
    assert pages == 1
    assert characters < MAX_STREAM
    assert size < 200_000


@given(
    st.lists(st.sampled_from([b"stream\n", b"endstream", b"/Type /Pages", b"/Count 3", b"<<", b">>", b"BT Tj (", b"x"]))
)
def test_no_order_of_words_is_too_odd(words: list[bytes]) -> None:
    pages, characters, size = pdf_content(encoded(b"%PDF-1.4\n" + b" ".join(words)))
    assert pages is None or pages > 0
    assert 0 <= characters <= size
