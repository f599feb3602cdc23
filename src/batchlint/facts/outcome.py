"""The outcomes of requests, and what to do about each: `outcomes.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from batchlint.facts.reading import entries, read


class OutcomeClass(NamedTuple):
    """One class of outcomes."""

    name: str
    meaning: str
    """A few words, as in "3 requests: MEANING"."""
    rank: int
    """0 is the best."""
    source: str
    checked: date
    advice: str = ""
    """What to do, as a sentence without a capital; empty where there is nothing to do."""
    succeeded: bool = False
    """There is an answer, and it was billed."""
    retried: bool = False
    """Worth sending again unchanged, unless somebody says otherwise."""
    needs_fix: bool = False


class MessagePart(NamedTuple):
    """A part of an error's message that tells its class, whatever its type is."""

    contains: str
    class_name: str
    error_type: str | None
    source: str
    checked: date


class CreationRefusal(NamedTuple):
    """A refusal of a whole batch when it is created, by its code."""

    status: int
    """The HTTP status that it comes with."""
    advice: str
    """What to do, as a sentence without a capital."""
    source: str
    checked: date


class Outcomes(NamedTuple):
    """How results are classified, and why a batch may not be created."""

    classes: Mapping[str, OutcomeClass]
    """By name, the best first."""
    result_types: Mapping[str, str]
    stop_reasons: Mapping[str, str]
    error_types: Mapping[str, str]
    untyped: Mapping[str, str]
    """Words by which an error without a known type is recognised."""
    messages: tuple[MessagePart, ...]
    creation: Mapping[str, CreationRefusal]
    """By `error.details.error_code`."""

    def of_error(self, error_type: str, message: str) -> OutcomeClass:
        """The class of an error: one that says nothing is unknown, one that nobody knows is to be fixed."""
        text = message.lower()
        for part in self.messages:
            if part.contains in text and part.error_type in (None, error_type):
                return self.classes[part.class_name]
        name = self.error_types.get(error_type)
        if name is None:
            name = self._of_words(f"{error_type} {text}".lower()) if error_type or text else "unknown"
        return self.classes[name]

    def _of_words(self, text: str) -> str:
        """The name of the class of an error whose type is not known, by the words that it uses."""
        words = {**self.error_types, **self.untyped}
        return next((name for word, name in words.items() if word in text), "fix")


def load() -> Outcomes:
    """Reads `outcomes.toml`."""
    document = read("outcomes")
    classes = entries(document, "class")
    parts = entries(document, "message").values()
    return Outcomes(
        classes={
            name: OutcomeClass(name=name, rank=rank, **table) for rank, (name, table) in enumerate(classes.items())
        },
        result_types=document["result_type"],
        stop_reasons=document["stop_reason"],
        error_types=document["error_type"],
        untyped=document["untyped"],
        messages=tuple(
            MessagePart(part["contains"], part["class"], part.get("type"), part["source"], part["checked"])
            for part in parts
        ),
        creation={code: CreationRefusal(**table) for code, table in entries(document, "creation").items()},
    )
