"""Items that are no requests of a Message Batch at all: one finding for the whole item says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from batchlint.rule import Problem
from batchlint.sources.item import Foreign, Item

if TYPE_CHECKING:
    from batchlint.facts.dialect import ItemDialect, ItemKind


def foreign_item(item: Item, kind: ItemKind) -> Iterator[Problem]:
    """What an item is, if it is something else of that kind; one with `params` is a request, whatever else it has."""
    if not isinstance(item.value, dict):
        return
    from batchlint.facts import dialects, errors

    if isinstance(item.value, Foreign):
        if item.value.body is not None:
            return
        dialect: ItemDialect | None = item.value.what
        instead = item.value.instead
    else:
        dialect = dialects().of_item(item.value)
        instead = "" if dialect is None else dialect.instead
    if dialect is None or dialect.kind != kind:
        return
    missing = "params" if "custom_id" in item.value else "custom_id"
    yield Problem(
        pointer=(),
        message=f"this is {dialect.name}; a request here has custom_id and params",
        help=instead,
        api_error=errors().text("field_required", path=f"requests.{item.index}.{missing}"),
        impact="batch",
        variant=dialect.key,
        once=dialect.once,
    )
