"""Edits touch their own bytes: what comes out is what Python makes of the same change, and the rest stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from batchlint.edits import Copied, Edit, Insert, Remove, Rename, Reorder, Replace, Unquoted
from batchlint.fixing.changes import Changes
from batchlint.fixing.finding_members import member_at
from batchlint.fixing.one_line import on_one_line
from batchlint.fixing.resolving import splices_of, with_splices
from batchlint.rule import Pointer
from batchlint.sources.spans import ItemSpans

NAMES = st.sampled_from(["a", "b", 'a"b', "é", "stream", 'say "stream', "a\\", ":", "{"])
LEAVES = st.none() | st.booleans() | st.integers() | NAMES | st.text(alphabet='ab"\\é\n😀 ', max_size=8)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4))
OBJECTS = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)
LAYOUTS = st.fixed_dictionaries(
    {
        "ensure_ascii": st.booleans(),
        "indent": st.sampled_from([None, 2, "\t"]),
        "separators": st.sampled_from([(",", ":"), (", ", ": "), (" , ", " :\n")]),
    }
)


def places(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    """Every place in a value but the whole."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*pointer, key)
        yield from places(inner, (*pointer, key))


def at(value: Any, pointer: Pointer) -> Any:
    for key in pointer:
        value = value[key]
    return value


def edited(raw: bytes, *edits: Edit) -> Any:
    return json.loads(with_splices(raw, 7, splices_of(raw, 7, edits, in_lines=True)))


@given(OBJECTS, LAYOUTS, st.data())
def test_edits_do_what_they_say(value: Any, layout: Any, data: st.DataObject) -> None:
    raw = json.dumps(value, **layout).encode()
    pointer = data.draw(st.sampled_from(list(places(value))))
    *above, key = pointer
    other = json.loads(raw)
    holder = at(other, tuple(above))
    assert edited(raw, Replace(pointer, "é\n")) == with_value(value, pointer, "é\n")
    assert edited(raw, Replace(pointer, [Copied(pointer)])) == with_value(value, pointer, [at(value, pointer)])
    if isinstance(holder, dict):
        assert edited(raw, Insert(tuple(above), "new", 1)) == with_value(value, (*above, "new"), 1)
        renamed = edited(raw, Rename(pointer, "new"))
        expected = {("new" if name == key else name): each for name, each in holder.items()}
        assert list(at(renamed, tuple(above)).items()) == list(expected.items())
    else:
        order = data.draw(st.permutations(range(len(holder))))
        expected_list = [holder[index] for index in order]
        assert at(edited(raw, Reorder(tuple(above), tuple(order))), tuple(above)) == expected_list
    del holder[key]
    assert edited(raw, Remove(pointer)) == other


def with_value(value: Any, pointer: Pointer, new: Any) -> Any:
    copy = json.loads(json.dumps(value))
    at(copy, pointer[:-1])[pointer[-1]] = new
    return copy


@given(OBJECTS, LAYOUTS)
def test_a_field_is_found_where_a_walk_finds_it(value: Any, layout: Any) -> None:
    raw = json.dumps(value, **layout).encode()
    for pointer in places(value):
        member, walked = member_at(raw, pointer), ItemSpans(raw)
        assert member.value_span == walked.value_span(pointer)
        assert member.span == walked.part_span(pointer)


@given(VALUES, LAYOUTS)
def test_a_value_on_one_line_is_the_same_value(value: Any, layout: Any) -> None:
    raw = json.dumps(value, **layout).encode()
    line = on_one_line(raw)
    assert b"\n" not in line
    assert json.loads(line) == value


@given(VALUES, LAYOUTS)
def test_json_in_a_string_is_taken_out_as_it_is_written(value: Any, layout: Any) -> None:
    raw = json.dumps({"a": json.dumps(value, **layout)}).encode()
    assert edited(raw, Replace(("a",), Unquoted(("a",)))) in ({"a": value}, json.loads(raw))


@given(st.text(alphabet='abc\\"é😀\n', max_size=12), st.text(alphabet='abc\\"é😀\n', max_size=12), st.booleans())
def test_of_a_text_only_what_differs_is_touched(old: str, new: str, ascii_: bool) -> None:
    raw = json.dumps({"a": old}, ensure_ascii=ascii_).encode()
    assert edited(raw, Replace(("a",), new)) == {"a": new}


@given(st.text(alphabet="ab\\é ", max_size=4), st.sampled_from([b"\xff", b"\xe2\x82", b"\xed\xa0\x80"]))
def test_a_text_that_is_no_utf_8_stays(begin: str, no_character: bytes) -> None:
    raw = json.dumps({"a": begin}).encode()[:-2] + no_character + b'b"}'
    assert splices_of(raw, 0, [Replace(("a",), begin + "b")], in_lines=True) == ()


@given(st.binary(max_size=30), st.data())
def test_changes_of_two_passes_are_changes_of_one(first: bytes, data: st.DataObject) -> None:
    second, one = changed(first, data)
    third, two = changed(second, data)
    old = new = 0
    for change in one.then(two):
        assert first[old : change.start] == third[new : change.new_start]
        old, new = change.end, change.new_end
    assert first[old:] == third[new:]


def changed(content: bytes, data: st.DataObject) -> tuple[bytes, Changes]:
    """The bytes with some of them replaced, and what was."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=6)))
    made, changes, position = b"", Changes(), 0
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        text = data.draw(st.binary(max_size=4))
        made += content[position:start]
        changes.add(start, end, len(made), len(made) + len(text), ("a-rule",))
        made += text
        position = end
    return made + content[position:], changes
