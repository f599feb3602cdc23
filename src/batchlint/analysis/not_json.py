"""The API's answer to a body that is not JSON."""

from __future__ import annotations


def not_json(refusal: str = "not_json", reason: str = "...") -> str:
    """The answer of that key; N stands for places, which depend on how the body is written when it is sent."""
    from batchlint.facts import errors

    return errors().text(refusal, reason=reason, line="N", column="N", offset="N")
