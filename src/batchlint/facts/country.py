"""Countries by their two-letter codes, and which of them the web search takes: `countries.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from batchlint.facts.reading import read


class Countries(NamedTuple):
    """Two-letter codes, as a country is given in `user_location`."""

    codes: frozenset[str]
    """Those of ISO 3166-1."""
    reserved: frozenset[str]
    """Those that ISO 3166 keeps for other uses than a country's."""
    meant: Mapping[str, str]
    """The code that people mean who write another one."""
    refused: frozenset[str]
    """Those of countries that the API was seen to refuse."""


def load() -> Countries:
    """Reads `countries.toml`."""
    document = read("countries")
    return Countries(
        codes=frozenset(document["codes"]),
        reserved=frozenset(document["reserved"]),
        meant=document["meant"],
        refused=frozenset(document["refused"]["codes"]),
    )
