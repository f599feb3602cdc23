"""The short way for usual requests: those with the same values that count are judged once.

The usual schema (`schemas/usual-request-*.schema.json`) takes requests of which no rule has anything to say but by a
few values that count. So what is wrong with one of them, mostly nothing, is wrong with all that have the same values.
Nothing else depends on this module: `Judge` finds the same without it.
"""

from __future__ import annotations

import marshal
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from batchlint.edits import UNPLACED
from batchlint.engine.arrangement import arranged
from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.dispatch import CACHED_SHAPES, Shape
from batchlint.engine.judge import Judge, run_rules
from batchlint.engine.size import SizeLimits
from batchlint.engine.usual_checks import ALWAYS, CHECKS, DEEP, Check
from batchlint.engine.usual_kinds import kinds_of
from batchlint.engine.usual_schema import Read, usual_schema
from batchlint.options import Options
from batchlint.rule import Found, Rule
from batchlint.schema import WIDEST_VERSION, request_schema
from batchlint.sources.decode import read_json
from batchlint.sources.item import Item
from batchlint.sources.shallow import may_hold_infinity

KEPT: Final = 4_000_000
"""Bytes of counted values that are kept; a real file has few combinations, a hostile one must not fill the memory."""
HOLDERS: Final = frozenset({dict, list})
NOT_PLAIN: Final = 16
"""Requests after one that is not plain, this included, of which it is not asked first whether they are."""
UNCOUNTED: Final = frozenset({"messages", "system"})
"""Members of params whose values do not count, so that a place in one request is another in the next."""

Numbers = tuple[float, ...]


class Values(NamedTuple):
    """The values of a usual request that count."""

    key: bytes
    """All but the numbers, written by marshal."""
    numbers: Numbers
    """Those that count by their size."""


class Known(NamedTuple):
    """The problems of requests of one key whose numbers lie between these."""

    lowest: Numbers
    highest: Numbers
    problems: Sequence[Found]


class KnownValues:
    """The problems of requests by their counted values. What is found at two numbers is found between them."""

    def __init__(self) -> None:
        self._known: dict[bytes, Known] = {}
        self._size = 0

    def problems(self, values: Values) -> Sequence[Found] | None:
        """The problems of every request that has these values; None where that is not known."""
        known = self._known.get(values.key)
        if known is None:
            return None
        lowest, highest, problems = known
        if lowest == values.numbers == highest:
            return problems
        for low, number, high in zip(lowest, values.numbers, highest, strict=True):
            if not low <= number <= high:
                return None
        return problems

    def add(self, values: Values, problems: Sequence[Found]) -> None:
        """Remembers what is wrong with a request that has these values; of one key, what was found first."""
        key, numbers = values
        known = self._known.get(key)
        if known is None:
            self._size += len(key)
            if self._size > KEPT:
                self._known.clear()
                self._size = len(key)
            self._known[key] = Known(numbers, numbers, problems)
        elif list(problems) == list(known.problems):
            lowest, highest = tuple(map(min, known.lowest, numbers)), tuple(map(max, known.highest, numbers))
            self._known[key] = Known(lowest, highest, known.problems)


class Plan(NamedTuple):
    """What is to be looked at in usual requests with the same members and the same kinds of blocks."""

    number: int
    """Of this plan alone: it counts like a value."""
    readers: Sequence[tuple[str, Read]]
    """What reads the values that count, by the names of their members."""
    checks: Sequence[Check]


