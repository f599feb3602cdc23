"""The keys of a configuration file, and what each of them takes. `schemas/config.schema.json` says the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from batchlint.config.said import Said, WrongValue
from batchlint.schema import API_VERSIONS
from batchlint.spelling import meant

Patterns = tuple[tuple[str, tuple[str, ...]], ...]
"""Patterns, and the names of the rules that each of them silences."""
Likes = tuple[tuple[str, tuple[str, ...]], ...]
"""Ids of newer models, and the one known model that each of them is like, or none."""


def values_of(said: Mapping[str, Said]) -> dict[str, Any]:
    """The values by key. Raises `WrongValue` with the line."""
    values = {}
    for key, each in said.items():
        if key not in KEYS:
            nearest = meant(key, KEYS)
            hint = f"did you mean {nearest!r}?" if nearest else f"there are {', '.join(KEYS)}"
            raise WrongValue(f"there is no key {key[:80]!r}; {hint}", each.line)
        try:
            values[key] = KEYS[key](each)
        except WrongValue as error:
            raise WrongValue(f"{key}: {error}", error.line or each.line) from None
    return values


def _text(said: Said) -> str:
    if not isinstance(said.value, str):
        raise WrongValue("has to be one value", said.line)
    return said.value


def _names(said: Said) -> tuple[str, ...]:
    """A list of names, or names by commas, as on the command line."""
    if isinstance(said.value, str):
        return tuple(name.strip() for name in said.value.split(",") if name.strip())
    if isinstance(said.value, dict):
        raise WrongValue("has to be a list of names", said.line)
    return tuple(_text(each) for each in said.value)


def _patterns(said: Said) -> Patterns:
    if not isinstance(said.value, dict):
        raise WrongValue("has to be a mapping of patterns to names of rules", said.line)
    return tuple((pattern, _names(names)) for pattern, names in said.value.items())


def _count(said: Said) -> int:
    text = _text(said).replace("_", "").replace(",", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise WrongValue(f"{_text(said)[:80]!r} is no whole number from 0 on", said.line)
    return int(text)


def _flag(said: Said) -> bool:
    if _text(said) not in ("true", "false"):
        raise WrongValue(f"{_text(said)[:80]!r} is neither true nor false", said.line)
    return said.value == "true"


def _date(said: Said) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_text(said))
    except ValueError:
        raise WrongValue(f"{_text(said)[:80]!r} is no date of the form YYYY-MM-DD", said.line) from None


def _api_version(said: Said) -> str:
    if _text(said) not in API_VERSIONS:
        raise WrongValue(f"{_text(said)[:80]!r} is neither {' nor '.join(API_VERSIONS)}", said.line)
    return _text(said)


class Headers(frozenset[str]):
    """The names of the headers; the empty set for `none`."""

    like: Mapping[str, str] = MappingProxyType({})
    """The known header that a newer one opens the same as, by the newer one."""


def _betas(said: Said) -> Headers:
    """A list of names, or a mapping of names to what is known of them: `{like: KNOWN}`, or nothing."""
    if isinstance(said.value, dict):
        from batchlint.facts import betas

        headers = Headers(said.value)
        likes = {name: _like(each, betas().statuses, "header") for name, each in said.value.items()}
        headers.like = {name: like for name, like in likes.items() if like is not None}
        return headers
    names = _names(said)
    if "none" in names and len(names) > 1:
        raise WrongValue("none says that there are no beta headers; it cannot stand beside others", said.line)
    return Headers(name for name in names if name != "none")


def _models(said: Said) -> Likes:
    """A mapping of ids to what is known of them: `{like: KNOWN}`, or nothing."""
    from batchlint.facts import models

    if not isinstance(said.value, dict):
        raise WrongValue("has to be a mapping of ids to {like: KNOWN}", said.line)
    known = [name for model in models() for name in (model.id, *model.aliases)]
    likes = {model_id: _like(each, known, "model") for model_id, each in said.value.items()}
    return tuple((model_id, () if like is None else (like,)) for model_id, like in likes.items())


def _like(said: Said, known: Collection[str], what: str) -> str | None:
    """The known name that a newer one is like; None where nothing is said."""
    if said.value in ("", "null", "~") or said.value == {}:
        return None
    if not isinstance(said.value, dict) or said.value.keys() != {"like"}:
        raise WrongValue(f"what is said of a {what} is like: and the name of a known {what}", said.line)
    like = _text(said.value["like"])
    if like not in known:
        nearest = meant(like, known)
        hint = f"; did you mean {nearest!r}?" if nearest else ""
        raise WrongValue(f"there is no {what} {like[:80]!r} known to be like{hint}", said.value["like"].line)
    return like


KEYS: dict[str, Callable[[Said], Any]] = {
    "select": _names,
    "extend-select": _names,
    "ignore": _names,
    "warn": _names,
    "per-file-ignores": _patterns,
    "per-id-ignores": _patterns,
    "api-version": _api_version,
    "betas": _betas,
    "models": _models,
    "as-of": _date,
    "max-tokens-per-request": _count,
    "max-request-bytes": _count,
    "max-item-bytes": _count,
    "strict": _flag,
    "baseline": _text,
}
