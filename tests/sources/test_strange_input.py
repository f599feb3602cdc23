"""Strange files: what they are taken for, which items they give, and what is told of them where."""

from __future__ import annotations

import math
from typing import Any

import pytest

from batchlint.sources import UNREADABLE, Irregularity, Item, source_of_bytes
from batchlint.sources.positions import Positions

A = '{"custom_id":"a","params":{"n":1}}'
B = '{"custom_id":"b","params":{"n":2}}'
C = '{"custom_id":"c","params":{"n":3}}'
a: Any = {"custom_id": "a", "params": {"n": 1}}
b: Any = {"custom_id": "b", "params": {"n": 2}}
c: Any = {"custom_id": "c", "params": {"n": 3}}
BROKEN = UNREADABLE
PRETTY_A = '{\n  "custom_id": "a",\n  "params": {"n": 1}\n}'
PRETTY_B = '{\n  "custom_id": "b",\n  "params": {"n": 2}\n}'


def shown(places: Positions, irregularity: Irregularity) -> str:
    line, line_offset = irregularity.line, irregularity.line_offset
    start = places.place(irregularity.offset, line, line_offset)
    end = places.place(irregularity.end_offset, line, line_offset)
    index = "" if irregularity.index is None else f" in {irregularity.index}"
    return f"{start.line}:{start.column}-{end.line}:{end.column} {irregularity.kind}{index}"


def read(data: bytes) -> tuple[str, list[Any], list[str]]:
    """Container, values, and places and kinds of what is reported, in the order in which it is reported."""
    values, told = [], []
    with source_of_bytes(data) as source:
        places = Positions(source)
        for found in source:
            if isinstance(found, Item):
                values.append(found.value)
                told += [shown(places, irregularity) for irregularity in found.irregularities]
            else:
                told.append(shown(places, found))
        return source.container, values, told


