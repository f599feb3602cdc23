"""Holds every item of a file against the schema and the rules, and yields what they find."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from batchlint.batch import Batch
from batchlint.custom_ids import CustomIds
from batchlint.document_order import document_order
from batchlint.facts import limits, models
from batchlint.finding import Finding, custom_id_of
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rule import Pointer, Problem, Rule, Severity
from batchlint.schema import WIDEST_VERSION, Violation, request_schema
from batchlint.schema.prune import pruned, refused_pointer
from batchlint.sources.item import UNREADABLE, Irregularity, Item
from batchlint.waking import Waking

if TYPE_CHECKING:
    from batchlint.facts import Model
    from batchlint.sources import Source


Found = tuple[Rule, Problem]
TOKENS_PER_BYTE = 1.7
"""More than a byte of a request's texts can stand for; images, documents, tools and formats wake rules apart."""
TOKENS_OF_ANY_REQUEST = 1_000
"""More than the API adds to a request of texts, however short it is."""
NO_RULES: tuple[Rule, ...] = ()
REMEMBERED_VALUES = 10_000
"""Values that are remembered as clean for requests of one shape; a real file has a few."""


class Engine:
    """The checks of one run, over one file or many.

    What it keeps from item to item is little: the custom_ids, the models met, and the counts of the file it is in.
    """

    def __init__(
        self, options: Options, rules: Collection[Rule], severities: Mapping[str, Severity] | None = None
    ) -> None:
        self._options = options
        self._severities = severities or {}
        self._waking = Waking(rules, large_from(options))
        self._schema = request_schema(options.api_version or WIDEST_VERSION)
        self._custom_ids = CustomIds()
        self._models: dict[str, Model | None] = {}
        self._on_refusal = self._waking.on("refused-item")
        self._on_illegal_id = self._waking.on("illegal-id")
        self._on_repeated_id = self._waking.on("repeated-id")
        self._is_legal_id = re.compile(limits().custom_id.pattern).fullmatch

    def check(self, source: Source, at_end: Callable[[Batch], object] = id) -> Iterator[Finding]:
        """What is wrong with a file, in the order of the file; what concerns it as a whole comes last.

        `at_end` is given the counts of the file once they are known.
        """
        path = source.path
        self._custom_ids.begin_file(path)
        requests = item_bytes = irregularities = 0
        is_valid = self._schema.is_valid
        for item in source:
            if isinstance(item, Irregularity):
                irregularities += 1
                yield from self._irregular(item, path, None)
                continue
            requests += 1
            item_bytes += len(item.raw)
            for irregularity in item.irregularities:
                yield from self._irregular(irregularity, path, item)
            if item.value is UNREADABLE:
                continue
            found = self._request(item.value, item) if is_valid(item.value) else self._refused(item)
            if found:
                yield from self._findings(in_document_order(found, item), path, item)
        size = source.size
        batch = Batch(path, source.container, requests, size, item_bytes, irregularities > 0, self._options)
        at_end(batch)
        for rule in self._waking.on("batch"):
            yield from self._findings([(rule, problem) for problem in rule.check(batch)], path, None)

    def _refused(self, item: Item) -> list[Found]:
        """An item that the schema refuses: another dialect, or what is wrong with it and with the rest."""
        for rule in self._on_refusal:
            if found := [(rule, problem) for problem in rule.check(item)]:
                return found
        violations = list(self._schema.violations(item.value, item.index))
        refused = frozenset(map(refused_pointer, violations))
        violations = without_other_kinds(violations)
        claimed = misspelt_members(violations)
        found = [
            (rule, problem)
            for violation in violations
            if not is_told(violation)
            if violation.keyword != "required" or (violation.pointer, violation.expected) not in claimed
            for rule in self._waking.on(f"schema:{violation.keyword}")
            for problem in rule.check(violation)
        ]
        rest = pruned(item.value, refused)
        return found + self._request(rest, item, refused) if isinstance(rest, dict) else found

    def _request(self, value: dict[str, Any], item: Item, refused: frozenset[Pointer] = frozenset()) -> list[Found]:
        """What the rules find in a request that the schema takes, or in what is left of one.

        Most requests are clean, and of a shape and with values that were clean before: for them nothing is built.
        """
        params = value.get("params") or {}
        custom_id = value.get("custom_id")
        size = len(item.raw)
        first_use, on_id = None, NO_RULES
        if custom_id is not None:
            first_use = self._custom_ids.add(custom_id, item)
            if first_use is not None:
                on_id = self._on_repeated_id
            if self._is_legal_id(custom_id) is None:
                on_id += self._on_illegal_id
        woken = self._waking.by_request(params, size)
        values = woken.read(params)
        remembered = NO_RULES if values in woken.clean else woken.remembered
        rules = on_id + woken.rules + remembered
        if not rules:
            return []
        model = self._model(params.get("model"))
        request = Request(value, item.index, size, self._options, model, first_use, refused)
        found = [(rule, problem) for rule in rules for problem in rule.check(request)]
        if remembered and not any(rule.reads for rule, _ in found) and len(woken.clean) < REMEMBERED_VALUES:
            woken.clean.add(values)
        return found

    def _irregular(self, irregularity: Irregularity, path: str, item: Item | None) -> Iterator[Finding]:
        for rule in self._waking.on(f"source:{irregularity.kind}"):
            found = [(rule, problem) for problem in rule.check(irregularity)]
            yield from self._findings(found, path, item, irregularity)

    def _findings(
        self, found: Iterable[Found], path: str, item: Item | None, irregularity: Irregularity | None = None
    ) -> Iterator[Finding]:
        holder = item if item is not None else irregularity
        index = holder.index if holder is not None else None
        custom_id = custom_id_of(item.value) if item is not None else None
        for rule, problem in found:
            yield Finding(
                rule=rule,
                severity=self._severities.get(rule.name) or problem.severity or rule.severity,
                impact=problem.impact or rule.impact,
                problem=problem,
                path=path,
                index=index,
                custom_id=custom_id,
                item=item,
                irregularity=irregularity,
            )

    def _model(self, model_id: str | None) -> Model | None:
        if model_id is None:
            return None
        if model_id not in self._models:
            self._models[model_id] = models().find(model_id)
        return self._models[model_id]


