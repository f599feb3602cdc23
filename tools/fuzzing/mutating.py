"""Changes JSON as JSON: what libFuzzer changes byte by byte is mostly no JSON any more, and then only that is tried."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any, Final

SCALARS: Final[tuple[Any, ...]] = (
    *(
        "",
        " ",
        "x",
        "\n",
        "\ud800",
        "\u200b",
        "user",
        "assistant",
        "text",
        "image",
        "base64",
        "a b",
        "#/$defs/a",
        "^a{,2}$",
    ),
    *(0, -1, 1, 0.5, 1024, 10**18, 1e300, True, False, None),
)
EMPTY: Final[tuple[Any, ...]] = ([], {}, [[]], [{}], {"type": "text", "text": "x"})
BOMBS: Final = (1, 2, 60, 300)
"""How often what is repeated is repeated."""
DEEPEST: Final = 400
Json = Any


def changed(data: bytes, random_: random.Random, other: bytes | None = None) -> bytes | None:
    """The same lines with a change in one value, or a line of another input; None where there is no value in them."""
    lines = data.split(b"\n")
    at = random_.randrange(len(lines))
    if random_.random() < 0.1:
        return _lines_changed(lines, at, random_, other)
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return None
    top = [value]
    for _ in range(random_.choice((1, 1, 1, 2, 4))):
        _change(top, random_)
    try:
        text = json.dumps(top[0], ensure_ascii=random_.random() < 0.8, separators=random_.choice(((",", ":"), None)))
    except (ValueError, RecursionError):
        return None
    lines[at] = text.encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _lines_changed(lines: list[bytes], at: int, random_: random.Random, other: bytes | None) -> bytes:
    kind = random_.randrange(4)
    if kind == 0:
        lines.insert(at, lines[random_.randrange(len(lines))])
    elif kind == 1 and len(lines) > 1:
        del lines[at]
    elif kind == 2 and other:
        lines.insert(at, random_.choice(other.split(b"\n")))
    else:
        lines[at] = lines[at].replace(b" ", random_.choice((b"", b"\t", b"  ")))
    return b"\n".join(lines)


def _change(top: list[Json], random_: random.Random) -> None:
    """Changes one value somewhere below `top[0]`."""
    holder, key = random_.choice(_places(top))
    value = holder[key]
    changes: list[Callable[[], Any]] = [
        lambda: random_.choice(SCALARS),
        lambda: copy.deepcopy(random_.choice(EMPTY)),
        lambda: [value] * random_.choice(BOMBS),
        lambda: {"a": value},
    ]
    there, name = random_.choice(_places(top))
    if isinstance(holder, dict):
        changes.append(lambda: _renamed(holder, key, random_))
    if isinstance(value, str):
        changes.append(lambda: value * random_.choice(BOMBS))
        changes.append(lambda: value[: random_.randrange(len(value) + 1)])
    elif isinstance(value, int):
        changes.append(lambda: value + random_.choice((-1, 1)))
    else:
        changes.append(lambda: json.loads(json.dumps(there[name])))
    made = random_.choice(changes)()
    if made is not _GONE:
        holder[key] = made


_GONE: Final = object()


def _renamed(holder: dict[str, Json], key: str, random_: random.Random) -> Any:
    """Drops a member, or gives it another name of the same object."""
    value = holder.pop(key)
    if random_.random() < 0.5:
        holder[random_.choice((*holder, key + "s", key[:-1], "type"))] = value
    return _GONE


def _places(top: list[Json]) -> list[tuple[Any, Any]]:
    """Every place of a value, as what holds it and its key; not beyond a depth that json writes."""
    found: list[tuple[Any, Any]] = [(top, 0)]
    waiting = [(top[0], 0)]
    while waiting:
        holder, depth = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            found.append((holder, key))
            if depth < DEEPEST:
                waiting.append((holder[key], depth + 1))
    return found
