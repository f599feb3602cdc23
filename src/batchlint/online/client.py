"""The SDK's client, and what its errors mean."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from anthropic import Anthropic

SDK_GENERATION: Final = "2"
RETRIES: Final = 5
"""Times that the SDK repeats what can be repeated without harm."""
TRANSPORT: Final = frozenset(("httpx", "httpx2", "httpcore", "httpcore2"))
"""Packages whose exceptions come out of a stream as they are."""
NEVER_SENT: Final = frozenset(("ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"))
"""Exceptions of theirs after which no request has left this machine."""


class NotReady(Exception):
    """The SDK or the key is missing, or the key is refused; the message is one line."""


def api_client(api_version: str, betas: Collection[str] = ()) -> Anthropic:
    """A client that sends these headers; raises NotReady. Base URL and key come from the SDK's own variables."""
    try:
        import anthropic
    except ImportError:
        from batchlint.resources import how_to_install

        raise NotReady(f"this needs the official SDK: {how_to_install('api')}") from None
    if anthropic.__version__.split(".")[0] != SDK_GENERATION:
        raise NotReady(f"this needs anthropic {SDK_GENERATION}.x, and {anthropic.__version__} is installed")
    headers = {"anthropic-version": api_version}
    if betas:
        headers["anthropic-beta"] = ",".join(sorted(betas))
    try:
        client = anthropic.Anthropic(default_headers=headers, max_retries=RETRIES)
    except (anthropic.AnthropicError, ValueError, OSError) as error:
        raise NotReady(f"the SDK finds no usable key ({type(error).__name__})") from None
    secrets = [secret for secret in (client.api_key, client.auth_token) if secret]
    if not secrets and client.credentials is None:
        raise NotReady("no key: set ANTHROPIC_API_KEY (never on the command line)")
    if any(not secret.isascii() or not secret.isprintable() or " " in secret for secret in secrets):
        raise NotReady("the key has characters that no key has, perhaps a line break at its end")
    return client


def is_online_error(error: BaseException) -> bool:
    """Whether an exception is one of the SDK or of what carries it."""
    import anthropic

    return isinstance(error, anthropic.AnthropicError) or type(error).__module__.partition(".")[0] in TRANSPORT


def status_of(error: BaseException) -> int | None:
    """The HTTP status that the API answered with; None where there was no answer."""
    import anthropic

    return error.status_code if isinstance(error, anthropic.APIStatusError) else None


def was_never_sent(error: BaseException) -> bool:
    """Whether the request surely did not leave this machine."""
    return status_of(error) is None and type(error.__cause__).__name__ in NEVER_SENT


def is_gone(error: BaseException) -> bool:
    """Whether the API says that there is no such thing."""
    return status_of(error) == 404


def reason(error: BaseException) -> str:
    """What the API said, or why it could not be asked, in a line without anything of the request."""
    import anthropic

    if isinstance(error, anthropic.APIStatusError):
        inner = error.body.get("error") if isinstance(error.body, dict) else None
        said = f" {inner.get('type')}: {inner.get('message')}" if isinstance(inner, dict) else ": no JSON in the answer"
        return f"{error.status_code}{said}"[:500]
    cause = error.__cause__ if isinstance(error, anthropic.APIConnectionError) and error.__cause__ else error
    return f"no answer ({type(cause).__name__})"


def raise_if_not_allowed(error: BaseException) -> None:
    """Raises NotReady for a key that the API refuses."""
    if status_of(error) == 401:
        raise NotReady(f"the key is refused: {reason(error)}") from None
