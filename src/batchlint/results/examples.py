"""One request of a group as an example: what the API said of it, where it is, and what batchlint says of it now."""

from __future__ import annotations

from dataclasses import dataclass

from batchlint.facts import errors
from batchlint.finding import Frame
from batchlint.reports.frame import frame_of
from batchlint.results.account import Account
from batchlint.results.api_pointer import named_pointer
from batchlint.results.catching import SAME_PLACE, Catcher, Caught
from batchlint.results.classify import error_of
from batchlint.results.continuation import advice_for
from batchlint.results.rows import row_of
from batchlint.rule import Pointer
from batchlint.sources.decode import decode
from batchlint.sources.positions import Positions
from batchlint.sources.spans import resolve


@dataclass(frozen=True, slots=True)
class Example:
    """A request and what came of it."""

    custom_id: str
    index: int
    """Counts the requests of its source from 0."""
    path: str
    line: int
    column: int
    pointer: Pointer | None
    """The place that the API, or else a rule, speaks of; None: not known, so line and column are the request's."""
    message: str
    """What the API said; empty where it said nothing."""
    frame: Frame | None
    caught: Caught | None
    advice: str
    """What to do, as a sentence without a capital; empty where there is nothing to do."""


class Examples:
    """Makes examples out of an account; going forward through a source is cheap."""

    def __init__(self, account: Account, catcher: Catcher) -> None:
        self._account = account
        self._catcher = catcher
        self._places = [Positions(source) for source in account.requests.sources]

    def example(self, number: int, custom_id: str, *, with_rule: bool) -> Example:
        """The example of one request; its rule is looked for, which takes a moment, if `with_rule`."""
        requests = self._account.requests
        item = requests.item(number)
        message = message_of(self._account, number)
        named = named_pointer(message, item.value) if message else None
        caught = self._catcher.caught(item.raw, message, named) if with_rule else None
        pointer, at_key = named, message.endswith(errors().text("extra_input", path=""))
        if caught is not None and (caught.fits >= SAME_PLACE or named is None):
            pointer, at_key = caught.pointer, caught.at_key
        place = requests.place(number)
        span = resolve(item.raw, pointer or (), at_key)
        start, end = item.offset + span.start, item.offset + span.end
        where = self._places[place.source].place(start, item.line, item.line_offset)
        source = requests.sources[place.source]
        return Example(
            custom_id=custom_id,
            index=item.index,
            path=source.path,
            line=where.line,
            column=where.column,
            pointer=pointer,
            message=message,
            frame=frame_of(source, start, end) if pointer is not None and len(pointer) > 1 else None,
            caught=caught,
            advice=advice_for(self._account, number),
        )


def message_of(account: Account, number: int) -> str:
    """What the API said of a request, in its own words; empty where it said nothing."""
    if account.outcome(number).result_type != "errored":
        return ""
    row = row_of(decode(account.row(number)).value)
    return "" if row is None else error_of(row.result).message
