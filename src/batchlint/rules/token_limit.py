"""A request of more input tokens than the house limit, 80,000 unless you say otherwise.

This is a limit of this project, not of the API: a request that is longer than meant costs more than meant, and long
requests are where generators go wrong. `--max-tokens-per-request N` sets it, 0 turns it off. What a model itself can
take is the matter of `context-window-exceeded`.

Tokens are estimated, and the finding says how surely: the true count lies between the two numbers for 95 of 100
requests. It is an error where the lower one is over the limit, and where the estimate is ("probably"); where only the
upper one is, nothing is said, or a warning with `--strict`. The finding points at the largest part and names the three
largest. With `--count-tokens api` the API counts the requests for which that is not sure, and its count decides.

Example: a request with a document of 400,000 characters.

Instead: a shorter document, several requests, or a higher limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.token_bounds import between, most_tokens
from batchlint.finding import pointer_text
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="waste",
    since="0.1.0",
    triggers=("large-request",),
    source="a house limit; not a limit of the API (docs/tokens.md says how tokens are estimated, and how well)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    limit = request.options.max_tokens_per_request
    if not limit or request.once(most_tokens) <= limit:
        return
    from batchlint.tokens import largest_parts, over_limit

    model = request.params.get("model") or ""
    found = over_limit(request.params, request.size, model, limit, request.options.betas)
    if found is None:
        return
    exact = _counted(request)
    if (found.tokens if exact is None else exact) <= limit and (exact is not None or not request.options.strict):
        return
    surely = "" if found.low > limit or exact is not None else "probably " if found.tokens > limit else "possibly "
    parts = largest_parts(request.params, model)
    named = (f"{pointer_text(part.pointer[1:]) or 'all'} ({part.what}, {part.tokens:,})" for part in parts)
    about = f"{'at least ' if found.at_least else 'about '}{found.tokens:,} ({between(found)})"
    yield Problem(
        pointer=parts[0].pointer if parts else ("params",),
        message=f"{surely}over the house limit of {limit:,} tokens: "
        + (about if exact is None else f"{exact:,}, as the API counts; estimated {about}"),
        help=f"largest: {', '.join(named)}; shorten them, or set --max-tokens-per-request",
        severity="warning" if surely == "possibly " else None,
    )


def _counted(request: Request) -> int | None:
    """The API's own count, where there is one."""
    if not request.options.exact_tokens:
        return None
    from batchlint.tokens.exact import digest

    return request.options.exact_tokens.get(digest(request.params))
