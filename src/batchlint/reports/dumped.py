"""JSON as the reports write it."""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii
from typing import Any


def dumped(value: Any, indent: int | None = None) -> str:
    """JSON on one line, or on many, in ASCII: text from a file can hold lone surrogates, which no encoding would take.

    The log of a CI service takes `##[error]` for a command wherever it is in a line, so two signs of a number
    before a bracket are written otherwise; to a reader of JSON nothing has changed.
    """
    return without_commands(json.dumps(value, indent=indent))


def quoted(text: str) -> str:
    """A text as JSON, as `dumped` writes it."""
    return without_commands(encode_basestring_ascii(text))


def without_commands(text: str) -> str:
    """JSON without what a log takes for a command."""
    return text.replace("##", "#\\u0023") if "##" in text else text
