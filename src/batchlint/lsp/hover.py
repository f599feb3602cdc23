"""The hover text of a place: the pages of the rules that found something there."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from batchlint.lsp.diagnostics import Shown, message_of
from batchlint.resources import rule_url


def hover_at(found: Sequence[Shown], at: types.Position) -> types.Hover | None:
    """The findings at a place, each with the page of its rule; None where there is nothing."""
    here = [each for each in found if _holds(each.diagnostic.range, at)]
    if not here:
        return None
    text = "\n\n---\n\n".join(map(page_of, here))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), here[0].diagnostic.range)


def page_of(each: Shown) -> str:
    """A finding and its rule's page, in Markdown; what may hold text of the file is shown as code."""
    rule = each.finding.rule
    url = rule_url(rule.name)
    name = f"[{rule.name}]({url})" if url else f"`{rule.name}`"
    said = "\n".join(f"    {line}" for line in message_of(each.finding).splitlines())
    return (
        f"**{each.finding.severity}** {name}\n\n{said}\n\n{rule.page.strip()}\n\nSource: {rule.source} ({rule.checked})"
    )


def _holds(place: types.Range, at: types.Position) -> bool:
    key = (at.line, at.character)
    return (place.start.line, place.start.character) <= key <= (place.end.line, place.end.character)
