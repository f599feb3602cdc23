"""Turns what prevents a command from running into clear lines and an exit code."""

from __future__ import annotations

from collections.abc import Callable

from batchlint.cli import FINDINGS, UNREADABLE, USAGE, UsageError, tell
from batchlint.reports import OutputError
from batchlint.results.errors import Collision, FileTrouble, Refusal, WrongFile


def exit_code_of(run: Callable[[], int], where: str = "", hint: str = "") -> int:
    """Runs a command and returns its exit code, or the one of what it raises.

    `where` names the file where the system does not, `hint` says what to do about a name that is taken. Raises
    UsageError for a wrong call, and whatever is a bug.
    """
    try:
        return run()
    except WrongFile as error:
        raise UsageError(error) from None
    except Collision as error:
        return _told(f"error: {error}", USAGE)
    except Refusal as error:
        return _told(str(error), FINDINGS)
    except (FileTrouble, OutputError) as error:
        return _told(f"error: {error}", UNREADABLE)
    except BrokenPipeError:
        raise
    except FileExistsError as error:
        raise UsageError(f"{error.filename}: {error.strerror}{hint}") from None
    except OSError as error:
        return _told(f"error: {error.filename or where}: {error.strerror or error}", UNREADABLE)


def _told(text: str, status: int) -> int:
    for line in text.splitlines():
        tell(line)
    return status
