"""The parts of a rule: its metadata, its triggers, and the problems that it yields."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from batchlint.edits import Fix, Pointer

__all__ = ["Check", "Found", "Impact", "Metadata", "Pointer", "Problem", "Related", "Rule", "Severity"]

Severity = Literal["error", "warning"]
Impact = Literal["batch", "request", "waste"]


class Metadata(NamedTuple):
    """The metadata of a rule, which its module states in the constant `META`.

    `triggers` names what must be there for the rule to be called at all, any one of:

    - `request`: every request,
    - `platform`: every request of a file for another platform than the Claude API,
    - `member:NAME`: params has the member NAME; of `thinking` and `output_config` also `member:NAME.INNER`,
    - `role:NAME`: a message has that role; `first:assistant`, `last:assistant`: the first, the last one has it,
    - `block:TYPE`: a content block of that type is in system, messages or inside another block (a plain string
      counts as `text`); `blank-text`: a text is empty or nothing but whitespace, or a message has no content,
    - `carried:NAME`: a content block or a tool has the member NAME, and it is not empty (`cache_control`, `citations`;
      of tools also `strict`, `input_examples`, `defer_loading`, `allowed_callers` and the lists of domains),
    - `output-format`: the answer has to follow a schema,
    - `tool:TYPE`: a tool of that type is defined (without a type: `custom`),
    - `beta`: it has something that may need an `anthropic-beta` header (`batchlint.analysis.beta_needs`),
    - `unusual-exchange`: tool uses, their results or thinking are not in the usual order, in which nothing can be wrong
      with them (`batchlint.engine.usual_tool_use`),
    - `unusual-image`: there are images, and not of the usual kind, with which nothing can be wrong
      (`batchlint.engine.usual_images`),
    - `large-request`: it may be over a limit on tokens or bytes (`batchlint.engine.size`),
    - `illegal-id`: the custom_id is not of the form that the API takes,
    - `repeated-id`: the custom_id was seen before,
    - `refused-item`: an item that the schema refuses; where such a rule yields something, nothing else is said of it,
    - `batch`: the end of a file,
    - `schema:KEYWORD`: the bundled schema refuses a value by that keyword,
    - `source:KIND`: the file's own form is irregular in that way.
    """

    severity: Severity
    impact: Impact
    since: str
    triggers: tuple[str, ...]
    source: str
    """Where the fact comes from, in a few words."""
    checked: str
    """The day on which the source was last looked at, as YYYY-MM-DD."""
    fixes: tuple[Literal["safe", "unsafe"], ...] = ()
    """Which fixes its problems may have (`batchlint.edits`)."""
    ages: bool = False
    """Whether its findings depend on facts that go out of date, so that the report says when those are old."""


class Related(NamedTuple):
    """Another place that a problem speaks of: a whole item, and a pointer inside it."""

    path: str
    offset: int
    length: int
    line: int
    line_offset: int
    pointer: Pointer
    message: str
    same_file: bool = True
    """Whether it is in the file of the finding."""


class Problem(NamedTuple):
    """One thing that a rule found, at a symbolic place; where that is in the file is found out if it is shown.

    `pointer` leads into the item; None means the whole file. `at_key` points at the member's name instead of its value.
    `api_error` is what the API would answer, `severity` and `impact` are given where the rule's own do not hold for
    this case.
    """

    pointer: Pointer | None
    message: str
    help: str = ""
    api_error: str | None = None
    severity: Severity | None = None
    impact: Impact | None = None
    at_key: bool = False
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    """What would mend it, where there is one answer."""
    more: int = 0
    """How many others of its kind in the request it stands for."""
    variant: str = ""
    """What is wrong there (a value, a name), where the rule finds different things at one place: one group for each."""
    once: bool = False
    """Whether it is said once a file, of the first item of which it is true."""


Check = Callable[[Any], Iterable[Problem]]


class Rule:
    """A rule as the registry holds it. What its module does is imported when the rule wakes for the first time."""

    __slots__ = ("_check", "_module", *Metadata._fields, "name", "summary")

    severity: Severity
    impact: Impact
    since: str
    triggers: tuple[str, ...]
    source: str
    checked: str
    fixes: tuple[Literal["safe", "unsafe"], ...]
    ages: bool

    def __init__(self, name: str, summary: str, metadata: Metadata, module: str) -> None:
        """`summary` is the first line of the page, `module` the full name of the rule's module."""
        self.name = name
        self.summary = summary
        for field, value in zip(Metadata._fields, metadata, strict=True):
            setattr(self, field, value)
        self._module = module
        self._check: Check | None = None

    def __repr__(self) -> str:
        return f"Rule({self.name!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Rule, (self.name, self.summary, self.metadata, self._module))

    @property
    def metadata(self) -> Metadata:
        """The metadata that the module states."""
        return Metadata._make(getattr(self, field) for field in Metadata._fields)

    @property
    def check(self) -> Check:
        """Takes what the rule's trigger delivers and yields problems."""
        return self._check or self._loaded()

    @property
    def page(self) -> str:
        """The module's docstring: a summary line, an empty line, the page."""
        return importlib.import_module(self._module).__doc__ or ""

    def _loaded(self) -> Check:
        self._check = importlib.import_module(self._module).check
        return self._check


Found = tuple[Rule, Problem]
"""A problem, and the rule that found it."""
