"""The report next to a needs-fix file: why each of its requests would fail again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from batchlint.reports.closing import how_many
from batchlint.results.account import Account
from batchlint.results.examples import message_of
from batchlint.results.formats.markdown import escaped, grouped
from batchlint.results.groups import ResultGroup

LONGEST = 300
"""Characters of a message that are shown."""


def why(account: Account, groups: Sequence[ResultGroup], numbers: Sequence[int], name: str) -> Iterator[bytes]:
    """The lines of the report, as Markdown: what came back alike, then every request of the file `name`."""
    yield from (f"{line}\n".encode(errors="replace") for line in _lines(account, groups, numbers, name))


def _lines(account: Account, groups: Sequence[ResultGroup], numbers: Sequence[int], name: str) -> Iterator[str]:
    yield f"# {how_many(len(numbers), 'request')} to fix in {escaped(name)}"
    yield ""
    yield from grouped(groups)
    yield "Each request as it is there, where it came from, and what the API said:"
    yield ""
    wanted = set(numbers)
    for number, custom_id in enumerate(account.requests.ids()):
        if number not in wanted:
            continue
        place = account.requests.place(number)
        path = account.requests.sources[place.source].path
        message = message_of(account, number) or account.outcome(number).of_class.meaning
        yield f"1. {escaped(f'{custom_id} ({path}:{place.line}): {message[:LONGEST]}')}"
