"""The settings of a file: the command line before the configuration, the configuration before the defaults."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.config.configuration import ConfigError, Configuration
from batchlint.config.select import UnknownRule, known, lowered, selected
from batchlint.finding import Finding
from batchlint.options import DEFAULT_ITEM_LIMIT, DEFAULT_TOKEN_LIMIT, Options
from batchlint.rule import Rule, Severity
from batchlint.sources.reach import is_url

if TYPE_CHECKING:
    from batchlint.config.keys import Patterns

DEFAULTS: Mapping[str, Any] = {
    "select": None,
    "extend-select": (),
    "ignore": (),
    "warn": (),
    "per-file-ignores": (),
    "per-id-ignores": (),
    "api-version": None,
    "betas": None,
    "models": (),
    "dialect": "auto",
    "model": None,
    "whole-job": False,
    "as-of": None,
    "max-tokens-per-request": DEFAULT_TOKEN_LIMIT,
    "max-request-bytes": None,
    "max-item-bytes": DEFAULT_ITEM_LIMIT,
    "strict": False,
    "baseline": None,
}


class Settings(NamedTuple):
    """The settings in force for the files below one configuration."""

    values: Mapping[str, Any]
    """Every key with its value."""
    origins: Mapping[str, str]
    """Where each value comes from: a file with its line, `command line`, or `default`."""
    folder: str
    """The folder to which the patterns of files are relative."""
    rules: Collection[Rule]
    severities: Mapping[str, Severity]
    exact_tokens: Mapping[str, int] | None = None
    """What the API counted, where it was asked (`batchlint.tokens.exact`)."""

    @property
    def options(self) -> Options:
        """The things outside the file on which its verdict hangs."""
        values = self.values
        return Options(
            api_version=values["api-version"],
            betas=None if values["betas"] is None else frozenset(values["betas"]),
            betas_like=getattr(values["betas"], "like", None),
            models={model_id: like[0] if like else None for model_id, like in values["models"]},
            dialect=values["dialect"],
            job_model=_job_model(values["model"]),
            whole_job=values["whole-job"],
            as_of=values["as-of"],
            max_tokens_per_request=values["max-tokens-per-request"],
            max_request_bytes=values["max-request-bytes"] or None,
            max_item_bytes=values["max-item-bytes"] or None,
            strict=values["strict"],
            exact_tokens=self.exact_tokens,
        )

    @property
    def baseline(self) -> str | None:
        """The baseline: next to the configuration that names it, or where the command line says."""
        path: str | None = self.values["baseline"]
        if path is None or self.origins["baseline"] == "command line":
            return path
        return os.path.join(self.folder, path)

    def silences(self, finding: Finding) -> bool:
        """Whether the configuration silences a finding by its file or its custom_id."""
        by_file: Patterns = self.values["per-file-ignores"]
        by_id: Patterns = self.values["per-id-ignores"]
        if not by_file and not by_id:
            return False
        name, custom_id = finding.rule.name, finding.custom_id
        if any(name in names and self._is_file(pattern, finding.path) for pattern, names in by_file):
            return True
        return custom_id is not None and any(name in names and fits(custom_id, pattern) for pattern, names in by_id)

    def _is_file(self, pattern: str, path: str) -> bool:
        """Whether a pattern fits a path below the folder of the configuration, or the last part of it."""
        relative = path if is_url(path) else os.path.relpath(path, self.folder).replace(os.sep, "/")
        return fits(relative, pattern) or fits(relative.rpartition("/")[2], pattern)


def _job_model(named: str | None) -> str | None:
    if named is None:
        return None
    from batchlint.dialects.job_model import claude_id

    return claude_id(named)


def fits(text: str, pattern: str) -> bool:
    """Whether a pattern with `*`, `?` and `[...]` fits a text; `*` fits "/" too."""
    from fnmatch import fnmatchcase

    return fnmatchcase(text, pattern)


def settings(configuration: Configuration, given: Mapping[str, Any], rules: Mapping[str, Rule]) -> Settings:
    """The settings in force; `given` is what the command line says, by key.

    Raises `ConfigError` for a rule that the file names and does not exist, `UnknownRule` for one of the command line.
    """
    values = {**DEFAULTS, **configuration.values, **given}
    origins = {
        key: "command line" if key in given else configuration.place(key) if key in configuration.values else "default"
        for key in DEFAULTS
    }
    _check_names(configuration, rules)
    return Settings(
        values=values,
        origins=origins,
        folder=os.path.dirname(configuration.path) if configuration.path else "",
        rules=selected(rules, values["select"], values["extend-select"], values["ignore"]),
        severities=lowered(rules, values["warn"]),
    )


def _check_names(configuration: Configuration, rules: Mapping[str, Rule]) -> None:
    """Raises `ConfigError` where the file names a rule that does not exist."""
    for key in ("select", "extend-select", "ignore", "warn", "per-file-ignores", "per-id-ignores"):
        raw = configuration.values.get(key, ())
        lists = [names for _, names in raw] if key.startswith("per-") else [raw]
        for names in lists:
            try:
                known(rules, names)
            except UnknownRule as error:
                raise ConfigError(f"{configuration.place(key)}: {key}: {error}") from None
