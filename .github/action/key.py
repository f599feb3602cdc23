"""Prints outputs of a step: where the action installs batchlint, the key under which that is cached, and the version.

The key is made of everything that the installation depends on: the files of the package, the interpreter, the system,
the folder (a virtual environment cannot be moved), and the month, so that dependencies do not grow old.
"""

import datetime
import hashlib
import os
import platform
import re
import sys
from pathlib import Path

SOURCES = ("src", "native", "schemas", "hatch_build.py", "pyproject.toml", "README.md", ".github/action")
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


def digest(root: Path) -> str:
    """A hash over the names and contents of the files that make the package."""
    found = hashlib.sha256()
    for source in SOURCES:
        path = root / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts and "target" not in file.parts:
                found.update(file.relative_to(root).as_posix().encode() + b"\0")
                found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:32]


def main() -> None:
    """Prints a line `name=value` for each output."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ["RUNNER_TEMP"]) / "batchlint"
    place = hashlib.sha256(f"{folder}{sys.executable}".encode()).hexdigest()[:8]
    month = datetime.datetime.now(datetime.UTC).strftime("%Y-%m")
    system = f"{sys.platform}-{platform.machine()}-{platform.python_version()}"
    version = VERSION.search((root / "src" / "batchlint" / "resources.py").read_text(encoding="utf-8"))
    lines = {
        "folder": str(folder),
        "key": f"batchlint-{system}-{month}-{place}-{digest(root)}",
        "version": version[1] if version else "",
    }
    sys.stdout.write("".join(f"{name}={value}\n" for name, value in lines.items()))


main()
