"""What is said of a text that should be base64: nothing of base64, the same of a long text as of a short one."""

from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.media.base64_flaws import WINDOW, flaw_of

LONG = base64.b64encode(bytes(range(256)) * 12).decode()


@given(st.binary(min_size=1, max_size=4 * WINDOW))
def test_base64_has_no_flaw(data: bytes) -> None:
    assert flaw_of(base64.b64encode(data).decode()) is None


@given(st.binary(min_size=1, max_size=4 * WINDOW))
def test_wrapped_base64_is_recognised_by_its_line_breaks(data: bytes) -> None:
    flaw = flaw_of(base64.encodebytes(data).decode())
    assert flaw is not None
    assert (flaw.kind, flaw.certain, flaw.readable) == ("whitespace", False, True)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=2 * WINDOW))
def test_what_is_certainly_no_base64_cannot_be_decoded(text: str) -> None:
    flaw = flaw_of(text)
    if flaw is None:
        base64.b64decode(text, validate=True)
    elif flaw.certain and text:
        with pytest.raises(binascii.Error):
            base64.b64decode(text, validate=True)


@given(st.text(max_size=2000))
def test_any_text_is_judged(text: str) -> None:
    flaw = flaw_of(text)
    assert flaw is None or flaw.what


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        ("data:image/png;base64,iVBORw0KGgo=", "data-url"),
        ("@./chart.png", "file-reference"),
        ("[object Object]", "foreign"),
        ("iVBORw0KGgo===", "foreign"),
        ("iVBO=Rw0KGg", "foreign"),
        ("iVBORw0KGgoé", "not-ascii"),
        ("iVBOR", "length"),
        ("iVBORw0KGgo", "padding"),
        ("iVBORw0KGgo=\n", "whitespace"),
        ("_9j_4AAQSkZJRg==", "url-safe"),
        (LONG + "!", "foreign"),
        ("\n" + LONG, "whitespace"),
        (LONG[:-1], "padding"),
        (LONG[:-3], "length"),
    ],
)
def test_flaws_have_their_kind(text: str, kind: str) -> None:
    flaw = flaw_of(text)
    assert flaw is not None
    assert flaw.kind == kind
