"""The rules, one module each, found by themselves.

To add one, write a module here and a folder with its fixtures under tests/rules (CONTRIBUTING.md says how). A rule
module has

- a docstring, which is its page: a summary line, what it finds, what the API does then, an example, what to write
  instead,
- `META`, its metadata (`batchlint.rule.Metadata`); the rule's name is the module's, with dashes,
- `check`, a generator of `batchlint.rule.Problem`. What it is given depends on the trigger in `META.triggers`:
  a `Request` for everything inside a request, a `Batch` at the end of a file, a `Violation` for what the schema
  refuses, an `Irregularity` for the file's own form.

A request that a rule sees holds only values of the right JSON type: what the schema refuses has been reported and
taken out. Any member may be missing for that reason, even a required one, so rules read members with `.get`.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping

from batchlint.rule import Rule
from batchlint.rules._index import found_rules


@functools.cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name, in the order of the names; none of their modules is imported for it."""
    folder = os.path.dirname(__file__)
    return {
        each.module.replace("_", "-"): Rule(
            each.module.replace("_", "-"), each.summary, each.metadata, f"{__name__}.{each.module}"
        )
        for each in found_rules(folder)
    }
