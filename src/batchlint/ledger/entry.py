"""A line of the ledger."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

Event = Literal["sending", "sent", "not-sent", "fetched"]
EVENTS: Final = frozenset(get_args(Event))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, and all that is known of it; what an event does not know is None.

    `sending` is written before a batch is created and stays open until `sent` or `not-sent` follows for the same
    sha256: so a command that was killed in between is noticed. Times are RFC 3339 in UTC.
    """

    event: Event
    at: str
    """When the line was written, by this machine's clock."""
    source: str | None = None
    """The file that is sent, as it was named."""
    sha256: str | None = None
    """Of the source's bytes, in hexadecimal."""
    requests: int | None = None
    body_bytes: int | None = None
    """Of the body that is sent."""
    attempt: int | None = None
    """1 for the first, 2 for what is sent again, and so on."""
    parent: str | None = None
    """The batch of the attempt before."""
    api_version: str | None = None
    betas: list[str] | None = None
    batch: str | None = None
    created_at: str | None = None
    """When the API created the batch: its results can be had for 29 days from then."""
    newest: str | None = None
    """The newest batch there was before; whatever is newer may be this one."""
    newest_created_at: str | None = None
    organization: str | None = None
    workspace: str | None = None
    counts: Mapping[str, int] | None = None
    """Results by type."""
    results: str | None = None
    """The file of the results, as it was named."""
    results_sha256: str | None = None
    reason: str | None = None
    by_hand: bool | None = None
    """Whether a person wrote it, with `batchlint log --add`."""

    def line(self) -> bytes:
        """The entry as a line of JSON, without what is not known."""
        known = {name: value for name, value in dataclasses.asdict(self).items() if value is not None}
        return json.dumps(known, ensure_ascii=True).encode() + b"\n"


_NAMES: Final = frozenset(field.name for field in dataclasses.fields(Entry))
_KINDS: Final[Mapping[str, type]] = {"requests": int, "body_bytes": int, "attempt": int, "by_hand": bool}
"""The plain members that are no strings."""


def entry_of(value: Any) -> Entry | None:
    """The entry that a decoded line is; None for anything else. Unknown members are passed over."""
    if not isinstance(value, dict) or value.get("event") not in EVENTS or not isinstance(value.get("at"), str):
        return None
    return Entry(**{name: each for name, each in value.items() if name in _NAMES and _fits(name, each)})


def _fits(name: str, value: Any) -> bool:
    if name == "counts":
        return isinstance(value, dict) and all(isinstance(count, int) for count in value.values())
    if name == "betas":
        return isinstance(value, list) and all(isinstance(beta, str) for beta in value)
    return isinstance(value, _KINDS.get(name, str))


def now() -> str:
    """This moment as the ledger writes it."""
    return timestamp(datetime.datetime.now(datetime.UTC))


def timestamp(moment: datetime.datetime) -> str:
    """A moment as the ledger writes it."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(text: str | None) -> datetime.datetime | None:
    """The moment that a time of the ledger or of the API is; None where it is none. Without a zone it is UTC."""
    try:
        moment = datetime.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
