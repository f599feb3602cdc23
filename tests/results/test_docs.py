"""The circle of the documentation is run as it is there: what it shows is what comes out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "results.md"
BLOCK = re.compile(r"```console\n(.*?)```\n", re.DOTALL)


def shown(command: str, folder: Path) -> str:
    """What a command prints on both streams."""
    environment = os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout.decode()


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_the_circle_is_as_it_is_shown(tmp_path: Path, update: bool) -> None:
    folder = tmp_path / "circle"
    shutil.copytree(ROOT / "examples" / "circle", folder)
    (folder / "bin").mkdir()
    launcher = folder / "bin" / "batchlint"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m batchlint "$@"\n')
    launcher.chmod(0o755)

    def run(block: re.Match[str]) -> str:
        commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{shown(line[2:], folder)}" for line in commands) + "```\n"

    page = PAGE.read_text(encoding="utf-8")
    told = BLOCK.sub(run, page)
    assert len(BLOCK.findall(page)) == 3
    if update:
        PAGE.write_text(told, encoding="utf-8")
    assert told == (told if update else page)
    assert len((folder / "all.jsonl").read_bytes().splitlines()) == 4
