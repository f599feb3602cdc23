"""The shortest way: requests that the scanner knows to be clean are not even decoded."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Final

from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.judge import Judge
from batchlint.engine.native import NativeScanner, state
from batchlint.engine.scanner import Scanner
from batchlint.engine.size import SizeLimits
from batchlint.engine.usual import UsualJudge, is_placed
from batchlint.engine.usual_schema import usual_document
from batchlint.facts import limits
from batchlint.options import Options
from batchlint.resources import schema_text
from batchlint.rule import Found, Rule
from batchlint.schema import WIDEST_VERSION
from batchlint.sources.item import Item
from batchlint.tokens.bound import largest_costs

FEW: Final = 20
"""Requests that are judged the plain way first: of many a large file no more are ever decoded, and before the usual
schema tells one from the other it has to be compiled."""


MOST_TAGS: Final = 1_000
"""Different things that are found in usual requests and remembered by a number; a real file has a handful."""


class ScanningJudge(UsualJudge):
    """A judge whose reader passes over what is known to be clean, and knows what is wrong with requests like others."""

    def __init__(
        self, options: Options, rules: Collection[Rule], custom_ids: CustomIds, scanner: NativeScanner
    ) -> None:
        super().__init__(options, rules, custom_ids)
        # The lines of other platforms are read whole: their fields have other names.
        self.reader = self._scanner = Scanner(scanner, custom_ids, reads_known=options.platform is not None)
        self._few = FEW
        self._by_tag: list[Sequence[Found]] = [()]

    def problems(self, item: Item) -> Sequence[Found]:
        """The problems of a decoded item, in document order."""
        if tag := self._scanner.tag_of(item):
            return self._with_id(self._by_tag[tag], item)
        self._few -= self._few > 0
        found = None if self._few or self._scanner.is_unusual(item) else self._by_values(item)
        if found is None:
            found = Judge.problems(self, item)
            if not found:
                self._scanner.learn(item, 0)
            return found
        if (number := self._tag(found)) is not None:
            self._scanner.learn(item, number)
        return self._with_id(found, item)

    def _tag(self, found: Sequence[Found]) -> int | None:
        """The number of what was found; None where it is of this request alone, or there are too many."""
        if any(map(is_placed, found)):
            return None
        for tag, known in enumerate(self._by_tag):
            if list(known) == list(found):
                return tag
        if len(self._by_tag) == MOST_TAGS:
            return None
        self._by_tag.append(found)
        return len(self._by_tag) - 1


def fastest_judge(options: Options, rules: Collection[Rule], custom_ids: CustomIds) -> UsualJudge:
    """A judge for a large file, by the scanner where there is one."""
    library = state().library
    if library is None:
        return UsualJudge(options, rules, custom_ids)
    numbers = json.dumps(limits_of(options))
    scanner = NativeScanner(library, schema_of(options).encode(), numbers.encode())
    return ScanningJudge(options, rules, custom_ids, scanner)


def schema_of(options: Options) -> str:
    """The usual schema of the lines that the scanner reads."""
    version = options.api_version or WIDEST_VERSION
    if options.platform is None:
        return schema_text(f"usual-request-{version}.schema.json")
    from batchlint.schema.platform import in_lines_of

    return json.dumps(in_lines_of(usual_document(version, options.platform), options.platform))


def limits_of(options: Options) -> dict[str, float]:
    """The limits that the scanner checks requests by (`native/src/limits.rs`)."""
    facts, sizes = limits(), SizeLimits(options)
    return {
        "bytes": sizes.bytes,
        "breakpoints": facts.cache.breakpoints,
        "images": facts.image.many,
        "image_side": facts.image.side,
        "image_length": options.image_base64_length,
        "optional_properties": facts.strict.optional_properties,
        "tokens": sizes.tokens,
        **{f"tokens_{name}": tokens for name, tokens in largest_costs().items()},
    }
