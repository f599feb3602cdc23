"""A field that the API does not know.

The API refuses unknown fields nearly everywhere, so a misspelt name fails the request even if the field was
optional. Where the name is near to one that the object may have, the finding says which; where it is a name of
another API, of a call of an SDK, or of another place, it says what to write instead.

The API then answers, for that request only and hours later: `max_token: Extra inputs are not permitted`.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_token": 100, "messages": [...]}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 100, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors, members
from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation
from batchlint.spelling import meant, only_meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("schema:additionalProperties",),
    source="recorded answers of the API; Python SDK request types",
    checked="2026-11-23",
    fixes=("safe", "unsafe"),
)

FEW = 8
"""Members of an object that are all named where none of them is near."""


def check(violation: Violation) -> Iterator[Problem]:
    from batchlint.analysis.schema_fixes import fix_of_member
    from batchlint.facts.member import ANY

    name = violation.expected
    pointer = (*violation.pointer, name)
    known = violation.known or members().find(name, violation.pointer)
    nearest = meant(name, violation.members)
    if nearest is not None and known is members().find(ANY, violation.pointer):
        known = None  # What is said of any other name there; a misspelling says more.
    message = f"unknown field `{name[:80]}`"
    if known is not None:
        message += f": {known.what}"
        help_ = known.instead
    elif nearest is not None:
        message += f"; did you mean `{nearest}`?"
        help_ = f"rename it to `{nearest}`"
    else:
        help_ = "remove it" + _known_here(violation.members)
    yield Problem(
        pointer=pointer,
        message=message,
        help=help_,
        api_error=errors().text("extra_input", path=violation.api_path_of(pointer)),
        impact=violation.impact,
        at_key=True,
        fix=fix_of_member(violation, known, only_meant(name, violation.members)),
    )


def _known_here(members: tuple[str, ...]) -> str:
    return f"; known here: {', '.join(members)}" if 0 < len(members) <= FEW else ""
