"""The API's answers when it refuses: `errors.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from batchlint.facts.reading import entries, read


class ApiError(NamedTuple):
    """One refusal, as a template: see `errors.toml`."""

    text: str
    certainty: Literal["captured", "documented", "issue", "by-analogy"]
    source: str
    checked: date


class ApiErrors(NamedTuple):
    """Refusals by a key of our own."""

    templates: Mapping[str, ApiError]

    def text(self, key: str, **values: object) -> str:
        """The answer of the API; raises KeyError for an unknown key or a missing value."""
        return self.templates[key].text.format(**values)


def load() -> ApiErrors:
    """Reads `errors.toml`."""
    return ApiErrors({key: ApiError(**table) for key, table in entries(read("errors"), "error").items()})
