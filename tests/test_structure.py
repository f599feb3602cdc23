"""No module imports one that imports it back, directly or through others: each can be read after those it imports."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

import structure

FILES = {
    "a/__init__.py": "from a.one import x",
    "a/one.py": "from a import two",
    "a/two.py": "def late():\n    from a.three import y",
    "a/three.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a.one",
    "a/four.py": "import a.five\nimport json",
    "a/five.py": "",
}


def test_there_is_no_import_circle() -> None:
    assert structure.circles(structure.imports(structure.SOURCE)) == []


def test_an_import_circle_is_found_wherever_its_imports_are(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert structure.circles(structure.imports(tmp_path)) == [["a.one", "a.three", "a.two"]]


def test_a_request_is_watched_on_its_way(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_text('{"custom_id": "a", "params": {}}\n', encoding="utf-8")
    entered = structure.way(str(path))
    assert [name for name in dict.fromkeys(entered) if name.startswith("batchlint.engine")][:2] == [
        "batchlint.engine.engine",
        "batchlint.engine.custom_ids",
    ]
