"""Compiles the scanner, where there is something to compile it with; `hatch_build.py` puts it into the package.

Without it everything works and finds the same, so nothing here lets an installation fail, unless that is asked for by
BATCHLINT_BUILD_NATIVE=1; with 0, nothing is tried. `python native/build_library.py` compiles it and puts it beside the
package, as an editable install does.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Final, NamedTuple

WANTED: Final = "BATCHLINT_BUILD_NATIVE"
TARGET: Final = "BATCHLINT_BUILD_TARGET"
"""A target for `cargo zigbuild`, such as x86_64-unknown-linux-gnu.2.17: the oldest glibc that the library runs with."""
SECONDS: Final = 60
"""What compiling may take; it takes ten."""
CRATE: Final = Path(__file__).resolve().parent
BUILT: Final = {"win32": "batchlint_scanner.dll", "darwin": "libbatchlint_scanner.dylib"}
"""What cargo calls the library."""
PLACE: Final = Path("batchlint", "engine", "scanner.bin")
"""What it is called in the package, on every system: a name that Python does not take for one of its modules."""
SUM: Final = PLACE.with_suffix(".sum")
"""The file beside it that says what it has to be: to load one of which a part is missing ends the process."""


class Built(NamedTuple):
    """What came of it."""

    library: Path | None
    """Where cargo has put it; None: there is none."""
    outcome: str
    """In a few words."""


def build() -> Built:
    """Compiles the library. Raises SystemExit only where it was insisted on and cannot be done."""
    wanted = os.environ.get(WANTED, "")
    if wanted == "0":
        return Built(None, f"scanner: left out, because {WANTED}=0")
    built = _compiled()
    if built.library is None and wanted == "1":
        raise SystemExit(f"batchlint build: {built.outcome}, but {WANTED}=1 insists on it")
    return built


def put_beside(built: Built, sources: Path) -> None:
    """Puts the library into the package in `sources`, or takes one away that is of an earlier build."""
    place = sources / PLACE
    if built.library is None:
        place.unlink(missing_ok=True)
        (sources / SUM).unlink(missing_ok=True)
        return
    place.parent.mkdir(exist_ok=True)
    # A process may be using the one that is there.
    fresh = place.with_suffix(f".{os.getpid()}")
    shutil.copyfile(built.library, fresh)
    (sources / SUM).write_text(sum_of(built.library), encoding="ascii")
    fresh.replace(place)


def sum_of(library: Path) -> str:
    """The size of a library and its CRC-32, as `batchlint.engine.native` asks for them."""
    data = library.read_bytes()
    return f"{len(data)} {zlib.crc32(data)}\n"


def _compiled() -> Built:
    cargo = shutil.which("cargo")
    if cargo is None:
        return Built(None, "scanner: left out, because there is no cargo")
    if not (CRATE / "Cargo.toml").exists():
        return Built(None, "scanner: left out, because its sources are not here")
    target = CRATE / "target"
    wanted_target = os.environ.get(TARGET, "")
    command = [
        cargo,
        "zigbuild" if wanted_target else "build",
        "--release",
        "--lib",
        "--offline",
        "--locked",
        "--quiet",
    ]
    if wanted_target:
        command += ["--target", wanted_target]
    try:
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                [*command, "--manifest-path", str(CRATE / "Cargo.toml"), "--target-dir", str(target)],
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                start_new_session=True,
            )
            failure = _ended(process)
            if failure is None:
                errors.seek(0)
                lines = errors.read().decode(errors="replace").strip().splitlines()
                failure = (lines[0] if lines else "no word") if process.returncode else ""
    except OSError as error:
        failure = str(error)
    if failure:
        return Built(None, f"scanner: left out, because it could not be compiled ({failure})")
    built_in = target / wanted_target.partition(".")[0] if wanted_target else target
    library = built_in / "release" / BUILT.get(sys.platform, "libbatchlint_scanner.so")
    if not library.exists():
        return Built(None, "scanner: left out, because cargo has put it elsewhere")
    return Built(library, "scanner: compiled")


def _ended(process: subprocess.Popen[bytes]) -> str | None:
    """Waits for the compiler, but not for ever; returns why not to wait any longer."""
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        return f"{SECONDS} seconds were not enough"
    return None


if __name__ == "__main__":
    done = build()
    put_beside(done, CRATE.parent / "src")
    sys.stdout.write(done.outcome + "\n")
