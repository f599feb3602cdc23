"""Facts about the API, as data: each function reads one TOML file of this folder, once, when it is first called.

Every fact names its `source` and the day it was `checked`; what is not known is absent from the file and
`None` in Python, and a rule says nothing about it. The types live in the modules next to the files.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from batchlint.facts.advisor import Advisors
    from batchlint.facts.beta import Betas
    from batchlint.facts.country import Countries
    from batchlint.facts.dialect import Dialects
    from batchlint.facts.error import ApiErrors
    from batchlint.facts.limit import Limits
    from batchlint.facts.media_type import Media
    from batchlint.facts.member import Members
    from batchlint.facts.model import Model, Models
    from batchlint.facts.outcome import Outcomes
    from batchlint.facts.platform import Platforms
    from batchlint.facts.price import Prices
    from batchlint.facts.schema_keywords import JsonSchema
    from batchlint.facts.tool import Tools

__all__ = [
    "Model",
    "advisors",
    "betas",
    "countries",
    "dialects",
    "errors",
    "json_schema",
    "limits",
    "media",
    "members",
    "models",
    "outcomes",
    "platforms",
    "prices",
    "tools",
]


@cache
def advisors() -> Advisors:
    """Which models may advise which (`advisors.toml`)."""
    from batchlint.facts.advisor import load

    return load()


@cache
def errors() -> ApiErrors:
    """The answer of the API when it refuses (`errors.toml`)."""
    from batchlint.facts.error import load

    return load()


@cache
def betas() -> Betas:
    """The beta headers, and what needs one (`betas.toml`)."""
    from batchlint.facts.beta import load

    return load()


@cache
def countries() -> Countries:
    """The codes of countries, and which of them the web search takes (`countries.toml`)."""
    from batchlint.facts.country import load

    return load()


@cache
def dialects() -> Dialects:
    """How to tell the batch files and model ids of other APIs (`dialects.toml`)."""
    from batchlint.facts.dialect import load

    return load()


@cache
def json_schema() -> JsonSchema:
    """What JSON Schema is, and the part of it that structured outputs take (`json_schema.toml`)."""
    from batchlint.facts.schema_keywords import load

    return load()


@cache
def limits() -> Limits:
    """The API's limits and this project's own (`limits.toml`)."""
    from batchlint.facts.limit import load

    return load()


@cache
def media() -> Media:
    """Media types, magic bytes, sizes of images and pages (`media.toml`)."""
    from batchlint.facts.media_type import load

    return load()


@cache
def members() -> Members:
    """Well-known wrong names of members, and wrong values (`members.toml`)."""
    from batchlint.facts.member import load

    return load()


@cache
def models() -> Models:
    """The models of the Claude API, retired ones included, found by id or alias (`models.toml`)."""
    from batchlint.facts.model import load

    return load()


@cache
def outcomes() -> Outcomes:
    """What requests come back as, and what to do then (`outcomes.toml`)."""
    from batchlint.facts.outcome import load

    return load()


@cache
def platforms() -> Platforms:
    """The other platforms that run batches, and what differs there (`platforms.toml`)."""
    from batchlint.facts.platform import load

    return load()


@cache
def prices() -> Prices:
    """What a batch costs, by model (`prices.toml`)."""
    from batchlint.facts.price import load

    return load()


@cache
def tools() -> Tools:
    """The tools that Anthropic defines (`tools.toml`)."""
    from batchlint.facts.tool import load

    return load()
