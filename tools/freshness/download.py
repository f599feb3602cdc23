"""An SDK in a folder of its own: nothing that is installed changes, and nothing of it is run but its types."""

import subprocess
import sys
import tarfile
from pathlib import Path

from .sdk import PACKAGE

NPM_PACKAGE = "@anthropic-ai/sdk"


class NotDownloaded(Exception):
    """The package could not be had; the message is what pip or npm says, in a line."""


def python_sdk(wanted: str, folder: Path) -> Path:
    """The folder that has the Python SDK: `wanted` itself where it is such a folder, or else downloaded by pip.

    `wanted` is a folder, a number or `latest`. What the SDK depends on is taken from the environment that runs this.
    """
    given = Path(wanted)
    if (given / PACKAGE).is_dir():
        return given.resolve()
    requirement = PACKAGE if wanted == "latest" else f"{PACKAGE}=={wanted}"
    options = ["--quiet", "--no-deps", "--disable-pip-version-check", "--no-compile", "--target", str(folder)]
    _run([sys.executable, "-m", "pip", "install", *options, requirement], "pip")
    return folder


def npm_sdk(wanted: str, folder: Path) -> Path:
    """The folder that has the npm package, downloaded and unpacked; `wanted` may be that folder, or the package file.

    No script of the package is run.
    """
    given = Path(wanted)
    if given.is_dir():
        return given
    archive = given if given.is_file() else _packed(wanted, folder)
    with tarfile.open(archive) as package:
        package.extractall(folder, filter="data")
    return folder


def _packed(wanted: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    _run(
        ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), f"{NPM_PACKAGE}@{wanted}"],
        "npm",
    )
    return next(folder.glob("*.tgz"))


def _run(command: list[str], program: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        raise NotDownloaded(f"{program} is not installed") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
        raise NotDownloaded(f"{program}: {said[-1].strip() if said else f'exit code {done.returncode}'}")
