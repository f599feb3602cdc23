"""temperature, top_p or top_k, which API version 2026-10-21 no longer knows.

That version refuses them for every model, even at their defaults; version 2023-06-01 takes them where the model does.
Version 2 of the Python SDK sends the newer version unless it is set. Which version the batch will be created
with is not in the file: say it with `--api-version`. With 2023-06-01 this rule is silent, with 2026-10-21 the
parameters are reported as unknown fields.

The API then answers, for that request only and hours later: `temperature: Extra inputs are not permitted`.

Example:

    {"model": "claude-haiku-4-5", "temperature": 0, "max_tokens": 1024, "messages": [...]}

Instead:

    {"model": "claude-haiku-4-5", "max_tokens": 1024, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.sampling import given, refused_by_model, refused_while_thinking
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema import NEWEST_VERSION, WIDEST_VERSION

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("member:temperature", "member:top_p", "member:top_k"),
    source="docs: api/migration-2026-10-21; recorded answers",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.options.api_version is not None:
        return
    said = request.once(refused_by_model).keys() | request.once(refused_while_thinking)
    removed = [name for name in given(request) if name not in said]
    if removed:
        remove = f"remove {'it' if len(removed) == 1 else 'them'}"
        yield Problem(
            pointer=("params", removed[0]),
            message=f"API version {NEWEST_VERSION} no longer knows {' and '.join(f'`{name}`' for name in removed)}",
            help=f"{remove}, or pass --api-version {WIDEST_VERSION} if that is the one you use",
            api_error=errors().text("extra_input", path=removed[0]),
            at_key=True,
        )
