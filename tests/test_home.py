"""What depends on whether the project has a public home: all of it follows from one constant."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from batchlint import __version__, resources

PROJECT = Path(__file__).parent.parent
EXAMPLE = str(PROJECT / "examples" / "requests.jsonl")
SOURCE = (PROJECT / "src" / "batchlint" / "resources.py").read_text(encoding="utf-8")
HOME = "https://example.com/somebody/batchlint"
PROGRAM = """
from batchlint import resources
resources.HOME = {home!r}
from batchlint.__main__ import run
run()
"""


def document(form: str, home: str | None) -> Any:
    """The document of that format on a file with findings, where this is the project's home."""
    program = PROGRAM.format(home=home)
    command = [sys.executable, "-c", program, "--no-config", "--as-of", "2026-11-23", "--format", form, EXAMPLE]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def of_the_project(folder: str, name: str) -> Any:
    """A module of the project that is outside of the package."""
    sys.path.insert(0, str(PROJECT / folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


def test_without_a_home_no_address_is_given() -> None:
    assert {each["url"] for each in document("json", None)["findings"]} == {None}
    assert "informationUri" not in document("sarif", None)["runs"][0]["tool"]["driver"]
    assert document("rdjson", None)["source"] == {"name": "batchlint"}
    assert resources.schema_id("findings") == "urn:batchlint:findings"


def test_with_a_home_findings_and_reports_lead_there() -> None:
    findings = document("json", HOME)["findings"]
    assert findings
    for each in findings:
        assert each["url"] == f"{HOME}/blob/v{__version__}/docs/rules/{each['rule']}.md"
    driver = document("sarif", HOME)["runs"][0]["tool"]["driver"]
    assert driver["informationUri"] == HOME
    assert driver["rules"][0]["helpUri"].startswith(f"{HOME}/blob/")
    assert document("rdjson", HOME)["source"]["url"] == HOME


def test_the_ids_of_the_schemas_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "HOME", HOME)
    assert resources.schema_id("batch-request", "2023-06-01") == (
        f"{HOME}/raw/main/schemas/batch-request-2023-06-01.schema.json"
    )


def test_snippets_and_ids_follow_at_the_first_run_and_at_the_next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    home = of_the_project("tools", "home")
    page = """\
    uses: OWNER/REPOSITORY@COMMIT # this repository, at a commit of it
    uses: OWNER/REPOSITORY@COMMIT
    uses: other/action@COMMIT
  - repo: URL # this repository's URL, or the path of a clone
    rev: COMMIT # a tag or commit of it
"""
    schema = '{"$id": "urn:batchlint:findings", "x": 1}'
    assert home.with_home(page) == page
    assert home.with_id(schema, "findings") == schema
    monkeypatch.setattr(resources, "HOME", HOME)
    for version in ("0.1.0", "0.2.0"):
        monkeypatch.setattr(home, "__version__", version)
        page = home.with_home(page)
        assert f"repo: {HOME}\n    rev: v{version}\n" in page
        assert page.count(f"uses: somebody/batchlint@v{version}\n") == 2
        assert "OWNER" not in page
        assert "uses: other/action@COMMIT\n" in page
    assert home.with_id(schema, "findings") == f'{{"$id": "{HOME}/raw/main/schemas/findings.schema.json", "x": 1}}'


@pytest.mark.parametrize("file", sorted((PROJECT / "schemas").glob("*.json")), ids=lambda path: path.name)
def test_every_schema_has_the_id_that_its_name_says(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = file.name.removesuffix(".schema.json")
    kind, dash, version = name.partition("-20")
    words = (kind, dash[1:] + version) if dash else (name,)
    written = re.search(r"^HOME.* = (.+)$", SOURCE, re.MULTILINE)
    assert written
    monkeypatch.setattr(resources, "HOME", ast.literal_eval(written[1]))
    assert json.loads(file.read_text(encoding="utf-8"))["$id"] == resources.schema_id(*words)


def test_how_to_install_an_extra_names_a_registry_only_with_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "pip install '.[api]'" in resources.how_to_install("api")
    assert "batchlint[" not in resources.how_to_install("api")
    monkeypatch.setattr(resources, "HOME", HOME)
    assert resources.how_to_install("api") == "pip install 'batchlint[api]'"


def test_no_message_tells_to_install_by_name() -> None:
    wrong = [
        path.relative_to(PROJECT)
        for path in (PROJECT / "src").rglob("*.py")
        if path.name != "resources.py" and "install 'batchlint[" in path.read_text(encoding="utf-8")
    ]
    assert wrong == []


def test_the_readme_of_a_release_has_links_that_lead_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[a](docs/a.md#b) [c](#d) [e](https://example.com/f) ![g](docs/g.svg) [h](mailto:i@example.com)"
    links = of_the_project(".", "hatch_build").absolute_links
    assert links(text, resources.page_url) == text
    monkeypatch.setattr(resources, "HOME", HOME)
    base = f"{HOME}/blob/v{__version__}"
    assert links(text, resources.page_url) == (
        f"[a]({base}/docs/a.md#b) [c](#d) [e](https://example.com/f) ![g]({base}/docs/g.svg) [h](mailto:i@example.com)"
    )


def test_an_old_python_gets_one_sentence() -> None:
    refuse = of_the_project(".", "hatch_build").refuse_old_python
    refuse((3, 11))
    with pytest.raises(SystemExit) as stopped:
        refuse((3, 10))
    assert stopped.value.code == "batchlint needs Python 3.11 or newer, and this is Python 3.10"
