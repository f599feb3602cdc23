"""Reads a configuration file: every scalar is the text that it is, never a date, a number or a boolean.

YAML would make a date of `2026-10-21`, a number of `4.8` and a boolean of `no`; here they are read as they are written,
and the key decides what they mean.
"""

from __future__ import annotations

import datetime
import os
import re
from typing import Any

from batchlint.config.configuration import ConfigError, Configuration
from batchlint.config.keys import values_of
from batchlint.config.raw_value import RawValue, WrongValue

SECTION = "[tool.batchlint]"
LARGEST = 1_000_000
"""Bytes; a larger file is no configuration."""
MOST_DOTS = 100
"""Dots in a key of TOML: the reader takes time by the square of them."""
_long_key = re.compile(
    rb"(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){%d}" % MOST_DOTS
).search


def read(path: str) -> Configuration:
    """The configuration that a file holds: TOML by its name, YAML otherwise. Raises `ConfigError`."""
    shown = shown_path(path)
    try:
        raw = _from_toml(path) if path.endswith(".toml") else _from_yaml(path)
        values = values_of(raw)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror or error}") from None
    except ValueError:  # a NUL byte in the path
        raise ConfigError(f"{shown}: is not a path") from None
    except RecursionError:
        raise ConfigError(f"{shown}: nested too deeply") from None
    except WrongValue as error:
        place = shown if error.line is None else f"{shown}:{error.line}"
        raise ConfigError(f"{place}: {error}") from None
    lines = {key: each.line for key, each in raw.items() if each.line is not None}
    return Configuration(shown, values, lines)


def shown_path(path: str) -> str:
    """The path as a person reads it: relative to where they are, if the file is below."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith("..") else relative


def has_section(path: str) -> bool:
    """Whether a pyproject.toml speaks of batchlint. Raises `ConfigError` where it cannot be read."""
    try:
        data = _bytes(path)
        return b"batchlint" in data and "batchlint" in _tool(_toml(data))
    except OSError as error:
        raise ConfigError(f"{shown_path(path)}: cannot be read: {error.strerror or error}") from None
    except (WrongValue, RecursionError) as error:
        raise ConfigError(f"{shown_path(path)}: {error}") from None


def _from_toml(path: str) -> dict[str, RawValue]:
    document = _toml(_bytes(path))
    section = _tool(document).get("batchlint")
    if not isinstance(section, dict):
        raise WrongValue(f"has no {SECTION}")
    return {key: _raw_from_toml(value) for key, value in section.items()}


def _tool(document: dict[str, Any]) -> dict[str, Any]:
    tool = document.get("tool")
    return tool if isinstance(tool, dict) else {}


def _toml(data: bytes) -> dict[str, Any]:
    import tomllib

    if _long_key(data):
        raise WrongValue(f"has a key of more than {MOST_DOTS} parts")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError among them
        raise WrongValue(f"is not TOML: {error}") from None


def _raw_from_toml(value: Any) -> RawValue:
    if isinstance(value, dict):
        return RawValue({key: _raw_from_toml(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return RawValue([_raw_from_toml(inner) for inner in value])
    if isinstance(value, bool):
        return RawValue("true" if value else "false")
    return RawValue(value.isoformat() if isinstance(value, datetime.date) else str(value))


def _from_yaml(path: str) -> dict[str, RawValue]:
    import yaml

    try:
        node = yaml.compose(_bytes(path), Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise WrongValue(f"is not YAML: {error.problem}", line) from None
    except yaml.YAMLError as error:
        raise WrongValue(f"is not YAML: {' '.join(str(error).split())}") from None
    if node is None:
        return {}
    raw = _raw_from_yaml(node, set())
    if not isinstance(raw.value, dict):
        raise WrongValue("has to be a mapping of keys to values", raw.line)
    return raw.value


def _raw_from_yaml(node: Any, seen: set[int]) -> RawValue:
    line = node.start_mark.line + 1
    if isinstance(node.value, str):
        return RawValue(node.value, line)
    if id(node) in seen:  # a few lines of references to references would be endless
        raise WrongValue("references (*name) are not understood here", line)
    seen.add(id(node))
    if node.id == "sequence":
        return RawValue([_raw_from_yaml(each, seen) for each in node.value], line)
    mapping: dict[str, RawValue] = {}
    for key, value in node.value:
        name = key.value
        if not isinstance(name, str):
            raise WrongValue("a key has to be text", key.start_mark.line + 1)
        if name in mapping:
            raise WrongValue(f"{name!r} appears twice", key.start_mark.line + 1)
        raw = _raw_from_yaml(value, seen)
        mapping[name] = RawValue(raw.value, key.start_mark.line + 1)
    return RawValue(mapping, line)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise WrongValue("is too large for a configuration")
    return data
