"""What pages and schemas say about where the project is, once it has a public home (`batchlint.resources.HOME`)."""

from __future__ import annotations

import json
import re

from batchlint import __version__, resources

ACTION = re.compile(r"uses: (?:OWNER/REPOSITORY@COMMIT|\S+/batchlint@v[\d.]+)(?: # this .*)?$", re.MULTILINE)
HOOK = re.compile(r"repo: (?:URL\b.*|https://\S+/batchlint)\n( +)rev: (?:COMMIT\b.*|v[\d.]+)$", re.MULTILINE)
VERSION = re.compile(r'^( *version: "?)[\d.]+("?)$', re.MULTILINE)
"""The places of snippets that name this repository: as they are without a home, and as they are with one."""


def with_home(page: str) -> str:
    """A page whose snippets name the public repository at this version; as it is where there is no home."""
    if not resources.HOME:
        return page
    slug = "/".join(resources.HOME.rstrip("/").split("/")[-2:])
    page = ACTION.sub(f"uses: {slug}@v{__version__}", page)
    return HOOK.sub(rf"repo: {resources.HOME}\n\1rev: v{__version__}", page)


def with_version(text: str) -> str:
    """A file of YAML whose `version` is that of the package."""
    return VERSION.sub(rf"\g<1>{__version__}\g<2>", text)


def with_id(schema: str, *words: str) -> str:
    """A schema whose `$id` is what `schema_id` says."""
    now = json.loads(schema)["$id"]
    return schema.replace(json.dumps(now), json.dumps(resources.schema_id(*words)), 1)