LINES = [
    pytest.param(f"{A}\n{B}\n", [a, b], [], id="two lines"),
    pytest.param(f"{A}\n{B}", [a, b], [], id="no last line feed"),
    pytest.param(f"{A}\r\n{B}\r\n", [a, b], [], id="CRLF"),
    pytest.param(f"  {A}\t \n\t{B}", [a, b], [], id="blanks around"),
    pytest.param(f"{A}\n{B}\n\n\r\n \n", [a, b], [], id="blank lines at the end"),
    pytest.param(f"{A}\n\n{B}", [a, b], ["2:1-3:1 blank-line"], id="a blank line"),
    pytest.param(
        f"\r\n \n{A}\n\n\n\n{B}\n{C}", [a, b, c], ["1:1-3:1 blank-line", "4:1-7:1 blank-line"], id="runs of blank lines"
    ),
    pytest.param(f"\ufeff{A}\n{B}", [a, b], ["1:1-1:2 byte-order-mark"], id="BOM"),
    pytest.param(f"{A}\n\ufeff{B}", [a, b], ["2:1-2:2 byte-order-mark in 1"], id="BOM inside"),
    pytest.param("", [], ["1:1-1:1 empty-file"], id="0 bytes"),
    pytest.param("\n \r\n", [], ["1:1-3:1 empty-file"], id="only blanks"),
    pytest.param("\ufeff", [], ["1:1-1:2 byte-order-mark", "1:1-1:1 empty-file"], id="only a BOM"),
    pytest.param('5\nnull\n"x"\ntrue', [5, None, "x", True], [], id="scalars"),
    pytest.param(A, [a], [], id="one line"),
    pytest.param(PRETTY_A, [a], [], id="one value over several lines"),
    pytest.param(
        f"{PRETTY_A}\n{PRETTY_B}\n", [a, b], ["1:1-1:2 pretty-printed-values"], id="values over several lines"
    ),
    pytest.param(
        f"{A}\n{PRETTY_B}\n{C}", [a, b, c], ["2:1-2:2 pretty-printed-values"], id="a value over several lines between"
    ),
    pytest.param(
        f"{PRETTY_A},\n{PRETTY_B},\n",
        [a, b],
        ["1:1-1:2 pretty-printed-values", "4:2-4:3 several-values-on-line"],
        id="and commas",
    ),
    pytest.param(
        f"{PRETTY_A.replace('1}', '1,}')}\n{PRETTY_B}\n",
        [BROKEN, b],
        ["3:20-3:21 invalid-json in 0", "1:1-1:2 pretty-printed-values"],
        id="the first of them broken",
    ),
    pytest.param(
        "{'custom_id': 'a',\n 'params': {}}\n{'custom_id': 'b',\n 'params': {}}\n",
        [BROKEN, BROKEN],
        ["1:2-1:3 invalid-json in 0", "3:2-3:3 invalid-json in 1", "1:1-1:2 pretty-printed-values"],
        id="Python literals over several lines",
    ),
    pytest.param(f"{A}{B}\n{C}", [a, b, c], ["1:35-1:36 several-values-on-line"], id="two values on a line"),
    pytest.param(
        f"{A}, {B}\n{C},\n", [a, b, c], ["1:35-1:36 several-values-on-line"], id="a comma between, one behind"
    ),
    pytest.param(f"{A},\n{B},\n{C}\n", [a, b, c], ["1:35-1:36 several-values-on-line"], id="commas behind the lines"),
    pytest.param(f"{A}\n,{B}\n", [a, BROKEN], ["2:1-2:2 invalid-json in 1"], id="a comma before a line"),
    pytest.param(f"{A} x\n{B}", [a, b], ["1:36-1:37 invalid-json in 0"], id="a word behind"),
    pytest.param(f"{A}}}\n{B}", [a, b], ["1:35-1:36 invalid-json in 0"], id="a brace too many"),
    pytest.param(f"{A}\n{B[:-1]}\n{C}", [a, BROKEN, c], ["2:34-2:34 truncated-json in 1"], id="a brace too few"),
    pytest.param(f"{A}\n{B[:16]}\n{C}", [a, BROKEN, c], ["2:17-2:17 truncated-json in 1"], id="cut at a comma"),
    pytest.param(f"{A}\n{B[:15]}\n{C}", [a, BROKEN, c], ["2:16-2:16 truncated-json in 1"], id="cut in a string"),
    pytest.param(f"{A}\n{B[:-4]}", [a, BROKEN], ["2:31-2:31 truncated-json in 1"], id="the file cut"),
    pytest.param(f"{A}\nhello\n{C}", [a, BROKEN, c], ["2:1-2:6 invalid-json in 1"], id="no JSON at all"),
    pytest.param(f"{A}\n// note\n{C}", [a, BROKEN, c], ["2:1-2:3 invalid-json in 1"], id="a comment"),
    pytest.param(f"{A}\n\x0b\n{C}", [a, BROKEN, c], ["2:1-2:2 invalid-json in 1"], id="a vertical tab is no blank"),
    pytest.param(
        '{"é😀":1,}\n{"a":"x\u2028y"}',
        [BROKEN, {"a": "x\u2028y"}],
        ["1:8-1:9 invalid-json in 0"],
        id="code points, U+2028",
    ),
    pytest.param('{\t"a"\t:\t1,}', [BROKEN], ["1:10-1:11 invalid-json in 0"], id="a tab is one column"),
    pytest.param('{\r\n"a": 1}', [{"a": 1}], [], id="CRLF inside a value"),
    pytest.param('{"a":1,"b":2,"\\u0061":3}', [{"a": 3, "b": 2}], ["1:14-1:22 duplicate-key in 0"], id="a key twice"),
    pytest.param(
        '{"a":[{"k":1,"k":2,"k":3}]}',
        [{"a": [{"k": 3}]}],
        ["1:14-1:17 duplicate-key in 0", "1:20-1:23 duplicate-key in 0"],
        id="thrice",
    ),
    pytest.param(
        '{"a":"\\ud83d","b":"\\ud83d\\ude00"}',
        [{"a": "\ufffd", "b": "😀"}],
        ["1:7-1:13 lone-surrogate in 0"],
        id="half a pair",
    ),
    pytest.param(
        '{"a":"\\\\ud83d","b":1,"b":2}',
        [{"a": "\\ud83d", "b": 2}],
        ["1:22-1:25 duplicate-key in 0"],
        id="an escaped backslash",
    ),
    pytest.param(
        '{"a":[-Infinity, Infinity]}',
        [{"a": [-math.inf, math.inf]}],
        ["1:7-1:16 non-finite-number in 0", "1:18-1:26 non-finite-number in 0"],
        id="infinite",
    ),
    pytest.param(
        '{"a":1e400,"a":2}',
        [{"a": 2}],
        ["1:6-1:11 non-finite-number in 0", "1:12-1:15 duplicate-key in 0"],
        id="too large a number",
    ),
    pytest.param(f"[{'1' * 4301}]\n"[1:-2], [BROKEN], ["1:1-1:4302 invalid-json in 0"], id="too many digits"),
    pytest.param('{"a":' * 201 + "1" + "}" * 201, None, ["1:1001-1:1002 deep-nesting in 0"], id="deep"),
    pytest.param('{"a":' * 501 + "1" + "}" * 501, None, ["1:2501-1:2502 unjudged-depth in 0"], id="deeper"),
    pytest.param('{"requests":[]}\n{"requests":[]}\n', [{"requests": []}] * 2, [], id="envelopes line by line"),
    pytest.param('{"x":{"requests":[1]}}', [{"x": {"requests": [1]}}], [], id="requests further inside"),
    pytest.param(
        '{"custom_id":"a","requests":[1]}', [{"custom_id": "a", "requests": [1]}], [], id="a request with requests"
    ),
    pytest.param("{", [BROKEN], ["1:2-1:2 truncated-json in 0"], id="a brace"),
    pytest.param('"', [BROKEN], ["1:2-1:2 truncated-json in 0"], id="a quote"),
]

