"""The requests of an account that came back alike."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from batchlint.results.account import Account
from batchlint.results.classify import Outcome
from batchlint.results.examples import Example, Examples

PLACES = 4
"""Examples of a group: the first is shown whole, of the others the place."""
ORDER = (
    "fix",
    "maybe",
    "account",
    "retry",
    "expired",
    "canceled",
    "missing",
    "unknown",
    "truncated",
    "refused",
    "empty",
    "continue",
)
"""Classes in the order in which they are reported: what failed comes before what was answered in part."""


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Requests with the same outcome."""

    outcome: Outcome
    count: int
    examples: Sequence[Example]
    """The first of them, in the order of the sources."""


def groups_of(
    account: Account, examples: Examples, classes: Collection[str] = ORDER, shown: int | None = None
) -> list[ResultGroup]:
    """The groups of these classes, the classes in their order, of one class the largest first.

    Only the first groups, as many as are `shown`, have examples; None: all.
    """
    firsts, counts = _firsts(account)
    order = {name: position for position, name in enumerate(ORDER) if name in classes}
    numbers = [number for number in firsts if account.outcomes[number].of_class.name in order]
    numbers.sort(key=lambda each: (order[account.outcomes[each].of_class.name], -counts[each], firsts[each][0]))
    ids = list(account.requests.ids()) if numbers else []
    groups = []
    for position, number in enumerate(numbers):
        outcome = account.outcomes[number]
        with_rule = outcome.of_class.needs_fix
        requests = firsts[number] if shown is None or position < shown else ()
        made = [
            examples.example(request, ids[request], with_rule=with_rule and nth == 0)
            for nth, request in enumerate(requests)
        ]
        groups.append(ResultGroup(outcome, counts[number], made))
    return groups


def _firsts(account: Account) -> tuple[dict[int, array[int]], dict[int, int]]:
    """By outcome: the first requests, and how many there are."""
    firsts: dict[int, array[int]] = {}
    counts: dict[int, int] = {}
    for request in range(len(account.requests)):
        number = account.outcome_number(request)
        counts[number] = counts.get(number, 0) + 1
        if counts[number] <= PLACES:
            firsts.setdefault(number, array("q")).append(request)
    return firsts, counts
