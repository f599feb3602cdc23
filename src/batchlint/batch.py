"""A file as a whole, as the rules at its end see it."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.options import Options

WRAPPER_BYTES = len(b'{"requests":[]}')


def wrapped_bytes(requests: int, item_bytes: int) -> int:
    """Bytes of the body that requests are sent in: `{"requests":[...]}` with nothing between them but commas."""
    return WRAPPER_BYTES + item_bytes + max(requests - 1, 0)


class Job(NamedTuple):
    """The files of a job on another platform."""

    files: int = 0
    requests: int = 0
    bytes: int = 0

    def with_file(self, requests: int, size: int) -> Job:
        """The job with one more file."""
        return Job(self.files + 1, self.requests + requests, self.bytes + size)


class Batch(NamedTuple):
    """What is known at the end of a file."""

    path: str
    container: str
    """`jsonl`, `array` or `envelope`."""
    requests: int
    file_bytes: int
    item_bytes: int
    """Bytes of all items together, without what is between them."""
    irregular: bool
    """Whether something was said of the file's own form: what cannot be read as a list is not called empty as well."""
    options: Options
    job: Job | None = None
    """Where this is the last file of a whole job (`--whole-job`): what all its files together have."""

    @property
    def sent_bytes(self) -> int:
        """Bytes of the body as it will be sent: an envelope as it is, anything else wrapped in one."""
        if self.container == "envelope":
            return self.file_bytes
        return wrapped_bytes(self.requests, self.item_bytes)
