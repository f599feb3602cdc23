"""Which rule would have caught what the API refused: the request is linted now."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.config.settings import Settings
from batchlint.engine import Engine
from batchlint.finding import Finding
from batchlint.results.messages import says_the_same
from batchlint.rule import Pointer, Severity
from batchlint.sources import source_of_bytes

SURE, SAME_PLACE, SAME_REQUEST = 3, 2, 1
"""How well a finding fits an error: it foretells the message, points at the same place, or is of the same request."""


class Caught(NamedTuple):
    """What batchlint says of a request that the API refused."""

    rule: str
    severity: Severity
    message: str
    help: str
    pointer: Pointer
    at_key: bool
    fits: int
    """`SURE`, `SAME_PLACE` or `SAME_REQUEST`."""


class Catcher:
    """Lints single requests."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rules = [rule for rule in settings.rules if "batch" not in rule.triggers]

    def caught(self, raw: bytes, message: str, named: Pointer | None) -> Caught | None:
        """What the rules say of a request of which the API said `message`, and named that place; None: nothing."""
        engine = Engine(self._settings.options, self._rules, self._settings.severities)
        best: Caught | None = None
        with source_of_bytes(b"[" + raw + b"]") as source:
            for finding in engine.check(source):
                found = _caught(finding, message, named)
                if found is not None and (best is None or found.fits > best.fits):
                    best = found
        return best


def _caught(finding: Finding, message: str, named: Pointer | None) -> Caught | None:
    problem = finding.problem
    pointer = problem.pointer or ()
    if problem.api_error is not None and says_the_same(problem.api_error, message):
        fits = SURE
    elif named is not None and len(named) > 1 and pointer == named:
        fits = SAME_PLACE
    elif finding.severity == "error":
        fits = SAME_REQUEST
    else:
        return None
    return Caught(finding.rule.name, finding.severity, problem.message, problem.help, pointer, problem.at_key, fits)
