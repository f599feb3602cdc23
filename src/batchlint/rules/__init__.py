"""The rules, one module each, found by themselves.

To add one, write a module here and a folder with its fixtures under tests/rules (CONTRIBUTING.md says how). A rule
module has

- a docstring, which is its page: a summary line, what it finds, what the API does then, an example, what to write
  instead,
- `META`, its metadata (`batchlint.rule.Metadata`); the rule's name is the module's, with dashes,
- `check`, a generator of `batchlint.rule.Problem`. What it is given depends on the trigger in `META.wakes_on`:
  a `Request` for everything inside a request, a `Batch` at the end of a file, a `Violation` for what the schema
  refuses, an `Irregularity` for the file's own form.

A request that a rule sees holds only values of the right JSON type: what the schema refuses has been reported and
taken out. Any member may be missing for that reason, even a required one, so rules read members with `.get`.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from batchlint.rule import Metadata, Rule


@functools.cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name, in the order of the names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    rules = (load(name) for name in names)
    return {rule.name: rule for rule in rules}


def load(module_name: str) -> Rule:
    """The rule that a module of this package holds."""
    module = importlib.import_module(f"{__name__}.{module_name}")
    meta: Metadata = module.META
    return Rule(
        name=module_name.replace("_", "-"),
        severity=meta.severity,
        impact=meta.impact,
        since=meta.since,
        wakes_on=meta.wakes_on,
        source=meta.source,
        checked=meta.checked,
        page=module.__doc__ or "",
        check=module.check,
        reads=meta.reads,
    )
