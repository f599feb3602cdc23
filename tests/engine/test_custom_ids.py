"""Ids that are packed are known as those are that are kept as texts."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine import custom_ids, packed_ids
from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.packed_ids import PackedIds, digest_of
from batchlint.rule import Related
from batchlint.sources import open_source
from batchlint.sources.item import Item
from tests.engine.ways import lines

ids = st.lists(st.sampled_from("abcdefgh"), max_size=20)


def used(paths: list[str], packed_from: int) -> list[Related | None]:
    """The known facts about each use of an id in these files."""
    known = CustomIds()
    known.forget(packed_from)
    found = []
    for path in paths:
        known.begin_file(path)
        with open_source(path) as source:
            for item in source:
                assert isinstance(item, Item)
                custom_id = item.value["custom_id"]
                before = known.among([custom_id, "never"])
                found.append(known.add(custom_id, item))
                assert before == ({custom_id} if found[-1] is not None else set())
    return found


def written(folder: Path, files: list[list[str]]) -> list[str]:
    paths = []
    for number, names in enumerate(files):
        path = folder / f"{number}.jsonl"
        path.write_bytes(lines([{"custom_id": name, "params": {}} for name in names]))
        paths.append(path.as_posix())
    return paths


@given(files=st.lists(ids, max_size=4), packed_from=st.integers(1, 9))
def test_packed_ids_are_known_all_the_same(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[str]], packed_from: int
) -> None:
    folder = tmp_path_factory.mktemp("ids")
    paths = written(folder, [names for names in files if names])
    assert used(paths, packed_from) == used(paths, 1 << 20)


@given(names=st.lists(st.text(min_size=1, max_size=3), max_size=20), packed_from=st.integers(1, 9))
def test_ids_with_one_digest_are_distinguished(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], packed_from: int
) -> None:
    folder = tmp_path_factory.mktemp("ids")
    paths = written(folder, [names, names[::2]] if names else [])
    expected = used(paths, 1 << 20)
    with mock.patch.object(packed_ids, "digest_of", return_value=b"12345678"):
        known = CustomIds()
        known.forget(packed_from)
        found = []
        for path in paths:
            known.begin_file(path)
            with open_source(path) as source:
                found += [known.add(item.value["custom_id"], item) for item in source if isinstance(item, Item)]
    assert found == expected


def test_places_that_need_many_bytes() -> None:
    packed = PackedIds()
    large = (1 << 33) + 5
    packed.add_places([large, large + 10], [7, 8], [1, 2], [3, large + 9], line=large, line_offset=4)
    packed.add(digest_of("a"), 1)
    assert packed.place(0) == (large, 7, large + 1, 4)
    assert packed.place(1) == (large + 10, 8, large + 2, large + 9)
    assert list(packed.numbers(digest_of("a"))) == [1]
    assert not list(packed.numbers(digest_of("b")))


def test_a_batch_is_never_packed() -> None:
    assert custom_ids.PACKED_FROM > 100_000
