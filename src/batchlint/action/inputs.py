"""The inputs of the Action, as action.yml hands them over: by environment variables, never inside a script."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import NamedTuple

from batchlint.cli import UsageError

FAIL_ON = ("error", "warning", "never")


class Inputs(NamedTuple):
    """What the step of a workflow says under `with`."""

    paths: list[str]
    options: list[str]
    changed_only: bool
    fail_on_none: bool
    fail_on: str
    sarif_file: str | None
    base: str
    """The commit before the change; empty where the event has none."""
    head: str
    """The last commit of a pull request; empty where the event is none."""


def inputs(environment: Mapping[str, str]) -> Inputs:
    """The inputs. Raises `UsageError` for what they cannot be."""
    paths = [line.strip() for line in environment.get("BATCHLINT_PATHS", "").splitlines() if line.strip()]
    fail_on = environment.get("BATCHLINT_FAIL_ON") or "error"
    if fail_on not in FAIL_ON:
        raise UsageError(f"fail-on: {fail_on!r} is none of {', '.join(FAIL_ON)}")
    return Inputs(
        paths=paths or ["."],
        options=_words(environment.get("BATCHLINT_OPTIONS", "")),
        changed_only=_flag("changed-only", environment.get("BATCHLINT_CHANGED_ONLY", "")),
        fail_on_none=_flag("fail-on-none", environment.get("BATCHLINT_FAIL_ON_NONE", "")),
        fail_on=fail_on,
        sarif_file=_line("sarif-file", environment.get("BATCHLINT_SARIF_FILE", "")) or None,
        base=environment.get("BATCHLINT_BASE", "").strip(),
        head=environment.get("BATCHLINT_HEAD", "").strip(),
    )


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise UsageError(f"options: {error}") from None


def _line(name: str, text: str) -> str:
    if "\n" in text.strip() or "\r" in text.strip():
        raise UsageError(f"{name}: has to be one line")
    return text.strip()


def _flag(name: str, text: str) -> bool:
    if text not in ("", "true", "false"):
        raise UsageError(f"{name}: {text!r} is neither true nor false")
    return text == "true"