LISTS = [
    pytest.param("[]", [], [], id="empty"),
    pytest.param(f" [ {A} , {B} ] \n", [a, b], [], id="blanks"),
    pytest.param(f"[\n{A},\n{B}\n]\n", [a, b], [], id="line by line"),
    pytest.param(f"\ufeff[{A}]", [a], ["1:1-1:2 byte-order-mark"], id="BOM"),
    pytest.param(f'[1,"x",null,[{A}],{{"id":1}},{A}]', [1, "x", None, [a], {"id": 1}, a], [], id="all kinds of items"),
    pytest.param(f"[{A},{B},]", [a, b], ["1:71-1:72 invalid-json"], id="a comma at the end"),
    pytest.param(f"[{A},,, {B}]", [a, b], ["1:37-1:38 invalid-json"], id="commas in a row"),
    pytest.param(f"[,{A}]", [a], ["1:2-1:3 invalid-json"], id="a comma first"),
    pytest.param(f"[{A}\n{B}]", [a, b], ["2:1-2:2 invalid-json"], id="no comma"),
    pytest.param(f"[{A}}}}}, {B}]", [a, b], ["1:36-1:37 invalid-json"], id="braces too many"),
    pytest.param(f"[{A[:-1]}, {B}, {C}]", [BROKEN, b, c], ["1:37-1:38 invalid-json in 0"], id="a brace too few"),
    pytest.param(f"[{A[:-2]}],\n{B}]", [BROKEN, b], ["1:34-1:35 invalid-json in 0"], id="a bracket for a brace"),
    pytest.param(
        f"[{A}, {B[:-2]},}}}}, {C}]", [a, BROKEN, c], ["1:70-1:71 invalid-json in 1"], id="a comma in an item"
    ),
    pytest.param(
        f'[{{"custom_id":"a","t":"x}},\n{B}, {C}]',
        [BROKEN, b, c],
        ["1:27-2:1 invalid-json in 0"],
        id="a line break in a string",
    ),
    pytest.param(
        f'[{{"custom_id":"a","t":"x}},{B},{C}]', [BROKEN, b, c], ["1:29-1:38 invalid-json in 0"], id="a quote missing"
    ),
    pytest.param('[{"id":1,},{"id":2}]', [BROKEN, {"id": 2}], ["1:9-1:10 invalid-json in 0"], id="other keys"),
    pytest.param(f"[{A}, // note\n {B}]", [a, b], ["1:38-1:40 invalid-json"], id="a comment"),
    pytest.param(f'[{A}, {{"n":NaN}}, {B}]', None, ["1:43-1:46 non-finite-number in 1"], id="NaN"),
    pytest.param(f"[{A}, None, {B}]", [a, BROKEN, b], ["1:38-1:42 invalid-json in 1"], id="None"),
    pytest.param(
        "[{'id': 1}, {'id': 2}]",
        [BROKEN, BROKEN],
        ["1:3-1:4 invalid-json in 0", "1:14-1:15 invalid-json in 1"],
        id="Python literals",
    ),
    pytest.param(f"[{A}, {B}", [a, b], ["1:72-1:72 truncated-json"], id="not closed"),
    pytest.param(f"[{A},\n", [a], ["1:37-1:37 truncated-json"], id="cut behind a comma"),
    pytest.param(f"[{A}, {B[:-3]}\n", [a, BROKEN], ["1:69-1:69 truncated-json in 1"], id="cut in an item"),
    pytest.param("[", [], ["1:2-1:2 truncated-json"], id="a bracket"),
    pytest.param(f"[{A}]\n[{B}]\n", [a], ["2:1-2:37 text-after-list"], id="two lists"),
    pytest.param(f"[{A}],", [a], ["1:37-1:38 text-after-list"], id="a comma behind"),
    pytest.param(
        f'[{A},{{"params":{{}},"params":1,"custom_id":{{}}}},{B}]',
        [a, {"params": 1, "custom_id": {}}, b],
        ["1:50-1:58 duplicate-key in 1"],
        id="a key twice",
    ),
    pytest.param(
        f'[{A},{{"custom_id":"t","x":[{A},{B},{{"custom_id":1}}]}},{B}]',
        [a, {"custom_id": "t", "x": [a, b, {"custom_id": 1}]}, b],
        [],
        id="items inside an item",
    ),
]

