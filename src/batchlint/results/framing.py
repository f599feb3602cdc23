"""Writes items into a container, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from batchlint.batch import wrapped_bytes

Container = Literal["jsonl", "array", "envelope"]
CONTAINERS: tuple[Container, ...] = ("jsonl", "array", "envelope")


class Framing(NamedTuple):
    """What is around and between the items of a container."""

    container: Container
    before: bytes
    between: bytes
    after: bytes
    suffix: str
    """Of a file's name."""

    def write(self, items: Iterable[bytes], write: Callable[[bytes], object]) -> None:
        """Writes the items, at least one. In JSONL, line breaks inside an item become blanks."""
        separator = self.before
        for item in items:
            write(separator)
            write(on_one_line(item) if self.container == "jsonl" else item)
            separator = self.between
        write(self.after)

    def sent_bytes(self, requests: int, item_bytes: int) -> int:
        """Bytes of the body as it will be sent: an envelope as it is, anything else wrapped in one."""
        if self.container == "envelope":
            return len(self.before) + item_bytes + max(requests - 1, 0) * len(self.between) + len(self.after)
        return wrapped_bytes(requests, item_bytes)


FRAMINGS: dict[str, Framing] = {
    "jsonl": Framing("jsonl", b"", b"\n", b"\n", ".jsonl"),
    "array": Framing("array", b"[\n", b",\n", b"\n]\n", ".json"),
    "envelope": Framing("envelope", b'{"requests": [\n', b",\n", b"\n]}\n", ".json"),
}


def on_one_line(item: bytes) -> bytes:
    """The item without line breaks, which in JSON are between tokens only: blanks stand for them."""
    return item.replace(b"\r", b" ").replace(b"\n", b" ") if b"\n" in item or b"\r" in item else item
