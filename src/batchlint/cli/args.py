"""The options of check by argparse's names for them, and their defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batchlint.cli import UsageError

if TYPE_CHECKING:
    import argparse

NAMES = {
    "select": "select",
    "extend-select": "extend_select",
    "ignore": "ignore",
    "warn": "warn",
    "api-version": "api_version",
    "dialect": "dialect",
    "model": "model",
    "whole-job": "whole_job",
    "as-of": "as_of",
    "max-tokens-per-request": "max_tokens_per_request",
    "max-request-bytes": "max_request_bytes",
    "max-item-bytes": "max_item_bytes",
    "strict": "strict",
    "baseline": "baseline",
}
"""The options that are keys of the configuration too."""


def defaults() -> dict[str, Any]:
    """What holds where an option is not given; None: the configuration decides, or there is nothing."""
    return {
        "format": [],
        "output": [],
        "max_findings": 50,
        "stdin_filename": None,
        "no_progress": False,
        "color": "auto",
        "quiet": False,
        "exit_zero": False,
        "statistics": False,
        "only_batches": False,
        "verbose": False,
        "jobs": None,
        "config": None,
        "no_config": False,
        "beta": None,
        "count_tokens": "estimate",
        "allow_https": False,
        "max_bytes": None,
        **dict.fromkeys(NAMES.values()),
    }


def given_values(args: argparse.Namespace) -> dict[str, Any]:
    """The options that are given on the command line, by the keys of the configuration. Raises `UsageError`."""
    values = {key: getattr(args, name, None) for key, name in NAMES.items()}
    if args.beta:
        betas = frozenset(name for name in args.beta if name != "none")
        if len(betas) != len(set(args.beta)) and betas:
            raise UsageError("--beta none says that there are no beta headers; it cannot be combined with --beta NAME")
        values["betas"] = betas
    return {key: value for key, value in values.items() if value is not None}
