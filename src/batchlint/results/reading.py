"""Results as objects, for programs: what came back for each request, and what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from batchlint.facts import outcomes
from batchlint.results.classify import Classifier, Outcome, error_of
from batchlint.results.errors import WrongFile
from batchlint.results.file_kinds import what_it_is
from batchlint.results.opening import open_input
from batchlint.results.results_file import ResultsFile
from batchlint.results.rows import lines_of, row_of
from batchlint.sources import Irregularity, Item, steady

OutcomeName = Literal[
    "ok",
    "continue",
    "truncated",
    "refused",
    "empty",
    "unknown",
    "fix",
    "maybe",
    "account",
    "retry",
    "expired",
    "canceled",
]
"""The classes that `batchlint results` sorts results into; docs/results.md explains each."""


HARMLESS: Final = frozenset(("blank-line", "byte-order-mark"))
"""What may be said of the form of a file whose rows are all there."""


class NoResults(WrongFile, ValueError):
    """A line is no row of results; the message says which, and what it is."""


class Result(NamedTuple):
    """What came back for one request."""

    custom_id: str
    outcome: OutcomeName
    """The class of the result."""
    type: str
    """As the API says it: succeeded, errored, canceled or expired."""
    reason: str
    """The stop_reason of an answer, the type of an error; empty for what was never run."""
    error: str
    """The message of an error, word for word; empty where there is none."""
    message: Mapping[str, Any] | None
    """The answer as the API gave it; None where there is none."""
    line: int
    """Where the row is in the file, from 1."""

    @property
    def is_ok(self) -> bool:
        """Whether there is an answer, whole and not declined."""
        return self.outcome == "ok"

    @property
    def is_worth_retrying(self) -> bool:
        """Whether sending the same request again is worth it, once the account is in order."""
        return outcomes().classes[self.outcome].retried

    @property
    def text(self) -> str:
        """The texts of the answer, one after the other; empty where it has none."""
        content = self.message.get("content") if self.message is not None else None
        if isinstance(content, str):
            return content
        blocks = content if isinstance(content, list) else []
        texts = [block.get("text") for block in blocks if isinstance(block, Mapping) and block.get("type") == "text"]
        return "".join(text for text in texts if isinstance(text, str))

    @property
    def advice(self) -> str:
        """Advice about it, as a sentence without a capital; empty where there is nothing to do."""
        return outcomes().classes[self.outcome].advice


def read_results(path: str | Path) -> Iterator[Result]:
    """The results in a file as it was downloaded, plain or gzip, one after the other, in the order of the file.

    The API gives results in any order: match them by `custom_id`. The file is read as it is iterated over, in little
    memory. Raises OSError where it cannot be read or is changed meanwhile, and ValueError, a subclass of which names
    file and line, for what is no row of results, so that none is lost without a word.
    """
    with open_input(str(path)) as source, steady(source):
        classifier = Classifier()
        file = ResultsFile(source)
        for line in lines_of(source):
            row = None if isinstance(line, Irregularity) else row_of(line.value)
            if row is None or isinstance(line, Irregularity):
                _refuse(source.path, line, file)
                continue
            outcome = classifier.outcomes[classifier.number_of(row.result)]
            yield _result(row.custom_id, row.result, outcome, line.line)


def _refuse(path: str, line: Item | Irregularity, file: ResultsFile) -> None:
    """Raises `NoResults` for what is no row, unless it is about the form of the file alone."""
    if isinstance(line, Irregularity) and line.kind in HARMLESS:
        return
    file.take_odd(line)
    is_row = file.first_wrong
    what = f"this is not a row of results: {is_row}" if is_row else f"this is {what_it_is(line)}, not a row of results"
    raise NoResults(f"{path}:{line.line}: {what}")


def _result(custom_id: str, result: Mapping[str, Any], outcome: Outcome, line: int) -> Result:
    message = result.get("message")
    return Result(
        custom_id=custom_id,
        outcome=outcome.of_class.name,  # type: ignore[arg-type]
        type=outcome.result_type,
        reason=outcome.reason,
        error=error_of(dict(result)).message if outcome.result_type == "errored" else "",
        message=message if isinstance(message, Mapping) else None,
        line=line,
    )
