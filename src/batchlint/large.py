"""Which requests may be over a limit on bytes or tokens: no other one wakes a rule about length."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from batchlint.facts import limits, models
from batchlint.judgement import LONGEST_RECOGNISED
from batchlint.options import Options
from batchlint.parts import Part

TOKENS_PER_BYTE: Final = 1.7
"""More than a byte of a request's texts can stand for."""
TOKENS_OF_ANY_REQUEST: Final = 1_000
"""More than the API adds to a request of texts, however short it is."""
COSTLY: Final = frozenset({"image", "document", "tool_use", "output-format"})
"""Parts of requests that cost tokens beside their bytes, or other ones; tools do too."""


class Large:
    """Tells large requests of a run."""

    def __init__(self, options: Options) -> None:
        windows = [model.context_window for model in models() if model.context_window is not None]
        self._tokens = min(windows + ([options.max_tokens_per_request] if options.max_tokens_per_request else []))
        own = options.max_request_bytes
        self._bytes = limits().request.bytes if own is None else min(own, limits().request.bytes)
        self._text_bytes = min(max((self._tokens - TOKENS_OF_ANY_REQUEST) / TOKENS_PER_BYTE, 0), self._bytes)

    @property
    def most_bytes(self) -> int:
        """Bytes of a request, whatever it holds, above which it is large."""
        return self._bytes

    @property
    def least(self) -> int:
        """Bytes of a request of texts from which on it is large."""
        return int(self._text_bytes)

    def __call__(self, params: dict[str, Any], size: int, parts: set[Part]) -> bool:
        """Whether a request with these parts, and of `size` bytes, may be over a limit.

        The answer is the same for all requests that are alike and short enough to be recognised.
        """
        if COSTLY.isdisjoint(parts) and not params.get("tools"):
            return size > self._text_bytes
        if size > self._bytes:
            return True
        return _upper_bound()(params, size, params.get("model") or "", LONGEST_RECOGNISED) > self._tokens


@cache
def _upper_bound() -> Callable[[dict[str, Any], int, str, int], int]:
    from batchlint.tokens import upper_bound

    return upper_bound
