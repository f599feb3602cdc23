"""Whether a text is base64, judged by its ends: images are megabytes, and what is wrong is mostly wrong throughout."""

from __future__ import annotations

from typing import NamedTuple

WINDOW = 512
"""Characters that are looked at from each end: 512 characters of wrapped or URL-safe base64 give themselves away."""

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
PADDINGS = (b"=", b"==")
URL_SAFE = frozenset(b"-_")
WHITESPACE = frozenset(b" \t\r\n")


UNCERTAIN = ("whitespace", "url-safe", "padding")
"""What the API may take, for all that is known."""
READABLE = ("whitespace", "padding")
"""What does not keep the bytes from being looked at."""


class Base64Flaw(NamedTuple):
    """Why a text is not standard base64."""

    kind: str
    """`empty`, `data-url`, `file-reference`, `not-ascii`, `foreign`, `length`, `whitespace`, `url-safe`, `padding`."""
    what: str
    """In a few words, after "the data"."""

    @property
    def certain(self) -> bool:
        """Whether the API is sure to refuse it."""
        return self.kind not in UNCERTAIN

    @property
    def readable(self) -> bool:
        """Whether the bytes can be looked at all the same."""
        return self.kind in READABLE


def flaw_of(data: str) -> Base64Flaw | None:
    """What keeps a text from being standard base64; None: nothing in its first and last characters."""
    if not data:
        return Base64Flaw("empty", "is empty")
    if not data.isascii():
        return Base64Flaw("not-ascii", "has characters outside ASCII")
    if _is_whole(data):
        return None
    tail = data[-WINDOW:]
    digits = tail.rstrip("= \t\r\n")
    padding = tail[len(digits) :]
    before = data[: max(0, min(WINDOW, len(data) - WINDOW))]
    rest = (before + digits + padding.replace("=", "", 2)).encode().translate(None, ALPHABET)
    if rest:
        return _foreign(data, rest)
    return _incomplete((len(data) - len(padding)) % 4) if len(data) % 4 else None


def _is_whole(data: str) -> bool:
    """Whether a text is surely without a flaw, at less cost than to find one."""
    rest = (data[:WINDOW] + data[-WINDOW:]).encode().translate(None, ALPHABET)
    return len(data) % 4 == 0 and (not rest or (rest in PADDINGS and data.endswith(rest.decode())))


def _foreign(data: str, rest: bytes) -> Base64Flaw:
    if data.startswith("data:"):
        start = data[:60].partition(",")[0]
        return Base64Flaw("data-url", f'starts with "{start}", which belongs to a data URL, not to base64')
    if data.startswith("@"):
        return Base64Flaw("file-reference", f'is "{data[:60]}", which only the ant command line takes for a file')
    strange = [character for character in rest if character not in WHITESPACE | URL_SAFE]
    if strange:
        return Base64Flaw("foreign", f'has characters that base64 has not, such as "{chr(strange[0])}"')
    if WHITESPACE & set(rest):
        return Base64Flaw("whitespace", "has line breaks or spaces")
    return Base64Flaw("url-safe", "is in the URL-safe alphabet (- and _ for + and /)")


def _incomplete(remainder: int) -> Base64Flaw:
    if remainder == 1:
        return Base64Flaw("length", "has a length that no base64 has: it is cut off")
    return Base64Flaw("padding", "lacks its padding (= at the end)")


def standard_base64(data: str, flaw: Base64Flaw) -> str | None:
    """The same bytes in standard base64, where the flaw is one of writing; None for any other."""
    if flaw.kind == "data-url":
        head, _, data = data.partition(",")
        if not head.endswith(";base64"):
            return None
    data = "".join(data.split())
    if flaw.kind == "url-safe":
        data = data.translate(str.maketrans("-_", "+/"))
    elif flaw.kind not in ("data-url", "whitespace", "padding"):
        return None
    if len(data) % 4 > 1:
        data += "=" * (4 - len(data) % 4)
    return data if flaw_of(data) is None else None