ENVELOPES = [
    pytest.param('{"requests":[]}', [], [], id="empty"),
    pytest.param(f'{{"requests":[{A},{B}]}}\n', [a, b], [], id="one line"),
    pytest.param(f'\n {{\n "requests" : [\n  {A},\n  {B}\n ]\n}}\n', [a, b], [], id="several lines"),
    pytest.param(f'{{"\\u0072equests":[{A}]}}', [a], [], id="the key escaped"),
    pytest.param(
        f'{{"x":{{"requests":[1]}},"requests":[{A}],\n"y":"]"}}',
        [a],
        ["1:2-1:5 member-beside-requests", "2:1-2:4 member-beside-requests"],
        id="other members",
    ),
    pytest.param(f'{{"requests":[{A}],"requests":[{B}]}}', [a, b], ["1:50-1:60 duplicate-key"], id="twice"),
    pytest.param('{"requests":{"a":1}}', [], ["1:13-1:20 requests-not-a-list"], id="an object"),
    pytest.param(
        '{"requests":null,"x":1}', [], ["1:13-1:17 requests-not-a-list", "1:18-1:21 member-beside-requests"], id="null"
    ),
    pytest.param('{"requests":"[1]"}', [], ["1:13-1:18 requests-not-a-list"], id="a string"),
    pytest.param(f'{{"requests":[{A}],}}', [a], ["1:49-1:50 invalid-json"], id="a comma at the end"),
    pytest.param(
        f'{{"requests":[{A}] "x":1}}',
        [a],
        ["1:50-1:51 invalid-json", "1:50-1:53 member-beside-requests"],
        id="no comma",
    ),
    pytest.param(f'{{"requests":[{A}]', [a], ["1:49-1:49 truncated-json"], id="no brace"),
    pytest.param(f'{{"requests":[{A}', [a], ["1:48-1:48 truncated-json"], id="no bracket"),
    pytest.param(f'{{"requests":[{A}]]', [a], ["1:49-1:50 invalid-json"], id="a bracket for the brace"),
    pytest.param(f'{{"requests":[{A}]}} x', [a], ["1:51-1:52 text-after-list"], id="text behind"),
    pytest.param('{"requests"', [], ["1:12-1:12 truncated-json"], id="only the key"),
    pytest.param('{"requests" [1]}', [], ["1:13-1:14 invalid-json"], id="no colon"),
    pytest.param(
        '{"requests":[],"x":tru}',
        [],
        ["1:16-1:19 member-beside-requests", "1:20-1:23 invalid-json"],
        id="a broken member",
    ),
    pytest.param(
        '{"requests":[],"x":"ab',
        [],
        ["1:16-1:19 member-beside-requests", "1:23-1:23 truncated-json"],
        id="a member cut",
    ),
]


def check(container: str, text: str, values: list[Any] | None, told: list[str]) -> None:
    found, read_values, read_told = read(text.encode())
    assert found == container
    assert read_told == told
    if values is not None:
        assert read_values == values


@pytest.mark.parametrize(("text", "values", "told"), LINES)
def test_lines(text: str, values: list[Any] | None, told: list[str]) -> None:
    check("jsonl", text, values, told)


