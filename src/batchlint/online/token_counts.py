"""Asks the API how many input tokens the requests have for which the estimate does not decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from batchlint.online.client import is_online_error, raise_if_not_allowed, reason
from batchlint.options import Options
from batchlint.sources import Irregularity, open_source
from batchlint.tokens.exact import digest

if TYPE_CHECKING:
    from anthropic import Anthropic

PATH: Final = "/v1/messages/count_tokens"
AT_ONCE: Final = 4
"""Requests that are asked about at a time."""
WAITING: Final = 16
"""Requests that are held in memory for it."""
HEADERS: Final = frozenset(("betas", "user_profile_id", "workspace_id"))
"""Members of the SDK's types that are sent as headers, and are no part of a request."""


@dataclass(slots=True)
class TokenCounts:
    """What was counted, by the digest of params, and what was not, a line each."""

    tokens: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def count_tokens(client: Anthropic, path: str, options: Options, show: Callable[[TokenCounts], None]) -> TokenCounts:
    """Counts the requests of a file for which the estimate leaves open whether they keep to the limit.

    A file that cannot be read has none. Raises NotReady for a key that is refused.
    """
    counts = TokenCounts()
    names = _countable(bool(options.betas))
    pending: dict[Future[int], tuple[str, str]] = {}
    asked: set[str] = set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for place, params in undecided(path, options):
                name = digest(params)
                if name in asked:
                    continue
                asked.add(name)
                body = {member: value for member, value in params.items() if member in names}
                pending[pool.submit(_ask, client, body)] = (name, place)
                if len(pending) >= WAITING:
                    _collect(pending, counts, show)
            while pending:
                _collect(pending, counts, show)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return counts


def undecided(path: str, options: Options) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place and params of the requests whose interval has the limit inside."""
    from batchlint.tokens import over_limit

    limit = options.max_tokens_per_request
    try:
        source = open_source(path)
    except OSError:  # the run that follows says so
        return
    with source:
        for item in source if limit else ():
            params = None if isinstance(item, Irregularity) else _params(item.value)
            if params is None or isinstance(item, Irregularity):
                continue
            found = over_limit(params, len(item.raw), params["model"], limit, options.betas)
            if found is not None and found.low <= limit:
                yield f"{source.path}:{item.line}", params


def _params(value: Any) -> dict[str, Any] | None:
    """The params of a request that the API could count."""
    params = value.get("params") if isinstance(value, dict) else None
    if isinstance(params, dict) and isinstance(params.get("model"), str) and isinstance(params.get("messages"), list):
        return params
    return None


def _ask(client: Anthropic, body: Mapping[str, Any]) -> int:
    from anthropic.types import MessageTokensCount

    return client.post(PATH, cast_to=MessageTokensCount, body=body).input_tokens


def _collect(
    pending: dict[Future[int], tuple[str, str]], counts: TokenCounts, show: Callable[[TokenCounts], None]
) -> None:
    """Takes in what has been answered, at least one."""
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        name, place = pending.pop(future)
        try:
            counts.tokens[name] = future.result()
        except Exception as error:
            if not is_online_error(error):
                raise
            raise_if_not_allowed(error)
            counts.failures.append(f"{place}: {reason(error)}")
    show(counts)


def _countable(with_betas: bool) -> frozenset[str]:
    """The members of params that the endpoint takes, as the SDK's own types say."""
    from anthropic.types import MessageCountTokensParams
    from anthropic.types.beta import MessageCountTokensParams as BetaParams

    types: tuple[type, ...] = (MessageCountTokensParams, BetaParams) if with_betas else (MessageCountTokensParams,)
    return frozenset(name for each in types for name in each.__annotations__) - HEADERS
