"""Which models may advise which: `advisors.toml`, typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from batchlint.facts.reading import read

Refusal = Literal["too weak", "weaker", "perhaps weaker"]
"""Too weak to advise any model; less able than the one that asks; the same, inferred from the model before that one."""


class Advisors(NamedTuple):
    """The order of ability, by the ids of models (never their aliases)."""

    ranks: Mapping[str, int]
    """A higher rank is more able; a model that is not in it has none that is known."""
    too_weak: frozenset[str]
    refuses: Mapping[str, frozenset[str]]
    at_least: Mapping[str, str]

    def refusal(self, model_id: str, advisor_id: str) -> Refusal | None:
        """Why a model may not be advised by another; None where it may, or where it is not known."""
        if advisor_id in self.too_weak:
            return "too weak"
        if advisor_id in self.refuses.get(model_id, ()):
            return "weaker"
        needed = self.ranks.get(self.at_least.get(model_id, model_id))
        rank = self.ranks.get(advisor_id)
        if needed is None or rank is None or rank >= needed:
            return None
        return "perhaps weaker" if model_id in self.at_least else "weaker"

    @property
    def weakest(self) -> str:
        """The least able model that may advise."""
        return min(self.ranks, key=self.ranks.__getitem__)


def load() -> Advisors:
    """Reads `advisors.toml`."""
    document = read("advisors")
    return Advisors(
        ranks={name: rank for rank, names in enumerate(document["ranks"]) for name in names},
        too_weak=frozenset(document["too_weak"]),
        refuses={name: frozenset(advisors) for name, advisors in document["refuses"].items()},
        at_least=document["at_least"],
    )
