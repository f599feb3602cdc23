"""Shards as files: a line that says what it is, a checksum, a line of JSON, and the ids in columns.

Of findings a file holds places only; whoever joins checks those requests again. So nothing in it is ever run, and what
is said of them is what the whole run would say.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import sys
from array import array
from collections.abc import Iterator
from typing import Any, Final

from batchlint.engine import Counts, Engine
from batchlint.engine.packed_ids import DIGEST, Uses
from batchlint.engine.parallel.parts import Again, CheckedPart, FilePart
from batchlint.finding import Finding
from batchlint.shards.shard import Shard, ShardError, engine_of, settings_of
from batchlint.sources.item import Irregularity, Stretch
from batchlint.sources.reader import Mark

BEGIN: Final = b"batchlint shard 1\n"
SUM: Final = 64
"""Hexadecimal digits of the checksum, SHA-256 of all that comes after its line."""
NARROW, WIDE = "I", "q"
"""Numbers of 4 bytes and of 8, little-endian."""


def bytes_of(shard: Shard) -> bytes:
    """The content of the file of a shard."""
    checked, columns = shard.checked, b""
    values = dict(shard.held_to)
    values["as-of"] = values["as-of"].isoformat()
    values["betas"] = None if values["betas"] is None else sorted(values["betas"])
    head: dict[str, Any] = {"batchlint": shard.version, "held_to": values, "part": shard.part, "size": shard.size}
    if checked is not None:
        head |= {"first": checked.first, "after": checked.after, "counts": checked.counts}
        head |= {"forms": list(_forms(checked)), "items": list(_items(checked))}
        packed = [_packed(column) for column in checked.uses[1:]]
        head |= {"ids": len(checked.uses), "columns": "".join(code for code, _ in packed)}
        columns = checked.uses.digests + b"".join(data for _, data in packed)
    body = json.dumps(head).encode() + b"\n" + columns
    return BEGIN + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def shard_of(data: bytes) -> Shard:
    """The shard that the content of a file holds. Raises `ShardError`."""
    from batchlint import __version__

    begin = len(BEGIN) + SUM + 1
    if not data.startswith(BEGIN):
        raise ShardError("it is not a shard file of this version of batchlint")
    body = data[begin:]
    if hashlib.sha256(body).hexdigest().encode() + b"\n" != data[len(BEGIN) : begin]:
        raise ShardError("it is cut off or damaged: its checksum is another one; make it again")
    try:
        line, _, columns = body.partition(b"\n")
        head = json.loads(line)
        if head["batchlint"] != __version__:
            raise ShardError(f"it is of batchlint {head['batchlint']}; this is {__version__}: make it again")
        return _shard(head, columns)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise ShardError(f"it holds no shard: {error}") from None


def _shard(head: dict[str, Any], columns: bytes) -> Shard:
    values = head["held_to"]
    values["as-of"] = datetime.date.fromisoformat(values["as-of"])
    values["betas"] = None if values["betas"] is None else frozenset(values["betas"])
    part = FilePart(*head["part"])
    if not 0 <= part.start <= part.end <= head["size"]:
        raise ValueError("a part outside its file")
    shard = Shard(head["batchlint"], values, part, head["size"], None)
    engine = engine_of(settings_of(shard))
    if "first" not in head:
        return shard
    checked = CheckedPart(
        _whole(head["first"]),
        None if head["after"] is None else Mark(*map(_whole, head["after"])),
        Counts(*map(_whole, head["counts"])),
        [each for form in head["forms"] for each in _findings(form, part.path, engine)],
        _uses(head["ids"], head["columns"], columns),
        [Again(_whole(index), Stretch(*map(_whole, stretch))) for index, stretch in head["items"]],
    )
    return shard._replace(checked=checked)


def _forms(checked: CheckedPart) -> Iterator[list[Any]]:
    """What is irregular in the form of the part, each thing once."""
    before: Irregularity | None = None
    for finding in checked.findings:
        if finding.irregularity is not None and finding.irregularity != before:
            before = finding.irregularity
            yield [before, finding.item, finding.custom_id]


def _items(checked: CheckedPart) -> Iterator[Again]:
    """The items of which something else is found, each once."""
    yield from checked.again
    before: Stretch | None = None
    for finding in checked.findings:
        if finding.irregularity is None and finding.item is not None and finding.item != before:
            before = finding.item
            yield Again(finding.index or 0, before)


def _findings(form: list[Any], path: str, engine: Engine) -> Iterator[Finding]:
    (kind, *numbers, index, detail, pointer, more, lines), item, custom_id = form
    place = None if pointer is None else tuple(pointer)
    irregularity = Irregularity._make((kind, *map(_whole, numbers), index, detail, place, _whole(more), _whole(lines)))
    stretch = None if item is None else Stretch(*map(_whole, item))
    for finding in engine.irregular(irregularity, path, None):
        yield finding._replace(item=stretch, custom_id=custom_id)


def _packed(column: array[int]) -> tuple[str, bytes]:
    code = NARROW if max(column, default=0) < 1 << 32 else WIDE
    numbers = array(code, iter(column))
    if sys.byteorder == "big":
        numbers.byteswap()
    return code, numbers.tobytes()


def _uses(count: int, codes: str, data: bytes) -> Uses:
    at = DIGEST * count
    columns = []
    for code in codes:
        if code not in (NARROW, WIDE):
            raise ValueError("columns of another kind")
        numbers = array(code)
        end = at + numbers.itemsize * count
        numbers.frombytes(data[at:end])
        if sys.byteorder == "big":
            numbers.byteswap()
        columns.append(array(WIDE, iter(numbers)))
        at = end
    if at != len(data) or any(min(column, default=0) < 0 for column in columns):
        raise ValueError("columns of another length")
    return Uses(data[: DIGEST * count], *columns)


def _whole(number: object) -> int:
    if not isinstance(number, int) or number < 0:
        raise ValueError(f"{number!r} is no offset or count")
    return number
