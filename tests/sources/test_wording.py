"""What is said of text that is not JSON, and where."""

from __future__ import annotations

import pytest

from batchlint.sources.decode import decode

CASES = [
    ('{"a":1,}', ",", "a comma before the closing brace"),
    ("[1,\n]", ",", "a comma before the closing bracket"),
    ("[1,,2]", ",2", "a comma where a value should be"),
    ("{,}", ",", "a comma where a key should be"),
    ("{'a':1}", "'a", "a single quote; strings go in double quotes"),
    ("[`a`]", "`a", "a backtick; strings go in double quotes"),
    ("[“a”]", "“", "the typographic quote '“'; strings go in double quotes"),
    ("{a:1}", "a:", "expected a key in double quotes, found 'a'"),
    ('{"a":1,{"b":1}}', '{"b', "expected a key in double quotes, found '{'; a closing brace may be missing before it"),
    ('{"a" 1}', "1", "expected ':' after the key, found '1'"),
    ('{"a"=1}', "=", "expected ':' after the key, found '='"),
    ('{"a"::1}', ":1", "a colon that does not follow a key"),
    ('{"a":}', "}", "a closing brace where a value should be"),
    ('{"a":[1}', "}", "a closing brace where ']' should come first"),
    ('{"a":1]', "]", "a closing bracket where '}' should come first"),
    ("}", "}", "a closing brace that closes nothing"),
    ("[True]", "True", "'True' where JSON says true"),
    ("[FALSE]", "FALSE", "'FALSE' where JSON says false"),
    ("[None]", "None", "'None' where JSON says null"),
    ("[undefined]", "undefined", "'undefined' where JSON says null"),
    ("[yes]", "yes", "the word 'yes' without quotes"),
    ("[012]", "012", "the number '012' has a leading zero"),
    ("[+1]", "+1", "'+1' is not how JSON writes a number"),
    ("[1.]", "1.", "'1.' is not how JSON writes a number"),
    ("[0x1F]", "0x1F", "'0x1F' is not how JSON writes a number"),
    ('{"a":1 "b":2}', '"b"', "a comma is missing before this key"),
    ("[{} {}]", "{}]", "a comma is missing before this item"),
    ("[1 2]", "2", "expected ',' or ']', found '2'"),
    ('{"a":"b" é}', "é", "'é' after the end of a string; a quote inside a string is written \\\""),
    ('{"a":"say "hi" now"}', "hi", "'hi' after the end of a string; a quote inside a string is written \\\""),
    ("// a\n[1]", "//", "a comment, which JSON does not have"),
    ("[1 /* a */]", "/*", "a comment, which JSON does not have"),
    ("[1, # a\n2]", "#", "a comment, which JSON does not have"),
    ('{\\"a\\":1}', '\\"a', "an escaped quote outside of a string; the text may have been encoded twice"),
    ("[\u00a01]", "\u00a0", "the invisible character U+00A0"),
    ("[\0]", "\0", "the invisible character U+0000"),
    ("[1, ...]", "...", "an ellipsis in the place of text"),
    ('["a\nb"]', "\n", "a line break inside a string; it is written \\n"),
    ('["a\tb"]', "\t", "a tab inside a string; it is written \\t"),
    ('["a\x01b"]', "\x01", "the control character U+0001 inside a string; it is written \\u0001"),
    ('["\\x41"]', "\\x", "a backslash before 'x', which is not an escape; a backslash is written \\\\"),
    ('["\\u12"]', "\\u", "\\u without four hexadecimal digits after it"),
    ('{"a":1} x', "x", "text after the end of the value"),
    ("<html>", "<html>", "expected a value, found '<'"),
]


@pytest.mark.parametrize(("text", "place", "detail"), CASES)
def test_what_is_no_json(text: str, place: str, detail: str) -> None:
    raw = text.encode()
    (flaw,) = decode(raw).flaws
    assert (flaw.kind, flaw.detail) == ("invalid-json", detail)
    assert raw[flaw.start :].startswith(place.encode())
    assert flaw.start == raw.rindex(place.encode())


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ('{"a":"b', "inside a string"),
        ('{"a":"b\\', "inside a string"),
        ('{"a":"b\\u00e', "inside a string"),
        ('{"a', "inside a string"),
        ('{"a"', "inside an object"),
        ('{"a":', "inside an object"),
        ('{"a":1', "inside an object"),
        ('{"a":1,', "inside an object"),
        ("[1", "inside a list"),
        ("[1,", "inside a list"),
        ("[1.", "inside a value"),
        ("[-", "inside a value"),
        ("[tru", "inside a value"),
        ("[-Infin", "inside a value"),
    ],
)
def test_what_was_cut_off(text: str, detail: str) -> None:
    (flaw,) = decode(text.encode()).flaws
    assert (flaw.kind, flaw.start, flaw.end, flaw.detail) == ("truncated-json", len(text), len(text), detail)
