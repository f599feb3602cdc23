"""From a wheel, a source distribution and an editable install, the same schemas are read and the same is found."""

from __future__ import annotations

import json
import os
import re
import shutil
import site
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.test_hook import BAD, Repository
from tests.test_start import HEAVY_IN_A_WHEEL, loaded_for_what_is_fine

PROJECT = Path(__file__).parent.parent
EXAMPLE = PROJECT / "examples" / "requests.jsonl"
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs", "benchmarks", "dist", "build", "target")
ASK = "from batchlint.resources import schema_path; print(schema_path('findings.schema.json').resolve())"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that a build may write into."""
    copy = tmp_path_factory.mktemp("checkout") / "project"
    shutil.copytree(PROJECT, copy, ignore=LEFT_OUT)
    return copy


@pytest.fixture(scope="module")
def built(checkout: Path) -> Path:
    """The folder of the wheel and the source distribution, built without a network."""
    run([sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist", "."], checkout)
    return checkout / "dist"


def run(command: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def findings(folder: Path, python: str, **environment: str) -> list[tuple[str, int, int]]:
    command = [python, "-m", "batchlint", "--as-of", "2026-11-23", "--no-config", "--format", "json", str(EXAMPLE)]
    document = json.loads(run(command, folder, **environment))
    return [(finding["rule"], finding["line"], finding["column"]) for finding in document["findings"]]


def here() -> list[tuple[str, int, int]]:
    found = findings(PROJECT, sys.executable)
    assert len(found) >= 7
    return found


def test_a_wheel(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert run([sys.executable, "-c", ASK], tmp_path, PYTHONPATH=str(tmp_path)).startswith(str(tmp_path.resolve()))
    assert findings(tmp_path, sys.executable, PYTHONPATH=str(tmp_path)) == here()
    assert (tmp_path / "batchlint" / "tokens" / "cl100k.bin").stat().st_size > 100_000
    assert (tmp_path / "batchlint" / "rules" / "index.json").exists()


def test_a_wheel_with_the_scanner_is_for_one_platform_and_every_python(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    has_scanner = "batchlint/engine/scanner.bin" in names
    wanted = os.environ.get("BATCHLINT_BUILD_NATIVE") != "0"
    assert has_scanner == (wanted and shutil.which("cargo") is not None)
    assert wheel.name.endswith("-py3-none-any.whl") != has_scanner
    assert "-py3-none-" in wheel.name
    assert len(names) == len(set(names))


def test_the_index_of_the_rules_in_a_wheel_says_what_the_rules_say(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-m", "batchlint", "rules", "--format", "json"]
    assert run(command, tmp_path, PYTHONPATH=str(tmp_path)) == run(command, PROJECT)


def test_a_wheel_starts_without_anything_heavy(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert loaded_for_what_is_fine(tmp_path, PYTHONPATH=str(tmp_path)) & HEAVY_IN_A_WHEEL == set()


def test_a_hook_that_installs_a_wheel(built: Path, tmp_path: Path) -> None:
    """The recipe of docs/ci.md, run by pre-commit; what the wheel needs is that of the environment of the tests."""
    (wheel,) = built.glob("*.whl")
    page = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"<!-- a hook that installs a wheel -->\n```yaml\n(.*?)```", page, re.DOTALL)
    repository = Repository(tmp_path / "repository")
    repository.put(".pre-commit-config.yaml", recipe.replace("URL-OF-A-WHEEL", wheel.as_uri()))
    repository.put("001.jsonl", BAD)
    repository.environment |= {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    repository.environment["PYTHONPATH"] = os.pathsep.join(site.getsitepackages())
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1, done.stdout
    assert "001.jsonl:1:" in done.stdout
    assert "error[stream-in-batch]" in done.stdout


def test_a_source_distribution(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    path = {"PYTHONPATH": str(folder / "src")}
    assert run([sys.executable, "-c", ASK], tmp_path, **path).strip() == str(
        (folder / "schemas" / "findings.schema.json").resolve()
    )
    assert findings(tmp_path, sys.executable, **path) == here()


def test_an_editable_install(checkout: Path, tmp_path: Path) -> None:
    run([sys.executable, "-m", "venv", "--without-pip", "venv"], tmp_path)
    python = str(tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
    packages = {"PYTHONPATH": os.pathsep.join(site.getsitepackages())}
    install = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "-e"]
    run([*install, str(checkout)], tmp_path, **packages)
    assert run([python, "-c", ASK], tmp_path, **packages).strip() == str(
        (checkout / "schemas" / "findings.schema.json").resolve()
    )
    assert findings(tmp_path, python, **packages) == here()