@pytest.mark.parametrize(("text", "values", "told"), LISTS)
def test_arrays(text: str, values: list[Any] | None, told: list[str]) -> None:
    check("array", text, values, told)


@pytest.mark.parametrize(("text", "values", "told"), ENVELOPES)
def test_envelopes(text: str, values: list[Any] | None, told: list[str]) -> None:
    check("envelope", text, values, told)


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (A.encode("utf-16"), "the file is UTF-16"),
        (A.encode("utf-16-be"), "the file is UTF-16, without a byte order mark"),
        (A.encode("utf-16-le"), "the file is UTF-16, without a byte order mark"),
        (A.encode("utf-32"), "the file is UTF-32"),
        (A.encode("utf-32-be"), "the file is UTF-32, without a byte order mark"),
        (b"\x1f\x8b\x08\x00", "the file is compressed with gzip"),
        (b"PK\x03\x04\x14\x00", "the file is a zip archive"),
    ],
)
def test_a_file_that_is_not_a_text_in_utf_8_gives_no_items(data: bytes, detail: str) -> None:
    with source_of_bytes(data) as source:
        (told,) = source
        assert isinstance(told, Irregularity)
        assert (told.kind, told.detail, told.index) == ("invalid-utf-8", detail, None)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"a":"caf\xe9"}', "1:10-1:11 invalid-utf-8 in 0"),
        (b'{"\xc3\xa9":"\xed\xa0\xbd"}', "1:7-1:8 invalid-utf-8 in 0"),
        (b'{"a":1}\n{"a":"\xf0\x9f"}', "2:7-2:8 invalid-utf-8 in 1"),
    ],
)
def test_bytes_that_are_not_utf_8_are_reported_and_the_item_is_read(data: bytes, place: str) -> None:
    _, values, told = read(data)
    assert told == [place]
    assert values[-1] is not UNREADABLE
    assert "\ufffd" in str(values[-1])


def test_a_pointer_leads_to_what_is_wrong_inside_an_item() -> None:
    with source_of_bytes(b'{"a":[{"k":1,"k":NaN}]}') as source:
        (item,) = source
    assert isinstance(item, Item)
    assert [(told.detail, told.pointer) for told in item.irregularities] == [
        ("k", ("a", 0, "k")),
        ("NaN", ("a", 0, "k")),
    ]


def test_what_is_counted_is_reported_once_with_its_number() -> None:
    with source_of_bytes(f"{A},\n{B}{C}\n{A},\n".encode()) as source:
        last = list(source)[-1]
    assert isinstance(last, Irregularity)
    assert last.detail == "a comma after the value, on 3 lines"


def test_reading_says_where_it_goes_on() -> None:
    with source_of_bytes(f"[\n{A[:-1]},\n\n{B}]".encode()) as source:
        first = next(iter(source))
    assert isinstance(first, Item)
    assert first.irregularities[0].detail.endswith("; reading continues at the next item, line 4")


@pytest.mark.parametrize("container", ["[%s]", '{"requests":[%s]}', "%s"])
@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 300_000,
        "{" * 300_000,
        '{"a":' * 100_000,
        '"' * 50_000,
        "\\" * 300_000,
        "," * 300_000,
        "}" * 300_000,
        "[\n" * 100_000,
        "{\n" * 10_000,
        '"\n' * 10_000,
        "{}" * 20_000,
        "xyz " * 100_000,
        "\0" * 300_000,
        "1" * 300_000,
        '"' + "\\n" * 500_000 + '"',
        '"' + "\\ud800" * 100_000 + '"',
        "{" + '"a":1,' * 20_000 + '"a":1}',
        ',{"custom_id":' * 3_000,
    ],
    ids=lambda text: f"{text[:6]!r}",
)
def test_hostile_text_is_read_to_its_end(container: str, hostile: str) -> None:
    """The sizes are such that recursion would raise, and quadratic time would be felt."""
    _, _, told = read((container % hostile).encode())
    assert told or hostile.endswith('n"')


def test_no_more_is_reported_of_one_item_than_anybody_reads() -> None:
    with source_of_bytes(('{"a":' * 400 + "{" + '"b":1,' * 5_000 + '"b":2}' + "}" * 400 + "\n" + A).encode()) as source:
        first, second = source
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert len(first.irregularities) == 51
    assert sum(1 + each.more for each in first.irregularities) == 5_001
    assert second.value == a
