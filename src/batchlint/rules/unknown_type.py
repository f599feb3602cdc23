"""A content block, tool, source or other variant of a type that the API does not know.

The `type` field decides which variant an object is. Types of other APIs (`image_url`, `input_text`, `function`) and
misspelt ones are refused. A tool of a later version than this version of batchlint knows is only a warning, and so is
a type that the API takes without documenting it.

The API then answers, for that request only and hours later: `messages.0.content.0: Input tag 'image_url' found using
'type' does not match any of the expected tags: ...`.

Example:

    {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}

Instead:

    {"type": "image", "source": {"type": "url", "url": "https://example.com/cat.png"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.json_words import described
from batchlint.facts import errors, members
from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation
from batchlint.spelling import meant, only_meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("schema:tag",),
    source="recorded answers of the API; Python SDK request types",
    checked="2026-11-23",
    fixes=("safe",),
)

SHOWN = 8
"""Known types that a finding lists."""


def check(violation: Violation) -> Iterator[Problem]:
    from batchlint.analysis.schema_fixes import fix_of_value
    from batchlint.facts.member import place_of

    allowed = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    names = [name for name in allowed if isinstance(name, str)]
    found = violation.value
    if not isinstance(found, str):
        message, known, nearest, newer = f"`type` should be a string, not {described(found)}", None, None, False
    else:
        message = f'unknown type "{found[:60]}"'
        known = members().find_value(place_of(violation.pointer[:-1]), found)
        newer = _is_newer(found, names)
        nearest = None if known is not None or newer else meant(found, names)
    if known is not None:
        message, help_ = f"{message}: {known.what}", known.instead
    elif nearest is not None:
        message, help_ = f"{message}; did you mean `{nearest}`?", f'write "type": "{nearest}"'
    elif newer:
        message += ", which is newer than this version of batchlint"
        help_ = "check it, or look for a newer version of batchlint"
    else:
        help_ = f"known here: {_shortest(names)}"
    undocumented = known is not None and known.kind == "undocumented"
    yield Problem(
        pointer=violation.pointer,
        message=message,
        help=help_,
        api_error=None
        if undocumented
        else errors().text(
            "wrong_tag",
            path=violation.api_path_of(violation.pointer[:-1]),
            found=str(found)[:60],
            expected=", ".join(repr(name) for name in names[:3]) + (", ..." if len(names) > 3 else ""),
        ),
        severity="warning" if newer or undocumented else None,
        fix=None if newer else fix_of_value(violation, known, only_meant(found, names)),
        variant=str(found)[:60],
    )


def _is_newer(found: str, names: list[str]) -> bool:
    """Whether it is a known type with a later date, as in `web_search_20270101`."""
    base, _, version = found.rpartition("_")
    dates = [name.rpartition("_")[2] for name in names if name.rpartition("_")[0] == base]
    return version.isdigit() and len(version) == 8 and any(date.isdigit() for date in dates) and version > max(dates)


def _shortest(names: list[str]) -> str:
    """The plainest types are those with the shortest names."""
    chosen = sorted(names, key=lambda name: (len(name), name))[:SHOWN]
    return ", ".join(chosen) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
