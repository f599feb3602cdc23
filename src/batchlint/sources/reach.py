"""Limits what may be read besides plain files: the URLs that were named, and compressed files.

Without `reaching` none of it is. So no path in a shard file, a configuration or a baseline leads into the network.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

SCHEMES: Final = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "https")
"""The kinds of URLs that are read."""
DEFAULT_UNPACKED: Final = 1 << 30
"""Bytes that a compressed file may unpack to: four times the largest Message Batch."""
ENDINGS: Final = (".gz", ".zst")
"""How the names of compressed files end."""


class ReachError(ValueError):
    """A URL that is not read; the message says why."""


class ReadingFailed(OSError):
    """A file that could be opened could not be read to its end, or what is after a URL could not be read at all."""

    def __init__(self, path: str, reason: str, number: int = errno.EIO) -> None:
        super().__init__(number, reason, path)


class Reach(NamedTuple):
    """What may be read besides plain files of this machine."""

    urls: Mapping[str, str] = {}
    """URLs, and prefixes of them, as they are shown, each as it was given."""
    most_unpacked: int = 0
    """Bytes that a compressed file may unpack to; 0: none is unpacked."""


_reach = Reach()


@contextmanager
def reaching(
    urls: Iterable[str] = (), *, allow_https: bool = False, most_unpacked: int = DEFAULT_UNPACKED
) -> Iterator[None]:
    """Within it `open_source` opens these URLs and what begins with them, and unpacks compressed files up to that size.

    What is no URL among them counts for nothing. Raises `ReachError` for one that is not read, as all of `https://`
    are without `allow_https`.
    """
    before = _reach
    allowed: dict[str, str] = {}
    for url in filter(is_url, urls):
        _check(url, allow_https)
        if allowed.setdefault(shown(url), url) != url:
            raise ReachError(f"{shown(url)} is given with two queries")
    extend(Reach({**before.urls, **allowed}, most_unpacked))
    try:
        yield
    finally:
        extend(before)


def extend(reach: Reach) -> None:
    """Lets this process read that."""
    global _reach  # open_source is called in many places; none of them may widen what the command line allows
    _reach = reach


def reach() -> Reach:
    """What may be read now."""
    return _reach


def is_url(path: str) -> bool:
    """Whether a path is a URL."""
    scheme, separator, _ = path.partition("://")
    return separator != "" and scheme.isalnum()


def is_packed(path: str) -> bool:
    """Whether a file is unpacked before it is read, as far as its name tells."""
    return _reach.most_unpacked > 0 and path.lower().endswith(ENDINGS)


def shown(url: str) -> str:
    """A URL as it is shown: a query may hold a signature, and what comes before the host a password."""
    if not url.startswith("https://"):
        return url
    host, slash, path = url.removeprefix("https://").partition("?")[0].partition("/")
    return f"https://{host.rpartition('@')[2]}{slash}{path}"


def whole_url(path: str) -> str:
    """The URL that a path shows, as it was given. Raises `ReadingFailed` where it may not be read."""
    if path in _reach.urls:
        return _reach.urls[path]
    for prefix in _reach.urls:
        if not prefix.startswith("https://") and _begins_with(path, prefix):
            return path
    raise ReadingFailed(path, "this URL was not named on the command line, so it is not read", errno.EACCES)


def _begins_with(url: str, prefix: str) -> bool:
    if "*" in prefix:
        return url.startswith(prefix.partition("*")[0])
    return url.startswith(prefix if prefix.endswith("/") else prefix + "/")


def _check(url: str, allow_https: bool) -> None:
    scheme = url.partition("://")[0]
    if scheme == "http":
        raise ReachError(f"{shown(url)} could be changed on its way; https:// is read, with --allow-https")
    if scheme not in SCHEMES:
        raise ReachError(f"{url}: URLs that can be read begin with s3://, gs://, az://, abfs:// or https://")
    if scheme == "https" and not allow_https:
        raise ReachError(f"{shown(url)} is read only with --allow-https")
