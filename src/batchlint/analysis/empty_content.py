"""The API's answers to empty texts: they depend on the message that has them, and on its other blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.blank import Blankness, blankness, severity_of
from batchlint.analysis.system_messages import is_directive
from batchlint.analysis.turns import turn_around
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Pointer, Problem, Severity

Content = str | list[dict[str, Any]]


def empty_system(system: str | list[dict[str, Any]]) -> Iterator[Problem]:
    """The problems of a system prompt: an empty block, or nothing in it that says something."""
    yield from _texts(system, ("params", "system"), "system_")


def empty_content(request: Request, index: int) -> Iterator[Problem]:
    """The problems of the content of a message that has an empty or blank text, or none."""
    message, pointer = request.messages[index], ("params", "messages", index, "content")
    content = message.get("content")
    if content is None:
        if message.get("role") == "system" and pointer not in request.refused:
            yield from _system_message_without_content(request, index)
        return
    match message.get("role"):
        case "user" if not content:
            yield from _empty_user_turn(request, index)
        case "user":
            turn = turn_around(request.messages, index)
            others = any(request.messages[each].get("content") for each in turn if each != index)
            yield from _texts(content, pointer, "", "warning" if others else None)
        case "assistant":
            yield from _assistant(request, index, content, pointer)
        case "system" if _has_to_say_something(request, index):
            yield from _system_message(content, pointer, index)


def _empty_user_turn(request: Request, index: int) -> Iterator[Problem]:
    turn = turn_around(request.messages, index)
    around = request.messages[max(turn.start - 1, 0) : turn.stop + 1]
    if any(not message.get("role") or "content" not in message for message in around):
        return  # A neighbour was refused, which may have belonged to the turn and said something.
    if index == turn.start and not any(request.messages[each]["content"] for each in turn):
        yield Problem(
            pointer=("params", "messages", index, "content"),
            message="a message of the user without content",
            help="remove the message, or write something into it",
            api_error=errors().text("empty_user_content", path=f"messages.{index}"),
        )


def _assistant(request: Request, index: int, content: Content, pointer: Pointer) -> Iterator[Problem]:
    """At the end, an empty message is allowed, and a blank one is what the rules about prefill speak of."""
    if index == len(request.messages) - 1:
        if isinstance(content, list) and not (request.model is not None and request.model.accepts_prefill is False):
            yield from _empty_blocks(content, pointer, "")
    elif content:
        if isinstance(content, list):  # Texts of whitespace alone are accepted here: recorded answers of 2026.
            yield from _empty_blocks(content, pointer, "")
    else:
        yield Problem(
            pointer=pointer,
            message="an assistant message without content: until 2025 the API refused it, in 2026 it was accepted",
            help="remove the message, or write something into it",
            api_error=errors().text("empty_content", path=f"messages.{index}"),
            severity="warning",
        )


def _system_message_without_content(request: Request, index: int) -> Iterator[Problem]:
    """The schema lets content be absent or null, for messages that only set options."""
    if _has_to_say_something(request, index):
        yield Problem(
            pointer=("params", "messages", index),
            message="a system message without content",
            help="remove the message, or write something into it",
        )


def _system_message(content: Content, pointer: Pointer, index: int) -> Iterator[Problem]:
    if not content:
        yield Problem(
            pointer=pointer,
            message="a system message without content",
            help="remove the message, or write something into it",
            api_error=errors().text("empty_system_message", path=f"messages.{index}"),
        )
    texts = [(pointer, content)] if isinstance(content, str) else list(_block_texts(content, pointer))
    for place, text in texts:
        kind = blankness(text)
        if content and kind is not None:
            yield _problem(place, kind, errors().text("blank_system_message", path=f"messages.{index}"))


def _texts(content: Content, pointer: Pointer, of: str, blank_severity: Severity | None = None) -> Iterator[Problem]:
    """Each empty block; or else, where nothing says something, the first blank text."""
    if isinstance(content, str):
        texts, only_texts = [(pointer, content)], True
    else:
        yield from _empty_blocks(content, pointer, of)
        texts = list(_block_texts(content, pointer))
        only_texts = len(texts) == len(content)
    kinds = [blankness(text) for _, text in texts]
    kind = kinds[0] if kinds else None
    if kind is not None and only_texts and None not in kinds and "empty" not in kinds:
        severity = blank_severity or severity_of("blank to some" if "blank to some" in kinds else "blank")
        yield _problem(texts[0][0], kind, errors().text(f"blank_{of}text"), severity)


def _empty_blocks(blocks: list[dict[str, Any]], pointer: Pointer, of: str) -> Iterator[Problem]:
    for place, text in _block_texts(blocks, pointer):
        if not text:
            yield _problem(place, "empty", errors().text(f"empty_{of}text"))


def _block_texts(blocks: list[dict[str, Any]], pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    for position, block in enumerate(blocks):
        text = block.get("text") if block.get("type") == "text" else None
        if text is not None:
            yield (*pointer, position, "text"), text


def _problem(pointer: Pointer, kind: Blankness, api_error: str, severity: Severity | None = None) -> Problem:
    what = "block" if pointer[-1] == "text" else "message" if "messages" in pointer else "member"
    return Problem(
        pointer=pointer,
        message="this text is empty" if kind == "empty" else "this text is nothing but whitespace",
        help=f"remove the {what}, or write something into it",
        api_error=api_error,
        severity=severity or severity_of(kind),
    )


def _has_to_say_something(request: Request, index: int) -> bool:
    """Whether a system message needs content: at the beginning, or for some models, its place is the mistake."""
    refused = request.model is not None and request.model.system_role == "refused"
    return index > 0 and not refused and not is_directive(request.messages[index])
