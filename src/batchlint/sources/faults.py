"""Says in plain words what is wrong where the grammar stopped."""

from __future__ import annotations

import re
from typing import Final

from batchlint.sources.broken import CutShortError, NotJsonError
from batchlint.sources.lexemes import BRACE, BRACKET, QUOTE, skip_blanks, string_at, string_head_at


def fault(data: bytes, at: int, opened: bytes | bytearray, due: str) -> NotJsonError | CutShortError:
    """What is wrong after the token that ends at `at`.

    `opened` are the brackets that are open there. `due` is what is waited for: "value", "key" or "comma"; right
    after an opening bracket "first item" or "first key"; after a whole value "end".
    """
    start = skip_blanks(data, at)
    if start == len(data):
        within = "a value" if not opened else "an object" if opened[-1] == BRACE else "a list"
        return CutShortError(at, within)
    if data[start] == QUOTE:
        return _wrong_string(data, start, opened, due)
    if opened and due != "comma" and _CUT_SCALAR(data, start):
        return CutShortError(len(data), "a value")
    byte = data[start : start + 1]
    for pattern, detail in _NEVER_JSON if not byte.isalnum() else ():
        found = pattern.match(data, start)
        if found is not None:
            return NotJsonError(start, found.end(), detail.format(_shown(found[0])))
    if byte in b"}]":
        return _closed(data, at, start, opened)
    if byte == b"," and due != "comma":
        return NotJsonError(start, start + 1, f"a comma where a {'key' if 'key' in due else 'value'} should be")
    if byte == b":":
        return NotJsonError(start, start + 1, "a colon that does not follow a key")
    end = _WORD(data, start).end()  # type: ignore[union-attr]
    if due == "end":
        return NotJsonError(start, end, f"{_shown(data[start:end])} after the end of the value")
    if due == "comma":
        return _no_comma(data, at, start, end, opened)
    if "key" in due:
        hint = "; a closing brace may be missing before it" if byte in b"{[" else ""
        return NotJsonError(start, end, f"expected a key in double quotes, found {_shown(data[start:end])}{hint}")
    for pattern, detail in _ALMOST_VALUES:
        if pattern.fullmatch(data, start, end):
            return NotJsonError(start, end, detail.format(_shown(data[start:end])))
    return NotJsonError(start, end, f"expected a value, found {_shown(data[start:end])}")


def _wrong_string(data: bytes, start: int, opened: bytes | bytearray, due: str) -> NotJsonError | CutShortError:
    """A string that is none, or one that is where something else should."""
    whole = string_at(data, start)
    if whole is not None and "key" in due:
        return _no_colon(data, whole.end())
    if whole is not None:
        detail = _MISSING_COMMA[opened[-1]] if opened else "a string after the end of the value"
        return NotJsonError(start, whole.end(), detail)
    stop = string_head_at(data, start).end()  # type: ignore[union-attr]  # it begins with a quote
    if stop == len(data) or _CUT_ESCAPE(data, stop):
        return CutShortError(len(data), "a string")
    if data[stop : stop + 2] == b"\r\n":
        return NotJsonError(stop, stop + 2, "a line break inside a string; it is written \\n")
    if data[stop] < 0x20:
        name, escape = _CONTROLS.get(
            data[stop], (f"the control character {_shown(data[stop : stop + 1])}", f"\\u{data[stop]:04x}")
        )
        return NotJsonError(stop, stop + 1, f"{name} inside a string; it is written {escape}")
    if data[stop + 1] == ord("u"):
        return NotJsonError(stop, stop + 2, "\\u without four hexadecimal digits after it")
    end = _CHARACTER(data, stop + 1).end()  # type: ignore[union-attr]
    return NotJsonError(
        stop,
        end,
        f"a backslash before {_shown(data[stop + 1 : end])}, which is not an escape; a backslash is written \\\\",
    )


def _no_colon(data: bytes, at: int) -> NotJsonError | CutShortError:
    start = skip_blanks(data, at)
    if start == len(data):
        return CutShortError(at, "an object")
    end = _WORD(data, start).end()  # type: ignore[union-attr]
    return NotJsonError(start, end, f"expected ':' after the key, found {_shown(data[start:end])}")


