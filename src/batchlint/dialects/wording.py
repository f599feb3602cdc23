"""Says in a platform's own words, and at the places of its own lines, what rules say of `custom_id` and `params`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from batchlint.edits import UNPLACED, Copied, Edit, Fix, Insert, Replace, Unquoted
from batchlint.rule import Pointer, Problem

if TYPE_CHECKING:
    from batchlint.facts.platform import Platform

WORDS = re.compile(r'"(?:custom_id|params)":|"[^"]*"|\b(?:custom_id|params)\b')
"""The names where they are names: a text in quotes comes from the file, and stays as it is."""
NUMBERED = re.compile(r"requests(?:\.\d+)?\b")
"""How what the Claude API says of a list of requests begins: no other platform is given a list."""


class Wording:
    """The words of one platform."""

    def __init__(self, platform: Platform) -> None:
        self._names = {"custom_id": platform.id, "params": platform.body}

    def translated(self, problem: Problem) -> Problem:
        """A problem in these words."""
        answer = problem.api_error
        return problem._replace(
            pointer=problem.pointer and self._place(problem.pointer),
            message=self._said(problem.message),
            help=self._said(problem.help),
            api_error=None if answer is None or NUMBERED.match(answer) else answer,
            fix=problem.fix and Fix(problem.fix.safety, tuple(map(self._edit, problem.fix.edits))),
        )

    def _said(self, words: str) -> str:
        return WORDS.sub(self._name, words)

    def _name(self, match: re.Match[str]) -> str:
        found = match[0]
        if found.startswith('"') and not found.endswith(":"):
            return found
        return re.sub(r"\w+", lambda word: self._names.get(word[0], word[0]), found)

    def _place(self, pointer: Pointer) -> Pointer:
        first = pointer[0] if pointer else ""
        return (self._names[first], *pointer[1:]) if isinstance(first, str) and first in self._names else pointer

    def _edit(self, edit: Edit) -> Edit:
        if isinstance(edit, UNPLACED):
            return edit
        if isinstance(edit, Insert | Replace):
            edit = edit._replace(value=self._value(edit.value))
        return edit._replace(pointer=self._place(edit.pointer))

    def _value(self, value: Any) -> Any:
        """A value with the places of what it copies."""
        if isinstance(value, Copied | Unquoted):
            return value._replace(pointer=self._place(value.pointer))
        if isinstance(value, dict):
            return {name: self._value(inner) for name, inner in value.items()}
        return [self._value(inner) for inner in value] if isinstance(value, list) else value
