"""Manifests: small JSON files next to what a command wrote, which say what it was made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from batchlint import __version__
from batchlint.files.atomic import sha256_of_source
from batchlint.results.account import Account
from batchlint.results.output_files import Draft
from batchlint.results.requests import Requests

SUFFIX = ".manifest.json"
MAXIMUM_BYTES = 1 << 28
"""Of a manifest that is read."""


def manifest_path(output: Path) -> Path:
    """Where the manifest of an output is: `retry.jsonl` has `retry.jsonl.manifest.json`."""
    return output.with_name(output.name + SUFFIX)


def sources_of(requests: Requests) -> list[dict[str, Any]]:
    """The sources as a manifest describes them."""
    return [
        {"path": source.path, "sha256": sha256_of_source(source), "requests": count}
        for source, count in zip(requests.sources, requests.counts, strict=True)
    ]


def results_of(account: Account) -> list[dict[str, Any]]:
    """The results files as a manifest describes them."""
    return [
        {"path": file.source.path, "sha256": sha256_of_source(file.source), "rows": file.rows} for file in account.files
    ]


def described(draft: Draft, container: str, requests: int) -> dict[str, Any]:
    """A file that was written, as a manifest describes it."""
    size, sha256 = draft.size, draft.sha256
    return {"path": draft.final.name, "sha256": sha256, "container": container, "requests": requests, "bytes": size}


def written(kind: str, head: dict[str, Any], requests: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The bytes of a manifest: what is said once, then the requests, one a line."""
    yield json.dumps({"batchlint": __version__, "kind": kind, **head}, indent=1)[:-2].encode() + b',\n "requests": ['
    separator = b"\n  "
    for request in requests:
        yield separator + json.dumps(request).encode()
        separator = b",\n  "
    yield b"]}\n"


def manifests_in(folders: Iterable[Path], kind: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The manifests of one kind in these folders; what cannot be read as one is passed over."""
    paths = {path.resolve(): path for folder in folders if folder.is_dir() for path in folder.glob(f"*{SUFFIX}")}
    for path in sorted(paths.values()):
        content = read_manifest(path)
        if content.get("kind") == kind:
            yield path, content


def read_manifest(path: Path) -> dict[str, Any]:
    """The content of a manifest; empty for what cannot be read as one."""
    try:
        content = json.loads(path.read_bytes()) if path.stat().st_size <= MAXIMUM_BYTES else None
    except (OSError, ValueError, RecursionError):
        content = None
    return content if isinstance(content, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list of a manifest; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
