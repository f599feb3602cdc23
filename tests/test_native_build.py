"""Building the scanner may fail, and then the package is built without it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
CRATE = PROJECT / "native"
needs_cargo = pytest.mark.skipif(shutil.which("cargo") is None, reason="no cargo")


@pytest.fixture
def crate(tmp_path: Path) -> Path:
    """A copy of the crate, next to a package that has a scanner of an earlier build."""
    copy = tmp_path / "native"
    shutil.copytree(CRATE, copy, ignore=shutil.ignore_patterns("target"))
    place_of_library(copy).parent.mkdir(parents=True)
    place_of_library(copy).write_bytes(b"of an earlier build")
    return copy


def place_of_library(crate: Path) -> Path:
    return crate.parent / "src" / "batchlint" / "engine" / "scanner.bin"


def build(crate: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Builds the library and puts it next to the package."""
    command = [sys.executable, str(crate / "build_library.py")]
    wanted = {"BATCHLINT_BUILD_NATIVE": "", **environment}
    return subprocess.run(command, env={**os.environ, **wanted}, capture_output=True, text=True, check=False)


def test_it_is_not_built_where_that_is_not_wanted(crate: Path) -> None:
    done = build(crate, BATCHLINT_BUILD_NATIVE="0")
    assert (done.returncode, done.stdout) == (0, "scanner: left out, because BATCHLINT_BUILD_NATIVE=0\n")
    assert not place_of_library(crate).exists()


@pytest.mark.parametrize("wanted", ["", "1"])
def test_it_is_left_out_where_there_is_not_a_cargo(crate: Path, tmp_path: Path, wanted: str) -> None:
    done = build(crate, BATCHLINT_BUILD_NATIVE=wanted, PATH=str(tmp_path))
    if wanted:
        assert done.returncode == 1
        assert "there is no cargo, but BATCHLINT_BUILD_NATIVE=1 insists" in done.stderr
    else:
        assert (done.returncode, done.stdout) == (0, "scanner: left out, because there is no cargo\n")
        assert not place_of_library(crate).exists()


@needs_cargo
def test_what_is_built_has_its_sum_next_to_it(crate: Path) -> None:
    assert build(crate).stdout == "scanner: compiled\n"
    data = place_of_library(crate).read_bytes()
    assert place_of_library(crate).with_suffix(".sum").read_text("ascii") == f"{len(data)} {zlib.crc32(data)}\n"
    assert build(crate, BATCHLINT_BUILD_NATIVE="0").returncode == 0
    assert not place_of_library(crate).with_suffix(".sum").exists()


@needs_cargo
@pytest.mark.parametrize("wanted", ["", "1"])
def test_it_is_left_out_where_it_cannot_be_compiled(crate: Path, wanted: str) -> None:
    (crate / "src" / "lib.rs").write_text("fn broken(", encoding="utf-8")
    done = build(crate, BATCHLINT_BUILD_NATIVE=wanted)
    assert done.returncode == (1 if wanted else 0)
    assert "scanner: left out, because it could not be compiled (error: " in done.stdout + done.stderr
    assert wanted or not place_of_library(crate).exists()


@needs_cargo
def test_a_compiler_that_does_not_end_is_not_waited_for(crate: Path, tmp_path: Path) -> None:
    waiting = tmp_path / "bin" / "cargo"
    waiting.parent.mkdir()
    waiting.write_text("#!/bin/sh\nsleep 1000\n", encoding="utf-8")
    waiting.chmod(0o755)
    script = crate / "build_library.py"
    script.write_text(script.read_text(encoding="utf-8").replace("SECONDS: Final = 60", "SECONDS: Final = 1"), "utf-8")
    done = build(crate, PATH=f"{waiting.parent}{os.pathsep}{os.environ['PATH']}")
    assert "1 seconds were not enough" in done.stdout
