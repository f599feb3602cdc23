"""Builds the package as a release will have it, in a copy of the project, and lets three checkers read it.

    python tools/check_package.py

Needs build, twine, check-wheel-contents and pyroma. Where the project has no public home yet, or its authors no address
(docs/releasing.md), the copy has an example of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", "target", "dist", "build", "site", ".hypothesis"
)
HOME = "https://github.com/OWNER/batchlint"
EMAIL = "authors@example.org"


def main() -> int:
    """Returns 1 where a checker has something to say."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "batchlint")
        shutil.copytree(PROJECT, copy, ignore=LEFT_OUT)
        complete(copy)
        environment = {**os.environ, "BATCHLINT_BUILD_NATIVE": "0"}
        subprocess.run([sys.executable, "-m", "build", "--outdir", "dist", "."], cwd=copy, env=environment, check=True)
        files = [str(path) for path in sorted((copy / "dist").iterdir())]
        wheels = [path for path in files if path.endswith(".whl")]
        checks = (
            ["twine", "check", "--strict", *files],
            ["check-wheel-contents", *wheels],
            ["pyroma", "-n", "10", "."],
        )
        return max(subprocess.run(check, cwd=copy, env=environment, check=False).returncode for check in checks)


def complete(copy: Path) -> None:
    """Fills in what a person has not given yet."""
    resources, project = copy / "src" / "batchlint" / "resources.py", copy / "pyproject.toml"
    source, about = resources.read_text(encoding="utf-8"), project.read_text(encoding="utf-8")
    resources.write_text(re.sub(r"^(HOME.*) = None$", rf'\1 = "{HOME}"', source, flags=re.MULTILINE), encoding="utf-8")
    about = re.sub(r'^(authors = \[\{ name = "[^"]+") \}\]$', rf'\1, email = "{EMAIL}" }}]', about, flags=re.MULTILINE)
    project.write_text(about, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
