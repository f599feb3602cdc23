"""A value that is not one of those allowed.

The API takes only the values that its reference lists, for example `user` and `assistant` for a role, or `5m` and
`1h` for the lifetime of a cache.

The API then answers, for that request only and hours later: `service_tier: Input should be 'auto' or
'standard_only'`.

Example:

    {"role": "tool", "content": "..."}

Instead:

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "..."}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.json_words import described, listed
from batchlint.facts import errors, members, models
from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation
from batchlint.spelling import meant, only_meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("schema:enum", "schema:const"),
    source="Python SDK request types; measured by users 2026-08-31",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(violation: Violation) -> Iterator[Problem]:
    from batchlint.analysis.schema_fixes import fix_of_value

    allowed = _allowed(violation)
    names = [value for value in allowed if isinstance(value, str)]
    name, found = str(violation.pointer[-1]), violation.value
    known = members().find_value(name, found) if isinstance(found, str) else None
    nearest = meant(found, names) if isinstance(found, str) and known is None else None
    what = "this element" if isinstance(violation.pointer[-1], int) else f"`{name}`"
    message = f"{what} may not be {_shown(found)}"
    if known is not None:
        message, help_ = f"{message}: {known.what}", known.instead
    elif found is None and violation.optional:
        help_ = f"leave `{name}` out: the API does not read null as absent here"
    else:
        message += f"; did you mean `{nearest}`?" if nearest else ""
        help_ = f"write {listed([_shown(value) for value in allowed if value is not None or len(allowed) == 1])}"
    yield Problem(
        pointer=violation.pointer,
        message=message,
        help=help_,
        api_error=(
            errors().text("unexpected_role", role=_raw(found))
            if name == "role"
            else errors().text("not_in_enum", path=violation.api_path, expected=listed([repr(each) for each in names]))
        ),
        impact=violation.impact,
        fix=fix_of_value(violation, known, only_meant(found, names)),
        variant=_shown(found),
    )


def _allowed(violation: Violation) -> list[Any]:
    """The values that are allowed there; of roles, `system` only where the model is known to take it."""
    allowed = violation.expected if violation.keyword == "enum" else [violation.expected]
    if violation.pointer[-1] == "role" and not _may_be_system(violation):
        return [value for value in allowed if value != "system"]
    return list(allowed)


def _may_be_system(violation: Violation) -> bool:
    """Whether a message may be of role system: not the first one, and not for every model."""
    model_id = violation.item["params"].get("model")
    model = models().find(model_id) if isinstance(model_id, str) else None
    return violation.pointer[-2] != 0 and model is not None and model.system_role == "accepted"


def _shown(value: Any) -> str:
    return f'"{value[:60]}"' if isinstance(value, str) else described(value)


def _raw(value: Any) -> str:
    return value[:60] if isinstance(value, str) else described(value)
