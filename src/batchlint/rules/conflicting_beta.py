"""A tool that the API refuses together with a beta header of the batch.

The toolsets for computer and browser use are refused together with `fine-grained-tool-streaming-2025-05-14`. The
headers are not in the file: this is only looked at where they are declared (`--beta NAME`).

The API then refuses each such request, hours later; its text is not known.

Example, with `--beta fine-grained-tool-streaming-2025-05-14`:

    {"type": "computer_toolset_20260801"}

Instead: create the batch without that header, which no tool needs any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:computer_toolset_20260801", "tool:browser_toolset_20260801"),
    source="docs: tool-use/tool-reference (client toolsets), browser-use-tool (request errors)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    declared = request.options.opening
    if not declared:
        return
    for index, tool in enumerate(request.params.get("tools") or ()):
        known = tools().find(tool.get("type") or "custom")
        for header in known.refused_with if known else ():
            if header in declared:
                yield Problem(
                    pointer=("params", "tools", index, "type"),
                    message=f"{tool['type']} is refused together with the declared header {header}",
                    help=f"create the batch without {header}, and do not declare it",
                )
