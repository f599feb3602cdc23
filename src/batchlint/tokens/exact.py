"""Token counts of the API, found again by what was counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest(params: Mapping[str, Any]) -> str:
    """What names a request's params among the counts; the order of the members is no part of it."""
    try:
        text = json.dumps(params, sort_keys=True)
    except (ValueError, RecursionError):  # an endless number, or nested too deep: never counted
        return ""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
