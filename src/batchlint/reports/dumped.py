"""JSON as the reports write it."""

from __future__ import annotations

import json
from typing import Any


def dumped(value: Any) -> str:
    """One line of JSON, in ASCII: text from a file can hold lone surrogates, which no encoding of a stream would take.

    The log of a CI service takes `##[error]` for a command wherever it stands in a line, so two signs of a number
    before a bracket are written otherwise; to a reader of JSON nothing has changed.
    """
    text = json.dumps(value)
    return text.replace("##", "#\\u0023") if "##" in text else text
