"""How the modules are laid out: no import circle, so that each can be read after those it imports, few modules in the
package's own folder, and no class name twice."""

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


def test_there_is_not_a_import_circle() -> None:
    assert structure.circles(structure.imports(structure.SOURCE)) == []


def test_an_import_circle_is_found_wherever_its_imports_are(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert structure.circles(structure.imports(tmp_path)) == [["a.one", "a.three", "a.two"]]


def test_few_modules_lie_flat_in_the_package() -> None:
    assert len(structure.flat(structure.SOURCE)) <= 15


def test_no_class_name_is_used_twice() -> None:
    assert structure.repeated_classes(structure.SOURCE) == {}


def test_a_repeated_class_name_is_found_with_its_modules(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("class One: ...\nclass Two: ...\n", encoding="utf-8")
    (tmp_path / "b.py").write_text("def make():\n    class One: ...\n", encoding="utf-8")
    assert structure.repeated_classes(tmp_path) == {"One": ["a", "b"]}


def test_a_request_is_watched_on_its_way(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_text('{"custom_id": "a", "params": {}}\n', encoding="utf-8")
    entered = structure.way(str(path))
    assert [name for name in dict.fromkeys(entered) if name.startswith("batchlint.engine")][:2] == [
        "batchlint.engine.engine",
        "batchlint.engine.custom_ids",
    ]
