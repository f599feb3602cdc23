"""Which rules are in force, and how severe they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from batchlint.rule import Rule, Severity
from batchlint.spelling import meant


class UnknownRule(Exception):
    """A name that no rule has; the message says so, with a suggestion."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        nearest = meant(name, known)
        super().__init__(
            f"there is no rule {name!r}"
            + (f"; did you mean {nearest!r}?" if nearest else " (`batchlint rules` lists them)")
        )


def selected(
    rules: Mapping[str, Rule],
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> list[Rule]:
    """The rules in force: all, or the selected ones, and those of `extend_select`, without the ignored ones."""
    chosen = set(known(rules, select)) if select is not None else set(rules)
    chosen |= set(known(rules, extend_select))
    chosen -= set(known(rules, ignore))
    return [rule for name, rule in rules.items() if name in chosen]


def lowered(rules: Mapping[str, Rule], warn: Iterable[str]) -> dict[str, Severity]:
    """The rules that are to be warnings only."""
    return dict.fromkeys(known(rules, warn), "warning")


def known(rules: Mapping[str, Rule], wanted: Iterable[str]) -> list[str]:
    """These names, each the name of a rule; `UnknownRule` otherwise."""
    wanted = list(wanted)
    for name in wanted:
        if name not in rules:
            raise UnknownRule(name, rules)
    return wanted
