"""Pages and text of PDFs, on files that pypdf and a small writer make; pypdf says how many pages are right."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable
from typing import cast

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import IndirectObject, NameObject, NumberObject

from batchlint.media.pdf import (
    BELIEVED,
    MAX_COUNTED,
    MAX_GUESSED,
    MAX_SHOWN,
    MAX_STREAM,
    PageCount,
    pdf_pages,
    pdf_text,
)

TEXT = b"Twelve requests of the batch came back errored."


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def by_pypdf(data: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


def blank(pages: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    return saved(writer)


def saved(writer: pypdf.PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def without_pages(pages: int, deleted: int) -> bytes:
    """Saved once more after pages were deleted, the old ones still in the file."""
    writer = pypdf.PdfWriter(io.BytesIO(blank(pages)), incremental=True)
    for _ in range(deleted):
        del writer.pages[0]  # type: ignore[attr-defined]
    return saved(writer)


def with_attachment(pages: int, attached: int) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(blank(pages)))
    writer.add_attachment("attached.pdf", blank(attached))
    return saved(writer)


def encrypted(pages: int) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(blank(pages)))
    writer.encrypt("", "owner", algorithm="RC4-128")
    return saved(writer)


def stream(data: bytes, words: bytes = b"", deflate: bool = False) -> bytes:
    raw = zlib.compress(data) if deflate else data
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(raw), words + b"/Filter /FlateDecode " * deflate, raw)


def objects_of(pages: int, count: int | None = None, text: bytes = TEXT) -> dict[int, bytes]:
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    found = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Lang (en \\) (US)) >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages if count is None else count),
    }
    return found | {10 + n: b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>" for n in range(pages)}


def with_table(objects: dict[int, bytes], before: bytes = b"") -> bytes:
    """A file with a cross-reference table, a subsection for each object."""
    data = before + b"%PDF-1.4\n"
    table = b""
    for number, text in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data) - len(before))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(data) - len(before)
    size = max(objects) + 1
    return data + b"xref\n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, size, start)


def with_streams(objects: dict[int, bytes], predictor: bool = True, encrypt: bytes = b"") -> bytes:
    """A file with all objects in an object stream, and a cross-reference stream."""
    body, pairs = b"", b""
    for number, text in objects.items():
        pairs += b"%d %d " % (number, len(body))
        body += text + b" "
    holder, last = max(objects) + 1, max(objects) + 2
    data = b"%PDF-1.5\n"
    words = b"/Type /ObjStm /N %d /First %d " % (len(objects), len(pairs))
    places = {number: (2, holder, index) for index, number in enumerate(objects)} | {holder: (1, len(data), 0)}
    data += b"%d 0 obj\n%s\nendobj\n" % (holder, stream(pairs + body, words, deflate=True))
    rows = [places.get(number, (0, 0, 0)) for number in range(last)]
    packed = [bytes((kind, *where.to_bytes(3, "big"), *index.to_bytes(2, "big"))) for kind, where, index in rows]
    words = b"/Type /XRef /W [1 3 2] /Size %d /Root 1 0 R %s" % (last, encrypt)
    if predictor:
        words += b"/DecodeParms << /Predictor 12 /Columns 6 >> "
        above = [bytes(6), *packed]
        packed = [
            b"\2" + bytes((new - old) & 255 for new, old in zip(row, up, strict=True))
            for row, up in zip(packed, above, strict=False)
        ]
    start = len(data)
    data += b"%d 0 obj\n%s\nendobj\n" % (last, stream(b"".join(packed), words, deflate=True))
    return data + b"startxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize("pages", [1, 2, 37, BELIEVED + 1, 600])
@pytest.mark.parametrize(
    "make",
    [
        blank,
        lambda pages: without_pages(pages + 40, 40),
        lambda pages: with_attachment(pages, 700),
        lambda pages: with_table(objects_of(pages)),
        lambda pages: with_table(objects_of(pages), before=b"\xef\xbb\xbf"),
        lambda pages: with_streams(objects_of(pages)),
        lambda pages: with_streams(objects_of(pages), predictor=False),
        encrypted,
    ],
    ids=["plain", "deleted", "attached", "table", "not-at-start", "streams", "no-predictor", "encrypted"],
)
def test_pages_are_those_that_a_reader_finds(pages: int, make: Callable[[int], bytes]) -> None:
    data = make(pages)
    assert by_pypdf(data) == pages
    assert pdf_pages(encoded(data)) == PageCount(pages, is_sure=True)


def test_a_tree_of_branches_is_counted_by_its_leaves() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(blank(120)))
    pages = cast("pypdf.generic.DictionaryObject", writer.root_object["/Pages"])
    kids = list(cast("pypdf.generic.ArrayObject", pages["/Kids"]))
    for start in range(0, 120, 40):
        branch = pypdf.generic.DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Pages"),
                NameObject("/Kids"): pypdf.generic.ArrayObject(kids[start : start + 40]),
                NameObject("/Count"): NumberObject(40),
            }
        )
        kids.append(writer._add_object(branch))
    pages[NameObject("/Kids")] = pypdf.generic.ArrayObject(kids[120:])
    assert all(isinstance(kid, IndirectObject) for kid in kids)
    assert pdf_pages(encoded(saved(writer))) == PageCount(120, is_sure=True)


@pytest.mark.parametrize("pages", [1, BELIEVED + 50])
def test_a_damaged_cross_reference_is_made_up_for(pages: int) -> None:
    data = blank(pages).replace(b"startxref\n", b"startxref\n9")
    assert by_pypdf(data) == pages
    assert pdf_pages(encoded(data)) == PageCount(pages, is_sure=True)


def test_what_is_not_as_many_as_it_says_is_not_sure() -> None:
    assert pdf_pages(encoded(with_table(objects_of(60, count=1_000_000_000)))) == PageCount(60, is_sure=False)
    assert pdf_pages(encoded(with_table(objects_of(0, count=1_000_000_000)))) == PageCount(MAX_GUESSED, is_sure=False)


def test_a_tree_in_a_circle_ends() -> None:
    circle = objects_of(0, count=99) | {2: b"<< /Type /Pages /Kids [3 0 R] /Count 99 >>"}
    circle[3] = b"<< /Type /Pages /Kids [2 0 R] /Count 99 >>"
    assert pdf_pages(encoded(with_table(circle))) is None


def test_a_cross_reference_in_a_circle_ends() -> None:
    data = with_table(objects_of(3))
    start = data.rsplit(b"startxref\n")[1].split()[0]
    circle = data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %s" % start)
    assert pdf_pages(encoded(circle)) == PageCount(3, is_sure=True)  # by its objects


def test_a_large_tree_is_not_followed_to_its_end() -> None:
    many = 2 * MAX_COUNTED
    assert pdf_pages(encoded(with_streams(objects_of(many)))) == PageCount(many, is_sure=True)


def test_a_tree_of_nothing_but_branches_ends() -> None:
    branches = {n: b"<< /Type /Pages /Kids [%d 0 R] >>" % (n + 1) for n in range(10, 3 * MAX_COUNTED)}
    data = with_streams(objects_of(1, count=99) | branches)
    assert pdf_pages(encoded(data)) is None or not pdf_pages(encoded(data)).is_sure  # type: ignore[union-attr]


def test_objects_of_an_encrypted_file_in_streams_are_not_guessed_at() -> None:
    data = with_streams(objects_of(3), encrypt=b"/Encrypt 9 0 R ")
    found = pdf_pages(encoded(data))
    assert found is None or not found.is_sure


def test_pages_in_plain_sight_are_a_guess() -> None:
    assert pdf_pages(encoded(b"%PDF-1.4\n" + b"<< /Type /Page >>\n" * 7)) == PageCount(7, is_sure=False)
    packed = stream(b"<< /Type /Page >> " * 8, b"/Type /ObjStm ", deflate=True)
    assert pdf_pages(encoded(b"%PDF-1.5\n9 0 obj\n" + packed)) == PageCount(8, is_sure=False)


@pytest.mark.parametrize("deflate", [False, True])
def test_shown_text_is_measured(deflate: bool) -> None:
    content = stream(b"BT /F1 12 Tf (%s) Tj ET" % TEXT, deflate=deflate)
    assert pdf_text(encoded(with_table(objects_of(1) | {5: content}))).characters == len(TEXT)


@pytest.mark.parametrize(
    ("shown", "characters"),
    [
        (b"(a\\(b\\)c)", 5),
        (b"(a (b) c)", 7),
        (b"(\\050\\\\\\n)", 3),
        (b"[<004100420043> -20 <0044>] TJ", 4),
        (b"[(ab) 3 (c)] TJ", 3),
    ],
)
def test_strings_are_measured_as_they_are_shown(shown: bytes, characters: int) -> None:
    content = stream(b"BT %s Tj ET" % shown)
    assert pdf_text(encoded(with_table(objects_of(1) | {5: content}))).characters == characters


def test_what_shows_no_text_has_none() -> None:
    picture = stream(b"q 1 0 0 1 0 0 cm (not shown) Do Q", deflate=True)
    assert pdf_text(encoded(with_table(objects_of(1) | {5: picture}))).characters == 0


@pytest.mark.parametrize(
    "data", ["", "A", "not base64 at all", encoded(b"GIF89a and no PDF"), encoded(b"%PDF-1.4\n"), "\u4f60"]
)
def test_what_says_no_pages_has_none(data: str) -> None:
    assert pdf_pages(data) is None


@pytest.mark.parametrize("unit", [b"a", b"\\(", b"((", b"(\\(", b"<0", b"(a<"])
def test_content_that_inflates_without_end_is_bounded(unit: bytes) -> None:
    bomb = stream(b"BT (" + unit * (MAX_STREAM // len(unit) * 2) + b") Tj", deflate=True)
    data = with_table(objects_of(1) | {5: bomb})
    assert pdf_pages(encoded(data)) == PageCount(1, is_sure=True)
    assert pdf_text(encoded(data)).characters <= MAX_SHOWN + MAX_STREAM


def test_objects_within_objects_are_not_read_again_and_again() -> None:
    count = 3000
    nested = b"".join(b"%d 0 obj << /Kids [ %d 0 R ] /A " % (n, n + 1) for n in range(10, 10 + count))
    data = b"%PDF-1.4\n1 0 obj << /Pages 2 0 R >> endobj\n2 0 obj << /Count 99 /Kids [10 0 R] >> endobj\n" + nested
    data += b" >>" * count + b"\ntrailer << /Root 1 0 R >>"
    assert pdf_pages(encoded(data)) is None


@given(st.binary(max_size=60), st.integers(0, 2000), st.sampled_from([with_table, with_streams]))
def test_whatever_is_damaged_nothing_is_raised(
    damage: bytes, place: int, make: Callable[[dict[int, bytes]], bytes]
) -> None:
    data = make(objects_of(60))
    place = min(place, len(data)) if place % 2 else max(0, len(data) - place)
    found = pdf_pages(encoded(data[:place] + damage + data[place + len(damage) :]))
    assert found is None or 0 < found.number <= MAX_GUESSED


@given(
    st.lists(
        st.sampled_from(
            [
                b"stream\n",
                b"endstream",
                b"1 0 obj",
                b"<<",
                b">>",
                b"/Root 1 0 R",
                b"/Pages 1 0 R",
                b"/Count 3",
                b"/Kids [",
                b"1 0 R]",
                b"xref\n0 1\n",
                b"trailer",
                b"startxref 9",
                b"BT Tj (",
                b"/Type /Page",
                b"/Length 1 0 R",
                b"x",
            ]
        )
    )
)
def test_no_order_of_words_is_too_odd(words: list[bytes]) -> None:
    data = encoded(b"%PDF-1.4\n" + b" ".join(words))
    found = pdf_pages(data)
    assert found is None or 0 < found.number <= MAX_GUESSED
    assert 0 <= pdf_text(data).characters <= len(data)