def _closed(data: bytes, at: int, start: int, opened: bytes | bytearray) -> NotJsonError:
    """A closing bracket where none may be, or not this one."""
    brace = data[start] == ord("}")
    name = "brace" if brace else "bracket"
    if not opened:
        return NotJsonError(start, start + 1, f"a closing {name} that closes nothing")
    if brace != (opened[-1] == BRACE):
        return NotJsonError(start, start + 1, f"a closing {name} where {_CLOSING[opened[-1]]} should come first")
    if data[at - 1 : at] == b",":
        return NotJsonError(at - 1, at, f"a comma before the closing {name}")
    return NotJsonError(start, start + 1, f"a closing {name} where a value should be")


def _no_comma(data: bytes, at: int, start: int, end: int, opened: bytes | bytearray) -> NotJsonError:
    if data[start : start + 1] in b"{[":
        return NotJsonError(start, end, _MISSING_COMMA[opened[-1]])
    if data[at - 1 : at] == b'"':
        return NotJsonError(
            start, end, f'{_shown(data[start:end])} after the end of a string; a quote inside a string is written \\"'
        )
    return NotJsonError(start, end, f"expected ',' or {_CLOSING[opened[-1]]}, found {_shown(data[start:end])}")


def _shown(text: bytes) -> str:
    """A few characters of the file, or their code point where they cannot be seen."""
    characters = text.decode("utf-8", "replace")
    if characters.isprintable():
        return f"'{characters[:40]}'"
    return " ".join(f"U+{ord(character):04X}" for character in characters[:4])


_MISSING_COMMA: Final = {BRACE: "a comma is missing before this key", BRACKET: "a comma is missing before this item"}
_CLOSING: Final = {BRACE: "'}'", BRACKET: "']'"}
_CONTROLS: Final = {
    0x00: ("a NUL byte", "\\u0000"),
    0x09: ("a tab", "\\t"),
    0x0A: ("a line break", "\\n"),
    0x0D: ("a carriage return", "\\r"),
}
_WORD: Final = re.compile(rb"[A-Za-z0-9_$.+\-]+|[\x00-\x7f]|[\x80-\xff][\x80-\xbf]*|").match
"""A word or number in any spelling, or else one character."""
_CHARACTER: Final = re.compile(rb"[\x00-\x7f]|[\x80-\xff][\x80-\xbf]*").match
_CUT_ESCAPE: Final = re.compile(rb"\\(?:u[0-9a-fA-F]{0,3})?\Z").match
_CUT_SCALAR: Final = re.compile(
    rb"(?:-?(?:(?:0|[1-9][0-9]*+)(?:\.|(?:\.[0-9]++)?[eE][+\-]?))?|tr?|tru|fa?|fals?|nu?|nul|Na?|-?I(?:n(?:f(?:i(?:n(?:it?)?)?)?)?)?)\Z"
).match
_NEVER_JSON: Final = tuple(
    (re.compile(pattern, re.DOTALL), detail)
    for pattern, detail in (
        (rb"'", "a single quote; strings go in double quotes"),
        (rb"`", "a backtick; strings go in double quotes"),
        (rb"\xe2\x80[\x98-\x9f]", "the typographic quote {}; strings go in double quotes"),
        (rb"//|/\*|#|--|<!", "a comment, which JSON does not have"),
        (rb'\\"', "an escaped quote outside of a string; the text may have been encoded twice"),
        (rb"\xef\xbb\xbf", "a byte order mark in the middle of the text"),
        (
            rb"[\x00-\x1f\x7f]|\xc2[\x80-\xa0\xad]|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81[\x9f-\xaf]|\xe3\x80\x80",
            "the invisible character {}",
        ),
        (rb"\.\.\.|\xe2\x80\xa6", "an ellipsis in the place of text"),
    )
)
_ALMOST_VALUES: Final = tuple(
    (re.compile(pattern), detail)
    for pattern, detail in (
        (rb"(?i:true)", "{} where JSON says true"),
        (rb"(?i:false)", "{} where JSON says false"),
        (rb"(?i:null|none|nil|undefined)", "{} where JSON says null"),
        (rb"-?0[0-9]+.*", "the number {} has a leading zero"),
        (rb"[+\-.0-9].*", "{} is not how JSON writes a number"),
        (rb"[A-Za-z_$].*", "the word {} without quotes"),
    )
)
