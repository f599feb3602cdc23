"""The bundled schema of one request: a verdict for every item, an explanation for those that fail."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.resources import schema_text
from batchlint.rule import Impact, Pointer
from batchlint.schema.api_path import api_path
from batchlint.schema.first_look import FirstLook
from batchlint.sources.shallow import shallow

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

    from batchlint.facts.member import WrongName
    from batchlint.facts.platform import Platform

NEWEST_VERSION = "2026-10-21"
WIDEST_VERSION = "2023-06-01"
"""The version whose schema takes whatever any version takes: what only the other refuses is a matter of rules."""
API_VERSIONS = (WIDEST_VERSION, NEWEST_VERSION)
DECIDING = ("type", "role")
"""Members that decide which variant an object is."""


class Violation(NamedTuple):
    """One value that the schema refuses: where, by which keyword, and what was expected there.

    `keyword` is the schema's own, but for a `type` member that chooses between variants: there it is `tag`.
    `expected` is the keyword's value: the missing or unexpected member's name, the allowed values, types, or the bound.
    `members` are the names that the object at `pointer` may have. `item` is the whole item, `index` its place in the
    batch.
    """

    pointer: Pointer
    keyword: str
    expected: Any
    value: Any
    members: tuple[str, ...]
    item: Any
    index: int = 0  # type: ignore[assignment]  # the name hides tuple.index, which nobody asks for
    decisive: bool = False
    """Whether the member decides what the object is (`type`, `role`): without it, nothing else of it was looked at."""
    optional: bool = False
    """Whether the value is in a member that may be left out."""
    known: WrongName | None = None
    """The known facts about an unexpected field, or a text, on the platform that the file is for."""

    @property
    def api_path(self) -> str:
        """The API's own name of the place."""
        return self.api_path_of(self.pointer)

    def api_path_of(self, pointer: Pointer) -> str:
        """The API's own name of another place in the same item."""
        return api_path(self.item, pointer, self.index)

    @property
    def impact(self) -> Impact:
        """What is next to params, and that these are an object, is looked at when the batch is created."""
        inside = self.pointer[:1] == ("params",) and (len(self.pointer) > 1 or self.keyword != "type")
        return "request" if inside else "batch"


class RequestSchema:
    """The schema of one API version; it is compiled once a request needs more than a first look."""

    def __init__(self, version: str, platform: Platform | None = None) -> None:
        import jiter

        self.version = version
        document = jiter.from_json(schema_text(f"batch-request-{version}.schema.json").encode())
        if platform is not None:
            from batchlint.schema.platform import for_platform

            document = for_platform(document, platform)
        self.document: dict[str, Any] = document
        """The schema as JSON."""
        self._wrong_names = _wrong_names(platform)
        self._first_look: FirstLook | None = FirstLook(self.document)

    def is_valid(self, item: Any) -> bool:
        """Whether the schema takes an item."""
        look = self._first_look  # Another thread may end it meanwhile.
        if look is not None:
            if look.is_surely_valid(item):
                return True
            self._first_look = None  # The validator is needed from now on, and is much faster.
        try:
            return self._is_valid(item)
        except ValueError:  # nested too deep for the validator; so deep, the schema asks for nothing
            return self._is_valid(shallow(item))

    @functools.cached_property
    def _validator(self) -> Validator:
        from jsonschema_rs import validator_for

        # The mask keeps the validator from writing values out in its own messages, which nobody reads.
        return validator_for(self.document, validate_formats=False, mask="value")

    @functools.cached_property
    def _is_valid(self) -> Callable[[Any], bool]:
        return self._validator.is_valid

    def violations(self, item: Any, index: int = 0) -> Iterator[Violation]:
        """The violations of the schema in an item, each place and keyword once, in the validator's order."""
        seen = set()
        for error in self._errors(item):
            pointer: Pointer = tuple(error.instance_path)
            keyword, expected = error.kind.name, error.kind.value
            parent = self._subschema(error.schema_path[:-1])
            decisive = self._decides(error.schema_path, expected)
            for name in expected if keyword == "additionalProperties" else (expected,):
                if (pointer, keyword, str(name)) in seen:
                    continue
                seen.add((pointer, keyword, str(name)))
                yield Violation(
                    pointer=pointer,
                    keyword="tag" if decisive and pointer[-1:] == ("type",) and keyword != "required" else keyword,
                    expected=name,
                    value=error.instance,
                    members=tuple(parent.get("properties", ())),
                    item=item,
                    index=index,
                    decisive=decisive,
                    optional=not decisive and self._may_be_left_out(error.schema_path),
                    known=self._known(keyword, pointer, name),
                )

    def _known(self, keyword: str, pointer: Pointer, name: Any) -> WrongName | None:
        """What is known of a field or a text on the platform that the file is for."""
        if keyword == "additionalProperties":
            return self._wrong_names.get((*pointer, name))
        return self._wrong_names.get(pointer) if keyword == "type" else None

    def _errors(self, item: Any) -> list[ValidationError]:
        try:
            return list(self._validator.iter_errors(item))
        except ValueError:
            return list(self._validator.iter_errors(shallow(item)))

    def _subschema(self, path: list[str | int]) -> Mapping[str, Any]:
        node: Any = self.document
        for key in path:
            node = node[key]
        return node if isinstance(node, dict) else {}

    def _may_be_left_out(self, path: list[str | int]) -> bool:
        """Whether a schema path, which ends in a keyword, is that of a member which its object does not require."""
        if path[-3:-2] != ["properties"]:
            return False
        return path[-2] not in self._subschema(path[:-3]).get("required", ())

    def _decides(self, path: list[str | int], expected: Any) -> bool:
        """Whether a schema path is that of the member by which an object's variant is decided, or asks for it."""
        if path[-1] == "required":
            return expected in DECIDING and "if" in self._subschema(path[:-1])
        if path[-1] in ("enum", "const") and path[-3:-2] == ["properties"] and path[-2] in DECIDING:
            return "if" in self._subschema(path[:-3])
        return False


def request_schema(version: str, platform: Platform | None = None) -> RequestSchema:
    """The schema of an API version, as a platform has it; read and compiled once."""
    return _request_schema(version, platform and platform.key)


@functools.cache
def _request_schema(version: str, platform: str | None) -> RequestSchema:
    if platform is None:
        return RequestSchema(version)
    from batchlint.facts import platforms

    return RequestSchema(version, platforms().by_key[platform])


def _wrong_names(platform: Platform | None) -> Mapping[Pointer, WrongName]:
    """The known facts about fields that a platform does not take, by their places."""
    if platform is None:
        return {}
    fields: dict[Pointer, WrongName] = {("params", name): known for name, known in platform.fields.items()}
    columns = {(name,): known for name, known in platform.columns.items()}
    body = {} if platform.text_body is None else {("params",): platform.text_body}
    return fields | columns | body


@functools.cache
def sdk_version() -> str:
    """The version of the official SDK that the bundled schemas were generated from."""
    import json

    schema = json.loads(schema_text(f"batch-request-{NEWEST_VERSION}.schema.json"))
    return str(schema["x-batchlint"]["sdk"])
