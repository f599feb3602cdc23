"""Something that only works with an `anthropic-beta` header, and the batch is not known to be created with it.

Beta features are opened by a header of the call that creates the batch, for all its requests; it cannot be written
into the file. Say which headers you send (`--beta NAME`, once for each, or `--beta none`): what needs another one is
then an error, what needs one of these is silent. As long as none is declared, it is a warning. Several things that the
same header opens are one finding.

The API then answers, for that request only and hours later: `context_management: Extra inputs are not permitted`, or
for a type `tools.0: Input tag 'advisor_20260301' found using 'type' does not match any of the expected tags: ...`.

Example:

    {"context_management": {"edits": [{"type": "clear_tool_uses_20250919"}]}, "model": "claude-opus-4-8", ...}

Instead, in the Python SDK:

    client.beta.messages.batches.create(requests=..., betas=["context-management-2025-06-27"])

and `batchlint --beta context-management-2025-06-27 FILE`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.beta_needs import Need, is_related, mistakes, needs
from batchlint.analysis.platform_features import missing_features
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("beta",),
    source="Python SDK: types that only its beta API has; issues that quote the refusals",
    checked="2026-11-23",
)

REFUSED_ANYWAY = ("`fallbacks`", "`thread`")
"""What `unsupported-in-batch` speaks of: no header helps there."""


def check(request: Request) -> Iterator[Problem]:
    declared, platform = request.options.opening, request.options.platform
    unmet = [
        need
        for need in needs(request)
        if need.what not in REFUSED_ANYWAY and (declared is None or declared.isdisjoint(need.headers))
    ]
    if platform is not None:
        unmet = [need for need in unmet if not _is_missing(request, need)]
    for outermost, narrowest in mistakes(unmet):
        related = declared is not None and is_related(declared, narrowest.headers)
        what = outermost.what if outermost is narrowest else f"{outermost.what} with {narrowest.what}"
        headers = " or ".join(narrowest.headers)
        if declared is None:
            ending, otherwise = "", f"and tell batchlint: --beta {narrowest.headers[0]}"
        else:
            ending = ", and another release of it is declared" if related else ", which is not declared"
            otherwise = "or remove what needs it"
        header = "the anthropic-beta header" if platform is None else "the beta"
        place = "send it when you create the batch" if platform is None else f"name it in `{platform.betas_field}`"
        yield Problem(
            pointer=outermost.pointer,
            message=f"{what} needs {header} {headers}{ending}",
            help=f"{place}, {otherwise}",
            api_error=_refusal(request, outermost),
            severity="warning" if declared is None or related else None,
        )


def _is_missing(request: Request, need: Need) -> bool:
    """Whether what needs a header is not available on the platform: no header helps there."""
    for feature in request.once(missing_features):
        holder = feature.pointer if feature.is_field else feature.pointer[:-1]
        if need.pointer[: len(holder)] == holder:
            return True
    return False


def _refusal(request: Request, need: Need) -> str | None:
    if need.refusal is None:
        return None
    from batchlint.schema.api_path import api_path

    if need.refusal == "extra_input":
        return errors().text(need.refusal, path=api_path(request.value, need.pointer))
    holder = need.pointer[:-1]
    found: Any = request.value
    for key in need.pointer:
        found = found[key]
    return errors().text(need.refusal, path=api_path(request.value, holder), found=found, expected="…")
