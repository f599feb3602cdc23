"""The rules and options in force for each file of a run, from its configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.config.settings import Settings, settings
from batchlint.engine import Engine
from batchlint.rules import all_rules

if TYPE_CHECKING:
    from batchlint.config import Configuration
    from batchlint.config.baseline import Baseline


class Rulebook(NamedTuple):
    """The rules and options of the files below one configuration."""

    engine: Engine
    settings: Settings
    baseline: Baseline | None = None

    @property
    def strict(self) -> bool:
        """Whether warnings fail."""
        return bool(self.settings.values["strict"])


class Rulebooks:
    """The rulebook of each input, made once for each configuration.

    `configuration_of` gives the configuration of a path, `given` is what the command line says, by the same keys.
    """

    def __init__(
        self,
        configuration_of: Callable[[str], Configuration],
        given: Mapping[str, Any],
        exact_tokens: Mapping[str, int] | None = None,
    ) -> None:
        self._configuration_of = configuration_of
        self._given = given
        self._exact_tokens = exact_tokens
        self._made: dict[str | None, Rulebook] = {}
        self._baselines: dict[str, Baseline] = {}

    def of(self, path: str) -> Rulebook:
        """The rulebook of a file. Raises `ConfigError` or `UnknownRule`."""
        configuration = self._configuration_of(path)
        if configuration.path not in self._made:
            self._made[configuration.path] = self._rulebook(configuration)
        return self._made[configuration.path]

    @property
    def baselines(self) -> list[Baseline]:
        """The baselines in use."""
        return list(self._baselines.values())

    @property
    def betas(self) -> frozenset[str]:
        """The beta headers that any of them declares."""
        return frozenset().union(*(made.settings.options.betas or () for made in self._made.values()))

    def limit_broken_lines(self, enough: int | None) -> None:
        """After so many broken lines of a kind further ones are only counted; None: none are.

        What a baseline accepts is counted finding by finding, so with one all are reported.
        """
        for made in self._made.values():
            made.engine.enough = enough if made.baseline is None else None

    def with_exact_tokens(self, exact_tokens: Mapping[str, int]) -> Rulebooks:
        """The same, where these requests were counted by the API."""
        return Rulebooks(self._configuration_of, self._given, exact_tokens)

    def _rulebook(self, configuration: Configuration) -> Rulebook:
        made = settings(configuration, self._given, all_rules())._replace(exact_tokens=self._exact_tokens)
        engine = Engine(made.options, made.rules, made.severities)
        return Rulebook(engine, made, self._baseline(made.baseline))

    def _baseline(self, path: str | None) -> Baseline | None:
        if path is None:
            return None
        if path not in self._baselines:
            from batchlint.config.baseline import read_baseline

            self._baselines[path] = read_baseline(path)
        return self._baselines[path]
