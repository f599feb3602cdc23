"""What is found in a case that fits on one line, next to the fixtures of tests/rules."""

from __future__ import annotations

import json
from typing import Any

from batchlint import check_requests
from batchlint.finding import LocatedFinding
from batchlint.options import Options
from tests.knowledge import FACTS_DAY

MESSAGES = [{"role": "user", "content": "hi"}]
PARAMS: dict[str, Any] = {"model": "claude-opus-4-8", "max_tokens": 100, "messages": MESSAGES}


def found(*params: str, **options: Any) -> list[str]:
    """The names of the rules that find something, in order: `found('{"stream": true}') == ["stream-in-batch"]`.

    Each text is what differs in the params of one request from a plain one; a member that is null is left out.
    """
    return [finding.rule.name for finding in findings(*params, **options)]


def findings(*params: str, **options: Any) -> list[LocatedFinding]:
    """The same, with all there is to a finding."""
    changed = [PARAMS | json.loads(text) for text in params]
    requests = [
        {"custom_id": f"request-{number}", "params": {name: value for name, value in each.items() if value is not None}}
        for number, each in enumerate(changed)
    ]
    return check_requests(requests, Options(**{"as_of": FACTS_DAY} | options))
