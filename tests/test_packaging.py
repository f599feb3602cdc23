"""What surrounds the package: the release, the recipe, the image, the forms; each says what pyproject.toml says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from batchlint import __version__

PROJECT = Path(__file__).parent.parent
ABOUT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))


def document(path: str) -> Any:
    return yaml.safe_load((PROJECT / path).read_text(encoding="utf-8"))


def release(copy: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(copy / "tools" / "release.py"), *words]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """As much of the project as tools/release.py reads, with a changelog of its own."""
    for name in ("tools/release.py", "src/batchlint/resources.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    sections = ("# Changelog", "## Unreleased", f"## {__version__} - 2026-12-01", "### Added", "- A thing.", "## 0.0.1")
    (tmp_path / "CHANGELOG.md").write_text("\n\n".join([*sections, "- Old.\n"]), encoding="utf-8")
    return tmp_path


def test_a_tag_is_the_version_and_has_a_section_in_the_changelog(copy: Path) -> None:
    assert release(copy, "check", f"v{__version__}").returncode == 0
    assert release(copy, "notes", f"v{__version__}").stdout == "### Added\n\n- A thing.\n"
    wrong = release(copy, "check", "v9.9.9")
    assert (wrong.returncode, wrong.stderr) == (
        1,
        f"release: the tag is v9.9.9, and the version of the project is {__version__}\n",
    )
    (copy / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- A thing.\n", encoding="utf-8")
    missing = release(copy, "check", f"v{__version__}")
    assert missing.returncode == 1
    assert "CHANGELOG.md has no section" in missing.stderr
    assert release(copy, "publish", "x").returncode == 2


@pytest.mark.parametrize(
    ("name", "needs", "status"),
    [
        ("batchlint-1-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "manylinux_2_17_x86_64", 0),
        ("batchlint-1-py3-none-manylinux_2_28_x86_64.whl", "manylinux_2_17_x86_64", 0),
        ("batchlint-1-py3-none-manylinux_2_17_x86_64.whl", "manylinux_2_34_x86_64", 1),
        ("batchlint-1-py3-none-linux_x86_64.whl", "manylinux_2_34_x86_64", 1),
    ],
)
def test_a_wheel_does_not_promise_an_older_system_than_it_runs_on(
    copy: Path, name: str, needs: str, status: int
) -> None:
    auditwheel = copy / "auditwheel"
    auditwheel.write_text(f"""#!/bin/sh\necho '{{"overall_tag": "{needs}"}}'\n""", encoding="utf-8")
    auditwheel.chmod(0o755)
    done = release(copy, "platform", name, PATH=f"{copy}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == status, done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_what_the_schema_says_and_pin_what_they_use(path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            uses = step.get("uses", "./")
            assert uses == "./" or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", uses)


def test_dependabot_s_file_is_what_the_schema_says() -> None:
    path = PROJECT / ".github" / "dependabot.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.dependabot", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_recipe_asks_for_what_the_package_asks_for() -> None:
    recipe = document("packaging/conda-forge/recipe.yaml")
    assert recipe["context"]["version"] == __version__
    assert f">={recipe['context']['python_min']}" == ABOUT["project"]["requires-python"]
    run = {each.replace(" ", "") for each in recipe["requirements"]["run"] if not each.startswith("python ")}
    assert run == set(ABOUT["project"]["dependencies"])
    (entry_point,) = recipe["build"]["python"]["entry_points"]
    assert entry_point == f"batchlint = {ABOUT['project']['scripts']['batchlint']}"
    assert recipe["about"]["license"] == ABOUT["project"]["license"]


def test_the_citation_is_of_this_version() -> None:
    citation = document("CITATION.cff")
    assert citation["version"] == __version__
    assert citation["license"] == ABOUT["project"]["license"]


def test_every_form_for_issues_asks_for_the_version() -> None:
    forms = [path for path in (PROJECT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]
    assert len(forms) == 3
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert {"name", "description", "body"} <= form.keys()
        ids = [part["id"] for part in form["body"]]
        assert "version" in ids
        assert len(ids) == len(set(ids))
    false_alarm = document(".github/ISSUE_TEMPLATE/1-false-alarm.yml")
    required = {part["id"] for part in false_alarm["body"] if part.get("validations", {}).get("required")}
    assert required >= {"request", "answer"}


def test_the_image_copies_what_the_build_needs_and_runs_as_nobody() -> None:
    lines = (PROJECT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER 65534:65534" in lines
    let_in = {
        line[1:] for line in (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"
    }
    assert let_in == {"src", "native", "schemas", "README.md", "LICENSE", "pyproject.toml", "hatch_build.py"}
    for name in let_in:
        assert (PROJECT / name).exists()


def test_line_ends_of_fixtures_are_kept() -> None:
    command = ["git", "check-attr", "text", "tests/rules/byte-order-mark/bad.jsonl", "examples/requests.jsonl"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode == 0:  # a source distribution is no repository
        assert [line.rpartition(": ")[2] for line in done.stdout.splitlines()] == ["unset", "unset"]
