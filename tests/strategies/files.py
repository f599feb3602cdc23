"""Batch files as programs write them: the same few kinds of requests again and again, some with mistakes."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

from hypothesis import strategies as st

from tests.engine.ways import lines
from tests.strategies import conversations
from tests.strategies.usual_requests import usual_requests
from tests.strategies.whole_requests import whole_requests
from tests.test_mutations import MUTATIONS

Json = dict[str, Any]

texts = st.one_of(
    st.sampled_from(["", " ", "\n", 'a "b" c', "a\\", '\\"', "　", "あ", "Hello.", "\ud800", "\x00", "\t", "x \x1f"]),
    st.text(max_size=5),
)


@st.composite
def lists(draw: st.DrawFn) -> list[Json]:
    """The requests of a program: a few kinds, some with mistakes, with other texts and numbers each time."""
    kinds = draw(st.lists(st.one_of(whole_requests(), usual_requests()), min_size=1, max_size=2))
    kinds += draw(st.lists(conversations.requests(), max_size=1))
    requests = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(kinds), min_size=3, max_size=9))):
        request = copy.deepcopy(kind)
        params = request["params"]
        if draw(st.integers(0, 9)):
            request["custom_id"] = f"row-{number}"
        if draw(st.booleans()):
            params["messages"][-1]["content"] = draw(texts)
        if draw(st.booleans()):
            params["max_tokens"] = draw(st.sampled_from([1, 1024, 1025, 4096, 64_000, 128_001, 128_002]))
        if not draw(st.integers(0, 3)):
            name = draw(st.sampled_from(sorted(MUTATIONS)))
            with suppress(KeyError, IndexError, TypeError, AttributeError):  # It may have no place for that mistake.
                MUTATIONS[name](params)
        requests.append(request)
    return requests


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file by a program: such requests, in one of the forms that files have."""
    requests = draw(lists())
    spelling: Json = {
        "ensure_ascii": draw(st.booleans()),
        "separators": draw(st.sampled_from([(",", ":"), (", ", ": ")])),
    }
    form = draw(st.sampled_from(["lines", "array", "envelope"]))
    if form == "lines":
        return lines(requests, **spelling)
    body: Any = requests if form == "array" else {"requests": requests}
    return json.dumps(body, **spelling).encode("utf-8", "surrogatepass")
