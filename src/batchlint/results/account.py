"""The account: every id of the sources in exactly one class, from the results of one attempt or many."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from batchlint.results.answers import Answers
from batchlint.results.classify import Classifier, Outcome
from batchlint.results.errors import Collision, WrongFile
from batchlint.results.file_kinds import what_it_is
from batchlint.results.requests import Requests
from batchlint.results.results_file import ResultsFile
from batchlint.results.row_places import NO_ROW, Attempt, Line, RowCounts, RowPlace
from batchlint.results.rows import lines_of, row_of
from batchlint.results.usage import Usage
from batchlint.results.versions import collision, is_whole, senders, versions_of
from batchlint.sources import Irregularity, Item, Source
from batchlint.sources.progress import NOT_SHOWN, Progress

MISSING = 0
"""The number of the outcome of what has no result."""


class Account:
    """Matches results with requests, and keeps a few numbers for each id: the outcome that counts, and its row.

    The order of the results files is the order of the attempts: of successes the better and then the first counts, of
    failures the last, and any success before any failure. With `in_any_order` the order makes no difference: the better
    class counts, then the row whose bytes come first. The account is complete once it is settled.
    """

    def __init__(self, requests: Requests, *, in_any_order: bool = False) -> None:
        self.requests = requests
        self.files: list[ResultsFile] = []
        self.strangers: dict[str, int] = {}
        """The number of the outcome of each id that is in no source."""
        self._answers = Answers(len(requests))
        self._in_any_order = in_any_order
        self._classifier = Classifier()
        self._numbers = array("i", bytes(4 * len(requests)))
        self._rows = array("q", NO_ROW * len(requests))
        self._attempts: dict[int, array[int]] = {}
        """The rows of contested ids, in the order of the files: place and outcome of each."""
        self._rows_of_file: list[bytearray] = []
        """By file: flags of the requests that it has rows of; kept where ids are contested."""

    @property
    def inputs(self) -> list[Source]:
        """All files that were read."""
        return [*self.requests.sources, *(file.source for file in self.files)]

    @property
    def answered_twice(self) -> int:
        """Requests with more than one answer, each of them billed."""
        return self._answers.twice

    @property
    def usage(self) -> Usage:
        """What the answers took."""
        return self._answers.usage

    @property
    def flat_errors(self) -> int:
        """Errors that are one level higher than the API puts them."""
        return self._classifier.flat_errors

    @property
    def outcomes(self) -> list[Outcome]:
        """The outcomes by number."""
        return self._classifier.outcomes

    def outcome_number(self, number: int) -> int:
        """The number of the outcome that counts for a request."""
        return self._numbers[number]

    def outcome(self, number: int) -> Outcome:
        """The outcome that counts for a request."""
        return self._classifier.outcomes[self._numbers[number]]

    def row_place(self, number: int) -> RowPlace | None:
        """Where the row is that counts for a request; None where there is none."""
        at = 3 * number
        place = RowPlace._make(self._rows[at : at + 3])
        return None if place.results < 0 else place

    def row(self, number: int) -> bytes:
        """The exact bytes of the row that counts for a request; empty where there is none."""
        place = self.row_place(number)
        return b"" if place is None else self._bytes_at(place)

    def row_counts(self) -> list[RowCounts]:
        """The outcome of the rows of each results file."""
        counted = Counter(self._rows[::3])
        return [
            RowCounts(file.rows, counted[nth], file.known - counted[nth], file.rows - file.known)
            for nth, file in enumerate(self.files)
        ]

    def all_rows(self) -> RowCounts:
        """The same of all files together."""
        return RowCounts(*map(sum, zip(*self.row_counts(), strict=True)))

    def lines(self) -> Iterator[Line]:
        """Every request, in the order of the sources."""
        return map(Line, self.requests.ids(), self._numbers, self.requests.places(), self._rows[::3])

    def classes(self) -> dict[str, int]:
        """How many requests of the sources are in each class, the best class first, empty classes left out."""
        numbers = Counter(self._numbers)
        counts: Counter[str] = Counter()
        for number, count in numbers.items():
            counts[self.outcomes[number].of_class.name] += count
        best_first = sorted({outcome.of_class for outcome in self.outcomes}, key=lambda each: each.rank)
        return {each.name: counts[each.name] for each in best_first if counts[each.name]}

    def numbers_of(self, classes: frozenset[str]) -> Iterator[int]:
        """The requests whose class is one of these, in the order of the sources."""
        wanted = {number for number, each in enumerate(self.outcomes) if each.of_class.name in classes}
        return (request for request, number in enumerate(self._numbers) if number in wanted)

    def add(self, source: Source, progress: Progress = NOT_SHOWN) -> None:
        """Reads a results file to its end; raises WrongFile for what holds no results, or those of another batch."""
        file = ResultsFile(source)
        self.files.append(file)
        odd: Item | Irregularity | None = None
        first_id = ""
        numbers = self.requests.numbers
        seen = bytearray(len(numbers))
        for line in lines_of(source):
            row = None if isinstance(line, Irregularity) else row_of(line.value)
            if row is None or isinstance(line, Irregularity):
                odd = line
                file.take_odd(line)
                continue
            file.rows += 1
            progress.advance(len(line.raw))
            first_id = first_id or row.custom_id
            number = numbers.get(row.custom_id)
            if number is None:
                self.strangers[row.custom_id] = self._classifier.number_of(row.result)
                continue
            outcome = self._classifier.number_of(row.result, partial(self.requests.params, number))
            file.known += 1
            file.repeated += seen[number]
            seen[number] = 1
            self._add(number, outcome, row.result, line)
        if self.requests.contested:
            self._rows_of_file.append(seen)
        if not file.rows and file.first_wrong:
            raise WrongFile(f"{source.path}:{file.first_unreadable}: this is not a row of results: {file.first_wrong}")
        if not file.rows and odd is not None and not file.is_empty:
            raise WrongFile(f"{source.path}: this is {what_it_is(odd)}, not the results of a Message Batch")
        if file.rows and not file.known:
            sources = ", ".join(each.path for each in self.requests.sources)
            raise WrongFile(
                f"{source.path}: none of its {file.rows:,} ids is in {sources} (its first is {first_id[:80]!r}, "
                f"there it is {next(iter(numbers))[:80]!r}): these are the results of another file"
            )

    def settle(self) -> None:
        """Ends the reading: says which rows count of ids under which the sources hold several requests.

        Only the rows of the last of them count, if it has any. Raises Collision where one before it was answered:
        then the later one does not take its place, but is in another batch.
        """
        sent_by = senders(self._rows_of_file, self.requests.members) if self._attempts else []
        answered: dict[int, int] = {}
        for number, numbers in sorted(self._attempts.items()):
            attempts = list(_attempts_in(numbers))
            versions = self.requests.contested[number]
            of_rows = versions_of([each.row.results for each in attempts], sent_by, versions)
            for version, attempt in zip(of_rows, attempts, strict=True):
                if version < len(versions) - 1 and is_whole(self.outcomes[attempt.outcome]):
                    answered.setdefault(number, version)
                if version == max(of_rows):
                    self._offer(number, attempt)
        if answered:
            raise self._collision(answered)

    def _collision(self, answered: dict[int, int]) -> Collision:
        ids = list(self.requests.ids())
        first, version = next(iter(answered.items()))
        sources = [self.requests.sources[place.source].path for place in self.requests.contested[first]]
        return collision([ids[number] for number in answered], sources[version], sources[version + 1])

    def _add(self, number: int, outcome: int, result: dict[str, Any], item: Item) -> None:
        if self._classifier.outcomes[outcome].result_type == "succeeded":
            self._answers.add(number, result.get("message"))
        attempt = Attempt(RowPlace(len(self.files) - 1, item.offset, len(item.raw)), outcome)
        if number in self.requests.contested:
            self._attempts.setdefault(number, array("q")).extend((*attempt.row, outcome))
        else:
            self._offer(number, attempt)

    def _offer(self, number: int, attempt: Attempt) -> None:
        """Lets a row count for a request, unless the one that it has counts more."""
        at = 3 * number
        if self._rows[at] < 0 or self._counts_more(number, attempt):
            self._numbers[number] = attempt.outcome
            self._rows[at : at + 3] = array("q", attempt.row)

    def _counts_more(self, number: int, attempt: Attempt) -> bool:
        """Whether a further result of a request counts in place of the one that it has."""
        new, old = self.outcomes[attempt.outcome], self.outcome(number)
        succeeded = (new.result_type == "succeeded", old.result_type == "succeeded")
        if succeeded[0] != succeeded[1]:
            return succeeded[0]
        if new.of_class.rank != old.of_class.rank and (all(succeeded) or self._in_any_order):
            return new.of_class.rank < old.of_class.rank
        return self._bytes_at(attempt.row) < self.row(number) if self._in_any_order else not any(succeeded)

    def _bytes_at(self, place: RowPlace) -> bytes:
        return self.files[place.results].source.read(place.offset, place.length)


def _attempts_in(numbers: array[int]) -> Iterator[Attempt]:
    for at in range(0, len(numbers), len(RowPlace._fields) + 1):
        *row, outcome = numbers[at : at + len(RowPlace._fields) + 1]
        yield Attempt(RowPlace._make(row), outcome)
