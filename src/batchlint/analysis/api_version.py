"""Problems that depend on the API version that the batch will be created with."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Pointer, Problem
from batchlint.schema import NEWEST_VERSION, WIDEST_VERSION


def refused_since_2026_10_21(request: Request, pointer: Pointer, what: str, instead: str) -> Iterator[Problem]:
    """That the newest API version refuses it: a warning where the version is not known, nothing for the older one."""
    version = request.options.api_version
    if version == WIDEST_VERSION:
        return
    if version is None:
        yield Problem(
            pointer=pointer,
            message=f"{what}: API version {NEWEST_VERSION} refuses that, {WIDEST_VERSION} takes it",
            help=f"{instead}, or pass --api-version {WIDEST_VERSION} if that is the one you use",
            severity="warning",
        )
    else:
        yield Problem(pointer=pointer, message=f"{what}: API version {version} refuses that", help=instead)
