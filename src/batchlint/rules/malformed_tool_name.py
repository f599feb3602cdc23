"""A tool's name with a character that is not allowed, or too many of them.

The name of your own tool is made of letters without accents, digits, `_` and `-`, 1 to 128 of them (64 on Bedrock).
Names with a namespace in front, or with spaces, are the usual offenders: `files.read`, `server/search`, `Get weather`.

The API then answers, for that request only and hours later: `tools.0.custom.name: String should match pattern
'^[a-zA-Z0-9_-]{1,128}$'`.

Example:

    {"name": "files.read", "input_schema": {"type": "object"}}

Instead:

    {"name": "files_read", "input_schema": {"type": "object"}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from batchlint.analysis.request_schemas import ToolList, tool_list
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:custom",),
    source="published OpenAPI document; error texts quoted in issues",
    checked="2026-11-23",
)


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_malformed_names)


def _malformed_names(tools: ToolList) -> Iterator[Problem]:
    import re

    pattern = limits().tool.name_pattern
    for index, tool in enumerate(tools.tools):
        name = tool.get("name")
        if name is None or (tool.get("type") or "custom") != "custom" or re.fullmatch(pattern, name):
            continue
        yield Problem(
            pointer=("params", "tools", index, "name"),
            message=f'the tool name "{name[:60]}" {_reason(name)}',
            help=f"write 1 to {limits().tool.name_max_length} letters, digits, _ or -",
            api_error=errors().text("wrong_pattern", path=f"tools.{index}.custom.name", pattern=pattern),
        )


def _reason(name: str) -> str:
    if not name:
        return "is empty"
    wrong = next((letter for letter in name if not (letter.isascii() and (letter.isalnum() or letter in "_-"))), None)
    return f"is {len(name):,} characters long" if wrong is None else f"holds {_shown(wrong)}"


def _shown(letter: str) -> str:
    if letter == " ":
        return "a space"
    return f'"{letter}"' if letter.isprintable() else f"the character U+{ord(letter):04X}"
