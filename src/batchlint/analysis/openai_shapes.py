"""Parts of requests in the shape of OpenAI's API that have one translation."""

from __future__ import annotations

from typing import Any

from batchlint.edits import Copied, Fix, Replace, safe
from batchlint.rule import Pointer
from batchlint.schema import Violation
from batchlint.schema.fitting import takes

CHOICES = {"auto": "auto", "none": "none", "any": "any", "required": "any"}
"""What OpenAI's tool_choice says in a word, and the type that means the same."""
FUNCTION_MEMBERS = {"name": "name", "description": "description", "parameters": "input_schema", "strict": "strict"}
"""What OpenAI's function has, by its name here."""


def translated(violation: Violation, holder: Pointer) -> Fix | None:
    """The fix that writes the object at a pointer in the shape that the API takes; None where it is no such object."""
    value: Any = violation.item
    for key in holder:
        value = value[key]
    if not isinstance(value, dict):
        return None
    kind = value.get("type")
    made = None
    if kind == "function" and isinstance(value.get("function"), dict):
        made = _choice(value, holder) if holder[-1] == "tool_choice" else _tool(value, holder)
    elif kind == "image_url":
        made = _image(value, holder)
    if made is None or not takes(violation.item, holder, _plain(made, violation.item)):
        return None
    return safe(Replace(holder, made))


def choice_of_word(word: Any) -> dict[str, Any] | None:
    """The tool_choice that a word stands for."""
    kind = CHOICES.get(word) if isinstance(word, str) else None
    return None if kind is None else {"type": kind}


def _tool(value: dict[str, Any], holder: Pointer) -> dict[str, Any] | None:
    function = value["function"]
    if not function.keys() <= FUNCTION_MEMBERS.keys() or not value.keys() <= {"type", "function", "cache_control"}:
        return None
    made: dict[str, Any] = {}
    for name, member in FUNCTION_MEMBERS.items():
        if function.get(name) is not None:
            made[member] = Copied((*holder, "function", name))
    if "cache_control" in value:
        made["cache_control"] = Copied((*holder, "cache_control"))
    return made


def _choice(value: dict[str, Any], holder: Pointer) -> dict[str, Any] | None:
    if value["function"].keys() != {"name"}:
        return None
    return {"type": "tool", "name": Copied((*holder, "function", "name"))}


def _image(value: dict[str, Any], holder: Pointer) -> dict[str, Any] | None:
    image = value.get("image_url")
    place: Pointer = (*holder, "image_url")
    if isinstance(image, dict):
        image, place = image.get("url"), (*place, "url")
    if not isinstance(image, str):
        return None
    if image.startswith("https://"):
        return {"type": "image", "source": {"type": "url", "url": Copied(place)}}
    head, comma, data = image.partition(",")
    media_type, semicolon, coding = head.removeprefix("data:").partition(";")
    if not comma or not head.startswith("data:") or coding != "base64" or not semicolon:
        return None
    return {"type": "image", "source": {"type": "base64", "media_type": media_type, "data": data}}


def _plain(value: Any, item: Any) -> Any:
    """A value without `Copied`: what is copied is put in."""
    if isinstance(value, Copied):
        for key in value.pointer:
            item = item[key]
        return item
    if isinstance(value, dict):
        return {name: _plain(each, item) for name, each in value.items()}
    return value