def large_from(options: Options) -> int:
    """The size in bytes above which a request could break a limit on bytes or tokens, or fill a context window."""
    windows = [model.context_window for model in models() if model.context_window is not None]
    tokens = min(windows + ([options.max_tokens_per_request] if options.max_tokens_per_request else []))
    in_bytes = max(int((tokens - TOKENS_OF_ANY_REQUEST) / TOKENS_PER_BYTE), 0)
    return in_bytes if options.max_request_bytes is None else min(in_bytes, options.max_request_bytes)


def in_document_order(found: list[Found], item: Item) -> list[Found]:
    """What was found in one item, in the order in which it stands there."""
    if len(found) < 2:
        return found
    return sorted(found, key=lambda each: document_order(item.value, each[1].pointer))


def is_told(violation: Violation) -> bool:
    """Whether a value was told to be none of JSON when it was read: NaN is not said to be of the wrong type as well."""
    value = violation.item
    for key in violation.pointer:
        value = value[key]
    return isinstance(value, float) and not math.isfinite(value)


def without_other_kinds(violations: list[Violation]) -> list[Violation]:
    """All but what is said of the members of an object whose `type` makes it something else than may stand there."""
    others = {v.pointer[:-1] for v in violations if v.pointer[-1:] == ("type",) and v.keyword == "const"}
    return [v for v in violations if v.pointer[-1:] == ("type",) or others.isdisjoint(_places_around(v.pointer))]


def _places_around(pointer: Pointer) -> Iterator[Pointer]:
    return (pointer[:depth] for depth in range(len(pointer) + 1))


def misspelt_members(violations: Iterable[Violation]) -> frozenset[tuple[Pointer, str]]:
    """Missing members that an unknown neighbour was meant to be: `max_token` for `max_tokens` is one mistake."""
    from batchlint.facts import members
    from batchlint.spelling import meant

    violations = list(violations)
    missing = {(v.pointer, v.expected) for v in violations if v.keyword == "required"}
    claimed: set[tuple[Pointer, str]] = set()
    for unknown in violations if missing else ():
        if unknown.keyword == "additionalProperties":
            known = members().find(unknown.expected, unknown.pointer)
            names = (meant(unknown.expected, unknown.members), *(known.replaces if known else ()))
            claimed.update((unknown.pointer, name) for name in names if name is not None)
    return frozenset(claimed & missing)
