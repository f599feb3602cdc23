"""Other platforms that run batches of requests to Claude: `platforms.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from batchlint.facts.member import WrongName
from batchlint.facts.reading import Table, read


class PlatformLimits(Table):
    """Numbers of a platform; None where there is none that is known."""

    image_base64_length: int
    maximum_record_bytes: int
    minimum_records: int | None = None
    maximum_records: int | None = None
    maximum_file_bytes: int | None = None
    maximum_job_bytes: int | None = None


class MissingFeatures(NamedTuple):
    """What is not available on a platform."""

    fields: frozenset[str]
    """Fields of the body."""
    sources: frozenset[str]
    """Types of the sources of images and documents."""
    blocks: frozenset[str]
    """Types of content blocks."""
    tools: tuple[str, ...]
    """What the types of tools begin with."""
    instead: Mapping[str, str]
    """What to do, by the name of a field or a type, where there is something better than to leave it out."""


class Platform(NamedTuple):
    """A platform, and the dialect that its lines are written in."""

    key: str
    """What `--dialect` calls it."""
    name: str
    batch: str
    """What its batches are called."""
    items: tuple[str, ...]
    """The entries of `dialects.toml` by which a file is recognised; the first is that of its requests."""
    id: str
    id_required: bool
    body: str
    containers: tuple[str, ...]
    suffix: str | None
    """What the name of a file has to end in."""
    api_version: str
    """The version of the Messages API whose requests it takes."""
    version_field: str
    version_value: str
    betas_field: str
    columns: Mapping[str, WrongName]
    """Fields that a line may not have next to id and body."""
    fields: Mapping[str, WrongName]
    """Fields that a body may not have, though the Messages API takes them or people write them."""
    text_body: WrongName | None
    """What a body is that is a text, where that is known."""
    silent: frozenset[str]
    """Names of rules that have nothing to say there."""
    warnings: frozenset[str]
    """Names of rules whose errors are warnings there."""
    limits: PlatformLimits
    missing: MissingFeatures


class Platforms(NamedTuple):
    """The platforms, by what `--dialect` calls them."""

    by_key: Mapping[str, Platform]

    def of_item(self, item: str) -> Platform | None:
        """The platform whose files are recognised by that entry of `dialects.toml`."""
        return next((each for each in self.by_key.values() if item in each.items), None)


def load() -> Platforms:
    """Reads `platforms.toml`."""
    return Platforms({key: _platform(key, table) for key, table in read("platforms")["platform"].items()})


def _platform(key: str, table: dict[str, Any]) -> Platform:
    missing = table["missing"]
    return Platform(
        key=key,
        name=table["name"],
        batch=table["batch"],
        items=tuple(table["items"]),
        id=table["id"],
        id_required=table["id_required"],
        body=table["body"],
        containers=tuple(table["files"]),
        suffix=table.get("suffix"),
        api_version=table["api_versions"][0],
        version_field=table["version_field"],
        version_value=table["version_value"],
        betas_field=table["betas_field"],
        columns=_wrong_names(table.get("columns", {})),
        fields=_wrong_names(table["fields"]),
        text_body=WrongName("misplaced", **table["text_body"]) if "text_body" in table else None,
        silent=frozenset(table["silent"]),
        warnings=frozenset(table["warnings"]),
        limits=PlatformLimits(table["limits"]),
        missing=MissingFeatures(
            frozenset(missing["fields"]),
            frozenset(missing["sources"]),
            frozenset(missing["blocks"]),
            tuple(missing["tools"]),
            missing["instead"],
        ),
    )


def _wrong_names(table: Mapping[str, Mapping[str, str]]) -> dict[str, WrongName]:
    return {name: WrongName("misplaced", entry["what"], entry["instead"]) for name, entry in table.items()}
