"""Judges one request: by the schema, by the rules that it wakes, and by what was judged of requests like it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from batchlint.arranging import arranged, found_by_schema
from batchlint.custom_ids import CustomIds
from batchlint.facts import limits
from batchlint.judgement import Found, Judgement, Recognised
from batchlint.large import Large
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rule import Pointer, Related, Rule
from batchlint.schema import WIDEST_VERSION, request_schema
from batchlint.sources.decode import decode_slowly, read_json
from batchlint.sources.flaw import placed
from batchlint.sources.item import Item
from batchlint.sources.reader import DECODER, Reader
from batchlint.waking import Waking

if TYPE_CHECKING:
    from batchlint.facts import Model
    from batchlint.recogniser import Recogniser

NO_RULES: tuple[Rule, ...] = ()
NOTHING: Sequence[Found] = ()
REMEMBERED_VALUES = 10_000
"""Values that are remembered as clean for requests of one shape; a real file has a few."""
RECOGNISED_FROM = 1_000_000
"""Bytes of a file in which it is worth while to look for requests that are alike."""


class Judge:
    """Judges requests one by one.

    What it keeps from one to the next is little: the custom_ids, the models met, and what was judged of outlines.
    """

    def __init__(self, options: Options, rules: Collection[Rule], custom_ids: CustomIds) -> None:
        self._options = options
        self._custom_ids = custom_ids
        self._large = Large(options)
        self._waking = Waking(rules, self._large)
        self._schema = request_schema(options.api_version or WIDEST_VERSION)
        self._models: dict[str, Model | None] = {}
        self._recogniser: Recogniser | None = None
        self.on = self._waking.on
        """The rules by what wakes them."""
        self._on_infinite_number = self.on("source:non-finite-number")
        self._on_refusal = self.on("refused-item")
        self._on_illegal_id = self.on("illegal-id")
        self._on_repeated_id = self.on("repeated-id")
        self._is_legal_id = re.compile(limits().custom_id.pattern).fullmatch

    def reader(self, size: int) -> Reader:
        """What makes the values of items in a file of so many bytes; in a large one, it leaves out what is known."""
        if size < RECOGNISED_FROM:
            return DECODER
        if self._recogniser is None:
            from batchlint.recogniser import Recogniser

            self._recogniser = Recogniser(self._custom_ids, limits().custom_id.pattern.strip("^$"), self._large)
        return self._recogniser

    def recognised(self, item: Item, recognised: Recognised) -> Sequence[Found]:
        """What is found in a request that is like one before: for a clean one nothing is built."""
        custom_id, (found, rules) = recognised
        first_use, on_id = self._about_id(custom_id, item)
        if not (rules or on_id):
            return found
        item = item._replace(value=read_json(item.raw))
        request = self._request(item.value, item, first_use)
        return arranged([*found, *asked(rules, request), *asked(on_id, request)], item.value)

    def judged(self, item: Item) -> Sequence[Found]:
        """What is found in a request that was decoded; what of it holds for all that are like it is kept."""
        if self._schema.is_valid(item.value):
            return self._ruled(item, item.value)
        for rule in self._on_refusal:  # another dialect
            if found := asked((rule,), item):
                return found
        return self._refused(item)

    def _refused(self, item: Item) -> Sequence[Found]:
        """What is wrong with a request by the schema, and by the rules with the rest."""
        from batchlint.schema.prune import pruned, refused_pointer
        from batchlint.schema.telling import is_told, is_told_alike, worth_telling

        violations = list(self._schema.violations(item.value, item.index))
        refused = frozenset(map(refused_pointer, violations))
        told = [
            *(self._infinite_numbers(item) if any(map(is_told, violations)) else ()),
            *found_by_schema(worth_telling(violations), self.on, item.value),
        ]
        rest = pruned(item.value, refused)
        if not isinstance(rest, dict):
            return arranged(told, item.value)
        return self._ruled(item, rest, told, refused, alike=all(map(is_told_alike, violations)))

    def _ruled(
        self,
        item: Item,
        value: dict[str, Any],
        told: Sequence[Found] = NOTHING,
        refused: frozenset[Pointer] = frozenset(),
        alike: bool = True,
    ) -> Sequence[Found]:
        """What was told of a request, and what the rules find in it, or in the `value` that the schema left of it.

        `alike` says whether the same would be told of all requests that are like this one but for their texts.
        """
        params = value.get("params") or {}
        first_use, on_id = self._about_id(value.get("custom_id"), item)
        woken = self._waking.by_request(params, len(item.raw))
        if woken.infinite:
            told = [*told, *self._infinite_numbers(item)]
        values = woken.read(params)
        remembered = NO_RULES if values in woken.clean else woken.remembered
        of_all, of_this = told, NOTHING
        if woken.rules or woken.outlined or remembered or on_id:
            request = self._request(value, item, first_use, refused)
            of_values = asked(remembered, request)
            if remembered and not of_values and len(woken.clean) < REMEMBERED_VALUES:
                woken.clean.add(values)
            of_all = [*told, *of_values, *asked(woken.outlined, request)]
            of_this = [*asked(woken.rules, request), *asked(on_id, request)]
        if self._recogniser is not None and alike and not (refused and woken.rules):
            self._recogniser.keep(item, Judgement(arranged(of_all, item.value), woken.rules))
        return arranged([*of_all, *of_this], item.value)

    def _infinite_numbers(self, item: Item) -> Sequence[Found]:
        """Numbers like 1e400, which the fast parser lets pass, told as when the item had been read without it."""
        if any(irregularity.kind == "non-finite-number" for irregularity in item.irregularities):
            return NOTHING
        return [
            (rule, problem)
            for irregularity in placed(decode_slowly(item.raw).flaws, item.raw, item.index, 0, 0, 0)
            if irregularity.kind == "non-finite-number"
            for rule in self._on_infinite_number
            for problem in rule.check(irregularity)
        ]

    def _about_id(self, custom_id: str | None, item: Item) -> tuple[Related | None, tuple[Rule, ...]]:
        """The first use of an id that is repeated, and the rules that have something to say of an id."""
        if custom_id is None:
            return None, NO_RULES
        first_use = self._custom_ids.add(custom_id, item)
        on_id = NO_RULES if first_use is None else self._on_repeated_id
        return first_use, on_id if self._is_legal_id(custom_id) else on_id + self._on_illegal_id

    def _request(
        self, value: dict[str, Any], item: Item, first_use: Related | None, refused: frozenset[Pointer] = frozenset()
    ) -> Request:
        model = self._model((value.get("params") or {}).get("model"))
        return Request(value, item.index, len(item.raw), self._options, model, first_use, refused)

    def _model(self, model_id: str | None) -> Model | None:
        if model_id is None:
            return None
        if model_id not in self._models:
            self._models[model_id] = self._options.model(model_id)
        return self._models[model_id]


def asked(rules: Iterable[Rule], about: object) -> list[Found]:
    """What rules find in what they were woken for."""
    return [(rule, problem) for rule in rules for problem in rule.check(about)]
