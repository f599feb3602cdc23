"""Which requests may be over a limit on bytes or tokens: only they trigger the rules about length."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from batchlint.facts import limits, models
from batchlint.options import Options
from batchlint.triggers import Part

TOKENS_PER_BYTE: Final = 1.7
"""More than a byte of a request's texts can stand for."""
TOKENS_OF_ANY_REQUEST: Final = 1_000
"""More than the API adds to a request of texts, however short it is."""
SHORT_TOKENS_PER_BYTE: Final = 17
"""More than a byte of a request without files can stand for: a tool of few bytes has its price, and the API writes the
schema of an answer with a line for each value, indented.
"""
INDENTED: Final = 7
"""Levels of values inside values that the schema of an answer has at most where that holds."""
COSTLY: Final = frozenset({"image", "document", "tool_use", "output-format"})
"""Parts of requests that cost tokens next to their bytes, or other ones; tools do too."""

FILES: Final = frozenset({"image", "document"})


class SizeLimits:
    """The limits on bytes and tokens of a run."""

    def __init__(self, options: Options) -> None:
        windows = [model.context_window for model in models() if model.context_window is not None]
        self.tokens = min(windows + ([options.max_tokens_per_request] if options.max_tokens_per_request else []))
        own = options.max_request_bytes
        self.bytes = limits().request.bytes if own is None else min(own, limits().request.bytes)
        if options.platform is not None:
            self.bytes = min(self.bytes, options.platform.limits.maximum_record_bytes)
        self._short_bytes = min((self.tokens - TOKENS_OF_ANY_REQUEST) / SHORT_TOKENS_PER_BYTE, self.bytes)
        self._text_bytes = min(max((self.tokens - TOKENS_OF_ANY_REQUEST) / TOKENS_PER_BYTE, 0), self.bytes)

    def __call__(self, params: dict[str, Any], size: int, parts: set[Part], is_shallow: bool = False) -> bool:
        """Whether a request with these parts, and of `size` bytes, may be over a limit.

        `is_shallow`: it is known that the format in `output_config` is not nested deeper than `INDENTED`.
        """
        if COSTLY.isdisjoint(parts) and not params.get("tools"):
            return size > self._text_bytes
        if size > self.bytes:
            return True
        if size <= self._short_bytes and FILES.isdisjoint(parts) and _is_plain(params, is_shallow):
            return False
        return _upper_bound()(params, size, params.get("model") or "") > self.tokens


def _is_plain(params: dict[str, Any], is_shallow: bool) -> bool:
    """Whether there are no tools of Anthropic's, which cost more than their bytes, and no deeply nested schema."""
    if any("type" in tool for tool in params.get("tools") or ()):
        return False
    if "output_format" not in params and (is_shallow or "output_config" not in params):
        return True
    formats = [params.get("output_format"), (params.get("output_config") or {}).get("format")]
    return _is_shallow(formats, INDENTED)


def _is_shallow(value: Any, levels: int) -> bool:
    """Whether a value holds no values inside values deeper than so many levels."""
    level = [value]
    for _ in range(levels + 1):
        level = [
            inner
            for each in level
            for inner in (each.values() if each.__class__ is dict else each)
            if inner.__class__ is dict or inner.__class__ is list
        ]
        if not level:
            return True
    return False


@cache
def _upper_bound() -> Callable[[dict[str, Any], int, str], int]:
    from batchlint.tokens import upper_bound

    return upper_bound
