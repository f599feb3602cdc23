"""Why something is not done."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class WrongFile(Exception):
    """A file is not what it was given as; the message is one line that names it and says what it is."""


class Collision(Exception):
    """Files do not belong together: one id stands for several requests; the message has a line for each thing to do."""


class FileTrouble(Exception):
    """A file cannot be read or written; the message is one line that names it and says why."""


class Refusal(Exception):
    """What was asked for is not done because of what the files hold, and nothing was written; the message says why."""


@contextlib.contextmanager
def reading(path: str) -> Iterator[None]:
    """Turns what the system says of a file that is read into `FileTrouble`."""
    try:
        yield
    except OSError as error:
        raise FileTrouble(f"{path}: cannot be read: {error.strerror or error}") from None
