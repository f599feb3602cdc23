"""What one result is: its class, and what it has in common with others."""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.facts import outcomes
from batchlint.facts.outcome import OutcomeClass
from batchlint.results.messages import normalised

MAXIMUM_OUTCOMES = 2_000
"""Different outcomes that are told apart; a real batch has a handful, a hostile file must not fill the memory."""
REMEMBERED = 4_096
"""Messages of which the outcome is remembered word for word."""
OTHERS = "(other messages)"
UNANSWERED = frozenset(("thinking", "redacted_thinking"))
"""Content blocks that are no answer by themselves."""


class Outcome(NamedTuple):
    """What results of one kind have in common: class, type of result, stop_reason or type of error, and message."""

    of_class: OutcomeClass
    result_type: str
    reason: str
    """The stop_reason of a success, the type of an error; empty where there is none."""
    message: str
    """An error's message, normalised."""


class ApiError(NamedTuple):
    """What an errored result says. `is_flat` where it stands one level higher than the API puts it."""

    type: str
    message: str
    is_flat: bool


class Classifier:
    """Numbers the outcomes that it meets, so that a result is remembered as one small number."""

    def __init__(self) -> None:
        self._facts = outcomes()
        self.outcomes: list[Outcome] = [Outcome(self._facts.classes["missing"], "", "", "")]
        """By number; 0 is what has no result."""
        self._numbers: dict[Outcome, int] = {self.outcomes[0]: 0}
        self._by_stop_reason: dict[tuple[str, bool], int] = {}
        self._by_message: dict[tuple[str, str], int] = {}
        self.flat_errors = 0

    def number_of(self, result: dict[str, Any]) -> int:
        """The number of a result's outcome; raises nothing, whatever the result holds."""
        kind = result.get("type")
        if kind == "succeeded":
            message = result.get("message")
            return self._success(message if isinstance(message, dict) else {})
        if kind == "errored":
            error = error_of(result)
            self.flat_errors += error.is_flat
            return self._error(error)
        name = str(kind)[:100]
        of_class = self._facts.classes[self._facts.result_types.get(name, "unknown")]
        return self._number(Outcome(of_class, name, "", ""))

    def _success(self, message: dict[str, Any]) -> int:
        reason = message.get("stop_reason")
        reason = reason[:100] if isinstance(reason, str) else str(reason)[:100]
        is_empty = not _answers(message.get("content"))
        number = self._by_stop_reason.get((reason, is_empty))
        if number is None:
            name = self._facts.stop_reasons.get(reason, "unknown")
            if name == "ok" and is_empty:
                name = "empty"
            number = self._number(Outcome(self._facts.classes[name], "succeeded", reason, ""))
            if len(self._by_stop_reason) < REMEMBERED:
                self._by_stop_reason[reason, is_empty] = number
        return number

    def _error(self, error: ApiError) -> int:
        key = (error.type, error.message)
        number = self._by_message.get(key)
        if number is None:
            of_class = self._facts.of_error(*key)
            number = self._number(Outcome(of_class, "errored", error.type, normalised(error.message)))
            if len(self._by_message) < REMEMBERED:
                self._by_message[key] = number
        return number

    def _number(self, outcome: Outcome) -> int:
        if len(self.outcomes) >= MAXIMUM_OUTCOMES and outcome not in self._numbers:
            outcome = outcome._replace(reason="", message=OTHERS)
        number = self._numbers.setdefault(outcome, len(self.outcomes))
        if number == len(self.outcomes):
            self.outcomes.append(outcome)
        return number


def error_of(result: dict[str, Any]) -> ApiError:
    """The error of an errored result: nested as the API gives it, flat as others save it, or as bare text."""
    error = result.get("error")
    if not isinstance(error, dict):
        return ApiError("", str(error or ""), True)
    inner = error.get("error")
    if isinstance(inner, dict):
        return ApiError(str(inner.get("type") or "")[:100], str(inner.get("message") or ""), False)
    return ApiError(str(error.get("type") or "")[:100], str(error.get("message") or inner or ""), True)


def _answers(content: Any) -> bool:
    """Whether the content of a message holds an answer: a text that is not blank, or a block of another kind."""
    if not isinstance(content, list):
        return bool(content)
    for block in content:
        kind = block.get("type") if isinstance(block, dict) else None
        if kind == "text":
            text = block.get("text")
            if not isinstance(text, str) or (text and not text.isspace()):
                return True
        elif kind not in UNANSWERED:
            return True
    return False