class UsualRequests:
    """Tells the usual requests of one API version from the others, and reads the values of theirs that count."""

    def __init__(self, options: Options) -> None:
        version, sizes = options.api_version or WIDEST_VERSION, SizeLimits(options)
        self._schema = usual_schema(version, options.platform)
        self._is_valid = request_schema(version, options.platform).is_valid
        self._may_exceed = sizes
        self._plans: dict[tuple[bool, Shape], Plan] = {}
        self._planned_so_far = 0
        self._not_plain = 0
        """So many requests are not expected to be plain: to ask that first would be in vain."""

    def values_of(self, item: Item) -> Values | None:
        """The values that count in a usual request; None where the request is not usual."""
        if item.irregularities:
            return None
        is_plain = not self._not_plain and self._schema.takes_plain(item.value)
        if not is_plain:
            if not self._schema.takes(item.value):
                return None
            self._not_plain = (self._not_plain or NOT_PLAIN) - 1
        params = item.value["params"]
        kinds = kinds_of(params)
        shape = (tuple(params), frozenset(kinds))
        plan = self._plans.get((is_plain, shape)) or self._planned(is_plain, shape)
        counted: list[Any] = [plan.number]
        numbers: list[float] = []
        for name, read in plan.readers:
            read(params[name], counted, numbers)
        # What counts may be anything; the checks are for what the bundled schema takes.
        if not HOLDERS.isdisjoint(map(type, counted)) and not self._is_valid(item.value):
            return None
        is_shallow = is_plain
        for check in plan.checks:
            found = check(params)
            if found is None:
                return None
            is_shallow = is_shallow and found != DEEP
            counted.append(found)
        if self._may_exceed(params, len(item.raw), kinds, is_shallow):
            return None
        key = marshal.dumps(counted, 2)
        return None if may_hold_infinity(key) else Values(key, tuple(numbers))

    def _planned(self, is_plain: bool, shape: Shape) -> Plan:
        if len(self._plans) >= CACHED_SHAPES:
            self._plans.clear()
        members, kinds = shape
        of_members = self._schema.plain_readers if is_plain else self._schema.readers
        present = {*kinds, *(f"member:{name}" for name in members)}
        readers = [(name, read) for name in members if (read := of_members[name]) is not None]
        checks = [check for check, triggers in CHECKS if triggers is ALWAYS or not triggers.isdisjoint(present)]
        self._planned_so_far += 1
        plan = self._plans[is_plain, shape] = Plan(self._planned_so_far, readers, checks)
        return plan


class UsualJudge(Judge):
    """A judge that judges usual requests once for all that have the same values."""

    def __init__(self, options: Options, rules: Collection[Rule], custom_ids: CustomIds) -> None:
        super().__init__(options, rules, custom_ids)
        self._known = KnownValues()

    @cached_property
    def _usual(self) -> UsualRequests:
        return UsualRequests(self._options)

    def problems(self, item: Item) -> Sequence[Found]:
        """The problems of a decoded item, in document order."""
        found = self._by_values(item)
        return super().problems(item) if found is None else self._with_id(found, item)

    def _by_values(self, item: Item) -> Sequence[Found] | None:
        """The problems of a usual request but for its id; None where it is not usual, or not valid."""
        values = self._usual.values_of(item)
        if values is None:
            return None
        found = self._known.problems(values)
        if found is None and self._schema.is_valid(item.value):
            value = self._with_job_model(item.value)
            found = arranged(run_rules(self._triggered(item, value).rules, self._request(value, item)), item.value)
            if not any(map(is_placed, found)):
                self._known.add(values, found)
        return found

    def _with_id(self, found: Sequence[Found], item: Item) -> Sequence[Found]:
        """The problems found in a usual request, and what is wrong with its id: it is legal, but may come again."""
        first_use = self._custom_ids.add(item.value["custom_id"], item)
        if first_use is None:
            return found
        # Of a request of which it is known what is found, the value may be the id alone.
        value = item.value if "params" in item.value else read_json(item.raw)
        request = self._request(value, item, first_use)
        return arranged([*found, *run_rules(self._on_repeated_id, request)], value)


def is_placed(found: Found) -> bool:
    """Whether what was found, or what would mend it, is at a place of this request alone, or names one."""
    _, problem = found
    edits = problem.fix.edits if problem.fix else ()
    pointers = (problem.pointer, *(edit.pointer for edit in edits if not isinstance(edit, UNPLACED)))
    if any(not UNCOUNTED.isdisjoint((pointer or ())[1:2]) for pointer in pointers):
        return True
    words = f"{problem.message} {problem.help} {problem.api_error}"
    return any(f"{name}." in words for name in UNCOUNTED)
