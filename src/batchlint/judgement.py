"""What is found in a request, and what of it holds for all requests of one outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from batchlint.rule import Problem, Rule

Found = tuple[Rule, Problem]


LONGEST_RECOGNISED: Final = 16_384
"""Bytes of the longest request that is recognised; to decode a longer one costs little more than that."""


class Judgement(NamedTuple):
    """What holds for all requests of one outline (`batchlint.outline`)."""

    found: Sequence[Found]
    """What the schema, and the rules that look at nothing that an outline leaves out, have found, in document order."""
    rules: tuple[Rule, ...]
    """The rules that have to be asked about each request."""


class Recognised(NamedTuple):
    """Stands for the value of a request that was not decoded, since there is a judgement on its outline."""

    custom_id: str | None
    judgement: Judgement
