"""Judges one request: by the schema, then by the rules that what it holds triggers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from batchlint.engine.arrangement import arranged, found_by_schema
from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.dispatch import Dispatch, Triggered
from batchlint.engine.size import SizeLimits
from batchlint.facts import limits
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rule import Found, Pointer, Related, Rule
from batchlint.schema import WIDEST_VERSION, request_schema
from batchlint.sources.decode import decode_slowly
from batchlint.sources.flaw import placed
from batchlint.sources.item import Foreign, Item, Unread
from batchlint.sources.reader import DECODER, Reader

NO_RULES: tuple[Rule, ...] = ()
NOTHING: Sequence[Found] = ()


class Judge:
    """Judges requests one by one, each in the same way; all that it keeps are the custom_ids."""

    reader: Reader = DECODER
    """What makes values of the bytes of items."""

    def __init__(self, options: Options, rules: Collection[Rule], custom_ids: CustomIds) -> None:
        self.options = self._options = options
        self._custom_ids = custom_ids
        self._dispatch = Dispatch(rules, SizeLimits(options), options.platform)
        self._schema = request_schema(options.api_version or WIDEST_VERSION, options.platform)
        self.on = self._dispatch.on
        """The rules by their triggers."""
        self._on_refusal = self.on("refused-item")
        self._on_illegal_id = self.on("illegal-id")
        self._on_repeated_id = self.on("repeated-id")
        self._model = lru_cache(maxsize=256)(options.model)
        self._is_legal_id = re.compile(limits().custom_id.pattern).fullmatch

    def problems(self, item: Item) -> Sequence[Found]:
        """The problems of a decoded item, in document order."""
        if item.value.__class__ is Unread:
            return self._unread(item)
        if item.value.__class__ is Foreign:
            return self._not_a_request(item)
        if self._schema.is_valid(item.value):
            return self._judged(item, item.value)
        if not _seems_a_request(item.value) and (found := self._not_a_request(item)):
            return found
        return self._refused(item)

    def _not_a_request(self, item: Item) -> Sequence[Found]:
        """What is said of an item of another dialect, or one that is no request at all."""
        return next((found for rule in self._on_refusal if (found := run_rules((rule,), item))), NOTHING)

    def _unread(self, item: Item) -> Sequence[Found]:
        """The problems of the id of an item that was not decoded."""
        first_use, on_id = self._use_id(item.value.get("custom_id"), item)
        return run_rules(on_id, self._request(item.value, item, first_use))

    def _refused(self, item: Item) -> Sequence[Found]:
        """The violations of the schema in an item, and what the rules find in the rest of it."""
        from batchlint.schema.deduplicate import distinct_violations, is_non_finite
        from batchlint.schema.prune import pruned, refused_pointer

        violations = list(self._schema.violations(item.value, item.index))
        refused = frozenset(map(refused_pointer, violations))
        found = found_by_schema(distinct_violations(violations), self.on, item.value)
        if any(map(is_non_finite, violations)):
            found += self._infinite_numbers(item)
        rest = pruned(item.value, refused)
        return self._judged(item, rest, found, refused) if isinstance(rest, dict) else arranged(found, item.value)

    def _judged(
        self,
        item: Item,
        value: dict[str, Any],
        found: Sequence[Found] = NOTHING,
        refused: frozenset[Pointer] = frozenset(),
    ) -> Sequence[Found]:
        """The problems found in a request so far, and what the rules find in the `value` that the schema left of it."""
        value = self._with_job_model(value)
        rules, infinite = self._triggered(item, value)
        if infinite:
            found = [*found, *self._infinite_numbers(item)]
        first_use, on_id = self._use_id(value.get("custom_id"), item)
        if rules or on_id:
            found = [*found, *run_rules(rules + on_id, self._request(value, item, first_use, refused))]
        return arranged(found, item.value)

    def _infinite_numbers(self, item: Item) -> Sequence[Found]:
        """Numbers like 1e400, which the fast parser lets pass, by a reader that does not."""
        if any(irregularity.kind == "non-finite-number" for irregularity in item.irregularities):
            return NOTHING
        return [
            (rule, problem)
            for irregularity in placed(decode_slowly(item.raw).flaws, item.raw, item.index, 0, 0, 0)
            if irregularity.kind == "non-finite-number"
            for rule in self.on("source:non-finite-number")
            for problem in rule.check(irregularity)
        ]

    def _with_job_model(self, value: dict[str, Any]) -> dict[str, Any]:
        """The value as rules see it: where the model is a matter of the whole job, it is added to each request."""
        if self._options.platform is None or self._options.job_model is None:
            return value
        return {**value, "params": {**(value.get("params") or {}), "model": self._options.job_model}}

    def _triggered(self, item: Item, value: dict[str, Any]) -> Triggered:
        """The triggers of a request, but for its id."""
        return self._dispatch.by_request(value.get("params") or {}, len(item.raw))

    def _use_id(self, custom_id: str | None, item: Item) -> tuple[Related | None, tuple[Rule, ...]]:
        """Remembers an id; the first use of one that is repeated, and the rules that look at such an id."""
        if custom_id is None:
            return None, NO_RULES
        first_use = self._custom_ids.add(custom_id, item)
        on_id = NO_RULES if first_use is None else self._on_repeated_id
        return first_use, on_id if self._is_legal_id(custom_id) else on_id + self._on_illegal_id

    def _request(
        self,
        value: dict[str, Any],
        item: Item,
        first_use: Related | None = None,
        refused: frozenset[Pointer] = frozenset(),
    ) -> Request:
        params = value.get("params") or {}
        model_id = params.get("model")
        model = None if model_id is None else self._model(model_id)
        return Request(value, item.index, len(item.raw), self._options.of_body(params), model, first_use, refused)


def _seems_a_request(value: Any) -> bool:
    """Whether an item has the member that only requests have, so that it is no line of another API."""
    return value.__class__ is dict and "params" in value


def run_rules(rules: Iterable[Rule], subject: object) -> list[Found]:
    """The problems that rules find in what their trigger delivers."""
    return [(rule, problem) for rule in rules for problem in rule.check(subject)]
