"""The last lines of a results report: what the answers cost, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.reports.closing import dollars_text, how_many
from batchlint.reports.plain import plain
from batchlint.results.account import Account
from batchlint.results.usage import Usage

MODELS = 8
"""Models that are named one by one."""


def usage_lines(usage: Usage) -> Iterator[str]:
    """Tokens and cost of what succeeded."""
    totals = sorted(usage.by_model.values(), key=lambda each: (-(each.cost or 0), each.model))
    if not totals:
        return
    tokens = sum(each.input_tokens for each in totals), sum(each.output_tokens for each in totals)
    dollars = sum(each.cost or 0 for each in totals)
    unpriced = [each for each in totals if each.cost is None]
    cost = f"{dollars_text(dollars)} at batch prices" if len(unpriced) < len(totals) else "cost unknown"
    yield f"What succeeded took {tokens[0]:,} tokens of input and {tokens[1]:,} of output: {cost}."
    if len(totals) > 1:
        for each in totals[:MODELS]:
            price = "no price is known" if each.cost is None else dollars_text(each.cost)
            yield plain(f"  {each.model}: {how_many(each.answers, 'answer')}, {price}")
        if len(totals) > MODELS:
            yield f"  ... {how_many(len(totals) - MODELS, 'more model')}"
    if unpriced and len(totals) == 1:
        yield plain(f"  no price is known of {totals[0].model}")
    searches = sum(each.server_tool_uses for each in totals)
    if searches:
        yield f"  not in the cost: {how_many(searches, 'use')} of server tools (web search and the like)"
    if usage.unstated:
        yield f"  {how_many(usage.unstated, 'answer')} without a usage: not counted"


def next_steps(account: Account) -> Iterator[str]:
    """What can be sent again as it is, and what has to be looked at first."""
    facts = {outcome.of_class.name: outcome.of_class for outcome in account.outcomes}
    counts = account.classes()
    again = sum(count for name, count in counts.items() if facts[name].retried)
    fix = sum(count for name, count in counts.items() if facts[name].needs_fix)
    if again:
        yield f"{how_many(again, 'request')} can be sent again unchanged: batchlint retry makes the batch."
    if fix:
        yield f"{how_many(fix, 'request')} {'needs' if fix == 1 else 'need'} a fix first."
