"""What is known about the API, as data: each function reads one TOML file beside it, once, when it is first asked.

Every fact names its `source` and the day it was `checked`; what is not known is absent from the file and
`None` in Python, and a rule says nothing about it. The types live in the modules beside the files.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from batchlint.facts.beta import Betas
    from batchlint.facts.limit import Limits
    from batchlint.facts.member import Members
    from batchlint.facts.model import Model, Models

__all__ = ["Model", "betas", "limits", "members", "models"]


@cache
def models() -> Models:
    """The models of the Claude API, retired ones included, found by id or alias (`models.toml`)."""
    from batchlint.facts.model import load

    return load()


@cache
def limits() -> Limits:
    """The API's limits and this project's own (`limits.toml`)."""
    from batchlint.facts.limit import load

    return load()


@cache
def betas() -> Betas:
    """The beta headers, and what needs one (`betas.toml`)."""
    from batchlint.facts.beta import load

    return load()


@cache
def members() -> Members:
    """Well-known wrong names of members, and wrong values (`members.toml`)."""
    from batchlint.facts.member import load

    return load()
