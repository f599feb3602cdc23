"""Classifies a result, and finds what it has in common with others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from batchlint.facts import outcomes
from batchlint.facts.outcome import OutcomeClass
from batchlint.results.messages import normalised
from batchlint.results.unoffered_tools import calls, calls_not_offered

MAXIMUM_OUTCOMES = 2_000
"""Different outcomes that are distinguished; a real batch has a handful, a hostile file must not fill the memory."""
REMEMBERED = 4_096
"""Messages of which the outcome is remembered word for word."""
OTHERS = "(other messages)"
WRAPPER = "error"
"""The type of the object that the API puts around an error; as the type of an error it says nothing."""
UNOFFERED = "it calls a tool that the request never offered"
"""What an answer is that nobody can go on with as it asks."""
UNANSWERED = frozenset(("thinking", "redacted_thinking"))
"""Content blocks that are no answer by themselves."""


class Outcome(NamedTuple):
    """What results of one kind have in common: class, type of result, stop_reason or type of error, and message."""

    of_class: OutcomeClass
    result_type: str
    reason: str
    """The stop_reason of a success, the type of an error; empty where there is none."""
    message: str
    """An error's message, normalised; of an answer that calls what was never offered, which tool."""


class ResultError(NamedTuple):
    """What an errored result says; empty where it says nothing. `is_flat` where it is one level higher than the API
    puts it.
    """

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

    def number_of(self, result: dict[str, Any], params: Callable[[], Any] = lambda: None) -> int:
        """The number of a result's outcome; raises nothing, whatever the result holds.

        `params` gives those of the request, if they are known; it is called for answers that call tools.
        """
        kind = result.get("type")
        if kind == "succeeded":
            message = result.get("message")
            message = message if isinstance(message, dict) else {}
            number = self._success(message)
            if self.outcomes[number].of_class.name == "ok" and calls(message):
                return self._of_calls(number, calls_not_offered(message, params()))
            return number
        if kind == "errored":
            error = error_of(result)
            self.flat_errors += error.is_flat
            return self._error(error)
        name = str(kind)[:100]
        of_class = self._facts.classes[self._facts.result_types.get(name, "unknown")]
        return self._number(Outcome(of_class, name, "", ""))

    def _success(self, message: dict[str, Any]) -> int:
        reason = message.get("stop_reason")
        reason = "" if reason is None else str(reason)[:100]
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

    def _of_calls(self, number: int, unoffered: list[str]) -> int:
        """The number of an answer that calls tools: it goes on where some of them were never offered."""
        if not unoffered:
            return number
        names = ", ".join(name[:64] for name in unoffered[:3])
        outcome = self.outcomes[number]._replace(
            of_class=self._facts.classes["continue"], message=f"{UNOFFERED}: {names}"
        )
        return self._number(outcome)

    def _error(self, error: ResultError) -> int:
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


def error_of(result: dict[str, Any]) -> ResultError:
    """The error of an errored result: nested as the API gives it, flat as others save it, or as bare text."""
    error = result.get("error")
    if not isinstance(error, dict):
        return _api_error(None, error, is_flat=True)
    inner = error.get("error")
    if isinstance(inner, dict):
        return _api_error(inner.get("type"), inner.get("message"), is_flat=False)
    kind = error.get("type")
    return _api_error(None if kind == WRAPPER else kind, error.get("message") or inner, is_flat=True)


def _api_error(kind: Any, message: Any, *, is_flat: bool) -> ResultError:
    kind, text = str(kind or "")[:100], str(message or "")
    text = "" if text.isspace() else text
    return ResultError(kind, text, is_flat and bool(kind or text))


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
        elif not isinstance(kind, str) or kind not in UNANSWERED:
            return True
    return False
