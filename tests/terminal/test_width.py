"""Columns of any text: wcwidth, the library that terminals are compared with, is the oracle."""

from __future__ import annotations

import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from batchlint.terminal.width import clusters, head, middle, padded, shortened, tail, width

TEXTS = [
    "plain text",
    "e\u0301te\u0301",
    "漢字かな交じり文",
    "한국어 텍스트",
    "각",
    "हिन्दी में लिखा गया पाठ",
    "क्षत्रिय नमस्ते",
    "বাংলা লেখা",
    "ภาษาไทย ผู้ใหญ่ กำ",
    "မြန်မာ",
    "👨\u200d👩\u200d👧\u200d👦 family",
    "🏳\ufe0f\u200d🌈 👍🏽 🇩🇪🇫🇷 1\ufe0f\u20e3",
    "❤ ❤\ufe0f ☕ ☕\ufe0e ℹ\ufe0f",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "ｶﾞｯﾂ Ａｂｃ",
    "\u200b\u2060soft\xadhyphen",
    "עברית العربية",
]
ALPHABETS = {
    "Devanagari": [chr(code) for code in range(0x0900, 0x0980)],
    "Thai": [chr(code) for code in range(0x0E01, 0x0E5C)],
    "Bengali": [chr(code) for code in range(0x0980, 0x0A00)],
    "Hangul": list("각가각a"),
    "CJK": [*"漢字かなカナｶﾞ、。ＡB", "\u3099"],
    "accents": [*"aeo ñü", "\u0301", "\u0300", "\u20dd"],
    "emoji": [*"👨👩👍❤☕🇩🇪a漢", "\u200d", "\ufe0f", "🏽"],
}


def words(alphabet: str) -> st.SearchStrategy[str]:
    """Words that begin with a letter: what begins with a mark is no text, and drawn differently everywhere."""
    known = [each for each in ALPHABETS[alphabet] if unicodedata.category(each) != "Cn"]
    letters = [each for each in known if unicodedata.category(each)[0] in "LNS" and each != "🏽"]
    return st.tuples(st.sampled_from(letters), st.text(st.sampled_from(known), max_size=8)).map("".join)


TEXT = st.one_of(st.sampled_from(TEXTS), *(words(name) for name in ALPHABETS if name != "emoji"))


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_as_wide_as_wcwidth_says(text: str) -> None:
    assert width(text) == wcwidth.wcswidth(text)


@pytest.mark.parametrize("name", [name for name in ALPHABETS if name != "emoji"])
def test_so_is_any_word(name: str) -> None:
    @given(words(name))
    def check(word: str) -> None:
        assert width(word) == wcwidth.wcswidth(word)

    check()


def test_every_letter_and_sign_alone() -> None:
    """All that this Python knows, but for signs whose width a later Unicode has changed."""
    wrong = {
        unicodedata.name(character, hex(code))
        for code in range(0xA0, 0x110000)
        if unicodedata.category(character := chr(code)) not in ("Cn", "Cs", "Co", "Cc")
        and width(character) != max(wcwidth.wcwidth(character), 0)
    }
    wider_since = (
        "TRIGRAM",
        "HEXAGRAM",
        "COUNTING ROD",
        "TALLY MARK",
        "IDEOGRAPHIC TALLY",
        "MONOGRAM",
        "DIGRAM",
        "TETRA",
    )
    assert {name for name in wrong if not name.startswith(wider_since)} == set()


@given(TEXT, st.integers(0, 30))
def test_what_is_cut_fits_and_is_cut_between_what_is_drawn_as_one(text: str, columns: int) -> None:
    first, last = head(text, columns), tail(text, columns)
    assert width(first) <= columns
    assert width(last) <= columns
    assert text.startswith(first)
    assert text.endswith(last)
    whole = [cluster for cluster, _ in clusters(text)]
    assert "".join(whole) == text
    assert first in {"".join(whole[:count]) for count in range(len(whole) + 1)}
    assert last in {"".join(whole[count:]) for count in range(len(whole) + 1)}


@given(TEXT, st.integers(3, 30))
def test_what_is_shortened_fits_and_says_so(text: str, columns: int) -> None:
    for cut in (shortened(text, columns), middle(text, columns)):
        assert width(cut) <= columns
        assert ("…" in cut) == (width(text) > columns)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_padded_is_as_wide_as_a_column(text: str) -> None:
    assert width(padded(text, 60)) == 60
