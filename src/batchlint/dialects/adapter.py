"""The door of another platform's files: after it an item has `custom_id` and `params`, and what is found is said in
the platform's own words and at the places of its own lines.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from batchlint.rule import Problem, Rule
from batchlint.sources.item import Foreign, Item

if TYPE_CHECKING:
    from batchlint.facts.platform import Platform


IN_OTHER_FORM = "to have it checked, write the body in the form of Claude's Messages API"
"""What to do about a body in a form of which little is known."""


class Adapter:
    """Leaves everything as it is: the file is for the Claude API."""

    changes = False
    """Whether items look different after the door."""
    id = "custom_id"
    """The field of a line that identifies its request."""
    body = "params"
    """The field of a line that holds the body of its request."""

    def adapted(self, item: Item) -> Item:
        """The item with `custom_id` and `params`."""
        return item

    def translated(self, rule: Rule, problem: Problem, *, of_form: bool) -> Problem:
        """What was found, as it is for the file; `of_form`: it was found in the file's own text."""
        return problem


class PlatformAdapter(Adapter):
    """The door for the files of one platform."""

    changes = True

    def __init__(self, platform: Platform) -> None:
        from batchlint.dialects.wording import Wording
        from batchlint.facts import dialects

        self.id, self.body = platform.id, platform.body
        self._platform = platform
        self._plain = frozenset((platform.id, platform.body))
        insides = [each.inside[self.body] for each in dialects().items if self.body in each.inside]
        self._of_others = frozenset[str]().union(*insides)
        self._other_form = next((each for each in dialects().items if each.key in platform.items[1:]), None)
        self._wording = Wording(platform)

    def adapted(self, item: Item) -> Item:
        """The item with `custom_id` and `params`; `Foreign` where it is a line of something else."""
        given = item.value
        if given.__class__ is not dict:
            return item
        body = given.get(self.body)
        if given.keys() == self._plain and (body.__class__ is not dict or self._is_own_form(body)):
            value = {"custom_id": given[self.id], "params": body}
        else:
            value = self._value_of(given)
        return Item(item.index, item.offset, item.line, item.line_offset, item.raw, value, item.irregularities, given)

    def _is_own_form(self, body: dict[str, Any]) -> bool:
        """Whether a body is surely not in another form that the platform, or another one, has."""
        if not self._of_others.isdisjoint(body):
            return False
        if self._other_form is None or self._platform.version_field in body or "max_tokens" in body:
            return True
        try:
            block = body["messages"][0]["content"][0]
        except (LookupError, TypeError):
            return True
        return block.__class__ is not dict or "type" in block

    def _value_of(self, given: dict[str, Any]) -> dict[str, Any]:
        """The value of an unusual line: without an id or a body, with more next to them, or of something else."""
        from batchlint.facts import dialects

        found, body = dialects().of_item(given), given.get(self.body)
        if found is not None and isinstance(body, dict) and found.key in self._platform.items:
            if found is self._other_form or not self._is_own_form(body):
                return Foreign(self._other_form or found, IN_OTHER_FORM, body)
        elif found is not None and found.key not in self._platform.items:
            kinds = ("request", "params", "batch")
            own_file = f"this file is for {self._platform.batch}: move the line into a file of its own"
            return Foreign(found, own_file if found.kind in kinds else found.instead)
        if "params" in given and self.body not in given:
            return Foreign(*_own_request(self._platform))
        names = {self.id: "custom_id", self.body: "params", **{name: name for name in self._platform.columns}}
        return {name: given[theirs] for theirs, name in names.items() if theirs in given}

    def translated(self, rule: Rule, problem: Problem, *, of_form: bool) -> Problem:
        """What was found, at its place in the file and in the platform's words."""
        if rule.name in self._platform.warnings or problem.pointer == ("custom_id",):
            impact = problem.impact or rule.impact
            problem = problem._replace(severity="warning", impact="waste" if impact == "batch" else impact)
        return problem if of_form else self._wording.translated(problem)


def _own_request(platform: Platform) -> tuple[Any, str]:
    from batchlint.facts.dialect import ItemDialect

    nothing = frozenset[str]()
    name = "a request of a Message Batch of the Claude API"
    what = ItemDialect("anthropic", "request", name, nothing, nothing, {}, "")
    return what, f"this file is for {platform.batch}: move the line into a file of its own"


OWN_ADAPTER = Adapter()


@cache
def adapter_of(key: str | None) -> Adapter:
    """The door for files of a platform, by what `--dialect` calls it; None: of the Claude API."""
    if key is None:
        return OWN_ADAPTER
    from batchlint.facts import platforms

    return PlatformAdapter(platforms().by_key[key])
