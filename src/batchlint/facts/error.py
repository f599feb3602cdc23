"""What the API answers when it refuses: `errors.toml`, typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from batchlint.facts.reading import entries, read


class ApiError(NamedTuple):
    """One refusal, as a template: see `errors.toml`."""

    text: str
    certainty: Literal["captured", "documented", "issue", "by-analogy"]
    source: str
    checked: date


@dataclass(frozen=True, slots=True, eq=False)
class ApiErrors:
    """Refusals by a key of our own."""

    templates: Mapping[str, ApiError]

    def __getitem__(self, key: str) -> ApiError:
        """The refusal of that key; raises KeyError."""
        return self.templates[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.templates)

    def text(self, key: str, **values: object) -> str:
        """What the API answers; raises KeyError for an unknown key or a missing value."""
        return self.templates[key].text.format(**values)


def load() -> ApiErrors:
    """Reads `errors.toml`."""
    return ApiErrors({key: ApiError(**table) for key, table in entries(read("errors"), "error").items()})
