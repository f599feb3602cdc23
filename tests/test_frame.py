"""The piece of a line that shows a finding: short, printable, with the marks under the right characters."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.reports.frame import SIDE, frame_of
from batchlint.reports.plain import plain
from batchlint.sources import source_of_bytes


def shown(line: str, part: str) -> tuple[str, str]:
    data = line.encode()
    start = data.index(part.encode())
    frame = frame_of(source_of_bytes(data), start, start + len(part.encode()))
    return frame.text, frame.text[frame.start : frame.start + frame.length]


def test_a_short_line_is_shown_whole() -> None:
    assert shown('{"custom_id": "a", "params": {}}', '"a"') == ('{"custom_id": "a", "params": {}}', '"a"')


def test_a_long_line_is_cut_on_both_sides() -> None:
    text, marked = shown("x " * 5000 + '"here"' + " y" * 5000, '"here"')
    assert marked == '"here"'
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 3 * SIDE + 10


def test_base64_is_left_out() -> None:
    data = base64.b64encode(bytes(range(256)) * 40).decode()
    text, marked = shown('{"data": "' + data + '", "media_type": "image/jpg"}', '"image/jpg"')
    assert marked == '"image/jpg"'
    assert not re.search(r"[A-Za-z0-9+/]{20}", text)


def test_base64_is_shown_by_its_first_characters() -> None:
    text, _ = shown('{"data": "' + "iVBORw0K" + "A" * 80 + '==", "media_type": "image/jpg"}', '"image/jpg"')
    assert '"data": "iVBORw0K…", "media_type"' in text


def test_a_long_object_is_shown_by_where_it_opens() -> None:
    line = '{"params": {' + ", ".join(f'"member_{number}": {number}' for number in range(20)) + "}}"
    assert shown(line, line[11:-1])[1] == "{"


def test_another_line_is_not_shown() -> None:
    data = b'{"a": 1}\r\n{"b": 2}\r\n{"c": 3}'
    frame = frame_of(source_of_bytes(data), data.index(b"2"), data.index(b"2") + 1)
    assert frame.text == '{"b": 2}'


@pytest.mark.parametrize("control", ["\x1b[31m", "\x07", "\u202e", "\u2028", "\x9b", "\x00"])
def test_control_characters_are_written_out(control: str) -> None:
    text, _ = shown(f'{{"a": "{control}", "b": 1}}', "1")
    assert control not in text
    assert "\\" in text


def test_pieces_side_by_side_command_no_log() -> None:
    data = b'{"a": 1##[error]oops}'
    frame = frame_of(source_of_bytes(data), data.index(b"[error"), len(data))
    assert "##[" not in frame.text
    assert frame.text[frame.start : frame.start + frame.length] == "[error]oops}"


@given(st.text(max_size=300), st.text(min_size=1, max_size=300), st.text(max_size=300))
def test_any_text_gives_one_short_printable_line(before: str, part: str, after: str) -> None:
    data = (before + part + after).encode("utf-8", errors="replace")
    start = len(before.encode("utf-8", errors="replace"))
    frame = frame_of(source_of_bytes(data), start, start + len(part.encode("utf-8", errors="replace")))
    assert plain(frame.text) == frame.text
    assert "\n" not in frame.text
    assert 0 <= frame.start <= len(frame.text)
    assert frame.length >= 1
