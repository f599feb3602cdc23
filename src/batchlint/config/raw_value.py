"""A value of a configuration file before it is interpreted."""

from __future__ import annotations


class RawValue:
    """A value as the file says it: text, a list or a mapping of such, with the line where it begins."""

    __slots__ = ("line", "value")

    def __init__(self, value: str | list[RawValue] | dict[str, RawValue], line: int | None = None) -> None:
        self.value = value
        self.line = line


class WrongValue(Exception):
    """Something in the file is wrong; the line is None where it is not known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
