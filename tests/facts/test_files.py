"""The files of facts: each has its shape, says where its facts come from and when, and carries nothing of a machine."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from batchlint.facts import packing, reading
from batchlint.facts.reading import DIRECTORY, Table

FILES = sorted(Path(DIRECTORY).glob("*.toml"))
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def content(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every member, at any depth."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield name, member
            yield from walk(member)
    elif isinstance(value, list):
        for element in value:
            yield from walk(element)


def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads((Path(DIRECTORY) / "facts.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def packed_into(directory: Path) -> None:
    (directory / "packed").mkdir(exist_ok=True)
    packing.pack(directory, directory / "packed")


@each_file
def test_a_file_has_the_shape_that_its_schema_describes(file: Path) -> None:
    document = json.loads(json.dumps(content(file), default=datetime.date.isoformat))
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors({file.stem: document})] == []


@pytest.mark.parametrize(
    "document",
    [
        {"checked": "2026-11-23", "model": {"claude-x": {"status": "active"}}},
        {"source": "docs", "checked": "2026-11-23", "model": {"claude-x": {"status": "fine"}}},
        {"source": "docs", "checked": "2026-11-23", "model": {"claude-x": {"status": "active", "max_output": "64K"}}},
        {"source": "docs", "checked": "2026-11-23", "model": {"claude-x": {"status": "retired"}}},
        {"source": "docs", "checked": "November", "model": {"claude-x": {"status": "active"}}},
        {"source": "docs", "checked": "2026-11-23", "model": {"gpt-4": {"status": "active"}}},
    ],
)
def test_the_schema_refuses_what_is_wrong(document: dict[str, Any]) -> None:
    assert not validator().is_valid({"models": document})


@each_file
def test_dates_are_dates_and_no_text(file: Path) -> None:
    for name, value in walk(content(file)):
        if name in packing.DATES:
            assert type(value) is datetime.date, name
        elif isinstance(value, str):
            assert not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value), (name, value)
        else:
            assert not isinstance(value, datetime.date), f"{name} is a date that packed files do not know"


@each_file
def test_no_model_was_released_after_it_was_looked_at(file: Path) -> None:
    document = content(file)
    tables = [document, *(value for _, value in walk(document) if isinstance(value, dict))]
    for table in tables:
        if "released" in table:
            assert table["released"] <= table.get("checked", document["checked"]), file.name


@each_file
def test_a_file_carries_nothing_of_a_machine(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"(?:/work/|/home/|/root/|/tmp/|/Users/|[A-Z]:\\)\S*", text) == []


@each_file
def test_a_packed_file_holds_the_same(file: Path, tmp_path: Path) -> None:
    source = tmp_path / file.name
    source.write_bytes(file.read_bytes())
    packed_into(tmp_path)
    assert packing.unpack(str(source), source.read_bytes()) == content(file)


def test_a_packed_file_counts_only_for_the_text_that_it_was_made_of(tmp_path: Path) -> None:
    source = tmp_path / "small.toml"
    source.write_bytes(b"requests = 1\n")
    assert packing.unpack(str(source), source.read_bytes()) is None
    packed_into(tmp_path)
    assert packing.unpack(str(source), b"requests = 1\n") == {"requests": 1}
    assert packing.unpack(str(source), b"requests = 2\n") is None


def test_a_file_is_read_with_and_without_its_packed_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "DIRECTORY", tmp_path)
    (tmp_path / "small.toml").write_bytes(b"checked = 2026-11-23\nrequests = 1\n")
    expected = {"checked": datetime.date(2026, 11, 23), "requests": 1}
    assert reading.read("small") == expected
    packed_into(tmp_path)
    assert reading.read("small") == expected
    (tmp_path / "small.toml").write_bytes(b"checked = 2026-11-23\nrequests = 2\n")
    assert reading.read("small")["requests"] == 2


def test_entries_take_source_and_date_from_their_file() -> None:
    old, new = datetime.date(2025, 1, 1), datetime.date(2026, 1, 1)
    document = {"source": "docs", "checked": old, "model": {"a": {}, "b": {"source": "issue", "checked": new}}}
    assert reading.entries(document, "model") == {
        "a": {"source": "docs", "checked": old},
        "b": {"source": "issue", "checked": new},
    }


class Small(Table):
    requests: int
    names: tuple[str, ...]


def test_a_table_has_just_the_fields_that_its_class_annotates() -> None:
    table = Small({"source": "docs", "requests": 1, "names": ["a"]})
    assert (table.requests, table.names) == (1, ("a",))
    with pytest.raises(TypeError, match="names"):
        Small({"requests": 1})
    with pytest.raises(TypeError, match="more"):
        Small({"requests": 1, "names": [], "more": 1})
    with pytest.raises(AttributeError, match="read only"):
        table.requests = 2
