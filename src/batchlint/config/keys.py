"""The keys of a configuration file, and what each of them takes. `schemas/config.schema.json` says the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from batchlint.config.raw_value import RawValue, WrongValue
from batchlint.dialects.detecting import DIALECTS
from batchlint.schema import API_VERSIONS
from batchlint.spelling import meant

Patterns = tuple[tuple[str, tuple[str, ...]], ...]
"""Patterns, and the names of the rules that each of them silences."""
Likes = tuple[tuple[str, tuple[str, ...]], ...]
"""Ids of newer models, and the one known model that each of them is like, or none."""


def values_of(raw: Mapping[str, RawValue]) -> dict[str, Any]:
    """The values by key. Raises `WrongValue` with the line."""
    values = {}
    for key, each in raw.items():
        if key not in KEYS:
            nearest = meant(key, KEYS)
            hint = f"did you mean {nearest!r}?" if nearest else f"there are {', '.join(KEYS)}"
            raise WrongValue(f"there is no key {key[:80]!r}; {hint}", each.line)
        try:
            values[key] = KEYS[key](each)
        except WrongValue as error:
            raise WrongValue(f"{key}: {error}", error.line or each.line) from None
    return values


def _text(raw: RawValue) -> str:
    if not isinstance(raw.value, str):
        raise WrongValue("has to be one value", raw.line)
    return raw.value


def _names(raw: RawValue) -> tuple[str, ...]:
    """A list of names, or names by commas, as on the command line."""
    if isinstance(raw.value, str):
        return tuple(name.strip() for name in raw.value.split(",") if name.strip())
    if isinstance(raw.value, dict):
        raise WrongValue("has to be a list of names", raw.line)
    return tuple(_text(each) for each in raw.value)


def _patterns(raw: RawValue) -> Patterns:
    if not isinstance(raw.value, dict):
        raise WrongValue("has to be a mapping of patterns to names of rules", raw.line)
    return tuple((pattern, _names(names)) for pattern, names in raw.value.items())


def _count(raw: RawValue) -> int:
    text = _text(raw).replace("_", "").replace(",", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise WrongValue(f"{_text(raw)[:80]!r} is not a whole number >= 0", raw.line)
    return int(text)


def _flag(raw: RawValue) -> bool:
    if _text(raw) not in ("true", "false"):
        raise WrongValue(f"{_text(raw)[:80]!r} is neither true nor false", raw.line)
    return raw.value == "true"


def _date(raw: RawValue) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_text(raw))
    except ValueError:
        raise WrongValue(f"{_text(raw)[:80]!r} is not a date of the form YYYY-MM-DD", raw.line) from None


def _api_version(raw: RawValue) -> str:
    if _text(raw) not in API_VERSIONS:
        raise WrongValue(f"{_text(raw)[:80]!r} is neither {' nor '.join(API_VERSIONS)}", raw.line)
    return _text(raw)


def _dialect(raw: RawValue) -> str:
    if _text(raw) not in DIALECTS:
        raise WrongValue(f"{_text(raw)[:80]!r} is none of {', '.join(DIALECTS)}", raw.line)
    return _text(raw)


def _model(raw: RawValue) -> str:
    from batchlint.dialects.job_model import claude_id

    try:
        return claude_id(_text(raw))
    except ValueError as error:
        raise WrongValue(str(error), raw.line) from None


class Headers(frozenset[str]):
    """The names of the headers; the empty set for `none`."""

    like: Mapping[str, str] = MappingProxyType({})
    """The known header that a newer one opens the same as, by the newer one."""


def _betas(raw: RawValue) -> Headers:
    """A list of names, or a mapping of names to what is known of them: `{like: KNOWN}`, or nothing."""
    if isinstance(raw.value, dict):
        from batchlint.facts import betas

        headers = Headers(raw.value)
        likes = {name: _like(each, betas().statuses, "header") for name, each in raw.value.items()}
        headers.like = {name: like for name, like in likes.items() if like is not None}
        return headers
    names = _names(raw)
    if "none" in names and len(names) > 1:
        raise WrongValue("none says that there are no beta headers; it cannot be combined with others", raw.line)
    return Headers(name for name in names if name != "none")


def _models(raw: RawValue) -> Likes:
    """A mapping of ids to what is known of them: `{like: KNOWN}`, or nothing."""
    from batchlint.facts import models

    if not isinstance(raw.value, dict):
        raise WrongValue("has to be a mapping of ids to {like: KNOWN}", raw.line)
    known = [name for model in models() for name in (model.id, *model.aliases)]
    likes = {model_id: _like(each, known, "model") for model_id, each in raw.value.items()}
    return tuple((model_id, () if like is None else (like,)) for model_id, like in likes.items())


def _like(raw: RawValue, known: Collection[str], what: str) -> str | None:
    """The known name that a newer one is like; None where nothing is said."""
    if raw.value in ("", "null", "~") or raw.value == {}:
        return None
    if not isinstance(raw.value, dict) or raw.value.keys() != {"like"}:
        raise WrongValue(f"what is said of a {what} is like: and the name of a known {what}", raw.line)
    like = _text(raw.value["like"])
    if like not in known:
        nearest = meant(like, known)
        hint = f"; did you mean {nearest!r}?" if nearest else ""
        raise WrongValue(f"there is no {what} {like[:80]!r} known to be like{hint}", raw.value["like"].line)
    return like


KEYS: dict[str, Callable[[RawValue], Any]] = {
    "select": _names,
    "extend-select": _names,
    "ignore": _names,
    "warn": _names,
    "per-file-ignores": _patterns,
    "per-id-ignores": _patterns,
    "api-version": _api_version,
    "betas": _betas,
    "models": _models,
    "dialect": _dialect,
    "model": _model,
    "whole-job": _flag,
    "as-of": _date,
    "max-tokens-per-request": _count,
    "max-request-bytes": _count,
    "max-item-bytes": _count,
    "strict": _flag,
    "baseline": _text,
}
