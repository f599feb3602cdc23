"""Seeded batch files to measure on: the same call writes the same bytes."""

from __future__ import annotations

import base64
import json
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.habits import HABITS
from benchmarks.texts import text

SEED = 20261123
MODELS = ("claude-opus-4-8", "claude-sonnet-4-6", "claude-haiku-4-5", "claude-opus-5")

Request = dict[str, Any]


def plain(random_: random.Random, number: int, size: int) -> Request:
    """One question of a given size, with a system prompt."""
    return {
        "custom_id": f"row-{number:06d}",
        "params": {
            "model": random_.choice(MODELS),
            "max_tokens": 1024,
            "system": "You answer in one sentence.",
            "messages": [{"role": "user", "content": text(random_, size)}],
        },
    }


def conversation(random_: random.Random, number: int, size: int) -> Request:
    """Several turns of text blocks."""
    turns: list[Request] = []
    for _ in range(2):
        turns.append({"role": "user", "content": [{"type": "text", "text": text(random_, size // 4)}]})
        turns.append({"role": "assistant", "content": [{"type": "text", "text": text(random_, size // 8)}]})
    turns.append({"role": "user", "content": text(random_, size // 4)})
    return {
        "custom_id": f"row-{number:06d}",
        "params": {"model": random_.choice(MODELS), "max_tokens": 2048, "messages": turns},
    }


def structured(random_: random.Random, number: int, size: int) -> Request:
    """A cached system prompt, a tool, and an answer that follows a schema."""
    schema = {
        "type": "object",
        "properties": {"summary": {"type": "string"}, "score": {"type": "integer"}},
        "required": ["summary", "score"],
        "additionalProperties": False,
    }
    params = {
        "model": "claude-opus-4-8",
        "max_tokens": 1024,
        "metadata": {"user_id": "7f3a"},
        "system": [{"type": "text", "text": text(random.Random(0), 800), "cache_control": {"type": "ephemeral"}}],
        "tools": [{"name": "look_up", "description": "Looks a word up.", "input_schema": {"type": "object"}}],
        "output_config": {"format": {"type": "json_schema", "schema": schema}},
        "messages": [{"role": "user", "content": text(random_, size)}],
    }
    return {"custom_id": f"row-{number:06d}", "params": params}


def search_tools(count: int) -> list[Request]:
    """The definitions of a few tools."""
    schema = {"type": "object", "properties": {"query": {"type": "string"}, "limit": {"type": "integer"}}}
    return [
        {"name": f"tool_{index}", "description": text(random.Random(index), 300), "input_schema": schema}
        for index in range(count)
    ]


def of_an_agent(random_: random.Random, number: int, size: int) -> Request:
    """Tool uses with their results, one to five rounds of them: no two such requests are alike."""
    messages: list[Request] = [{"role": "user", "content": text(random_, 300)}]
    for _ in range(random_.randint(1, 5)):
        uses = [
            {
                "type": "tool_use",
                "id": f"toolu_{random_.getrandbits(60):x}",
                "name": f"tool_{random_.randrange(8)}",
                "input": {"query": text(random_, 30), "limit": random_.randrange(100)},
            }
            for _ in range(random_.randint(1, 2))
        ]
        results = [
            {"type": "tool_result", "tool_use_id": use["id"], "content": text(random_, random_.randint(200, size))}
            for use in uses
        ]
        messages += [{"role": "assistant", "content": uses}, {"role": "user", "content": results}]
    params = {"model": random_.choice(MODELS), "max_tokens": 1024, "tools": search_tools(8), "messages": messages}
    return {"custom_id": f"row-{number:06d}", "params": params}


def of_a_long_agent(random_: random.Random, number: int, size: int) -> Request:
    """Rounds of tool uses with short results until the request has about that size."""
    request = of_an_agent(random_, number, 1_500)
    messages = request["params"]["messages"]
    length = len(json.dumps(messages))
    while length < size:
        added = of_an_agent(random_, number, 1_500)["params"]["messages"][1:]
        messages += added
        length += len(json.dumps(added))
    return request


def with_tools_and_image(random_: random.Random, number: int, size: int) -> Request:
    """Tools, a tool use with its result, and an image as base64."""
    tools = search_tools(6)
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": png(random_, size)}}
    messages: list[Request] = [
        {"role": "user", "content": [image, {"type": "text", "text": text(random_, 300)}]},
        {
            "role": "assistant",
            "content": [{"type": "tool_use", "id": f"toolu_{number}", "name": "tool_1", "input": {"query": "x"}}],
        },
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": f"toolu_{number}", "content": text(random_, 800)}],
        },
    ]
    params = {"model": random_.choice(MODELS), "max_tokens": 1024, "tools": tools, "messages": messages}
    return {"custom_id": f"row-{number:06d}", "params": params}


def with_pdf(random_: random.Random, number: int, size: int) -> Request:
    """A PDF of a few pages as base64."""
    source = {"type": "base64", "media_type": "application/pdf", "data": pdf(random_, size)}
    content = [{"type": "document", "source": source}, {"type": "text", "text": "Summarise it."}]
    messages = [{"role": "user", "content": content}]
    params = {"model": random_.choice(MODELS), "max_tokens": 1024, "messages": messages}
    return {"custom_id": f"row-{number:06d}", "params": params}


def pdf(random_: random.Random, size: int) -> str:
    """Base64 of a PDF of one to five pages, each a line of text and random bytes in place of an image."""
    pages = random_.randint(1, 5)
    text = zlib.compress(b"BT /F1 12 Tf (the report shows that revenue rose) Tj ET")
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(pages))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"] * pages,
        b"<< /Subtype /Image /Length %d >>\nstream\n%s\nendstream" % (size, random_.randbytes(size)),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, b"".join(places))
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(data))
    return base64.b64encode(data + table + trailer).decode()


def png(random_: random.Random, size: int) -> str:
    """Base64 of a PNG header and random bytes: as large as asked for, 640 x 480 pixels by its header."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", random_.randbytes(size)) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()


def broken(request: Request, number: int) -> Request:
    """The request with one of the mistakes that people make."""
    params = request["params"]
    match number % 5:
        case 0:
            params["max_token"] = params.pop("max_tokens")
        case 1:
            params["max_tokens"] = str(params["max_tokens"])
        case 2:
            params["model"] = "claude-sonet-4-6"
        case 3:
            params["messages"].append({"role": "user", "content": [{"type": "text", "text": ""}]})
        case _:
            params["stream"] = True
    return request


Maker = Callable[[random.Random, int, int], Request]
CORPORA: dict[str, tuple[Maker, int, int, float]] = {
    "short": (plain, 100_000, 900, 0),
    "medium": (conversation, 100_000, 2_000, 0),
    "structured": (structured, 100_000, 1_200, 0),
    "long": (plain, 2_000, 120_000, 0),
    "tools-and-images": (with_tools_and_image, 3_500, 50_000, 0),
    "PDFs": (with_pdf, 2_800, 52_000, 0),
    "agents": (of_an_agent, 25_000, 1_500, 0),
    "long-agents": (of_a_long_agent, 4_000, 56_000, 0),
    "texts-of-100-kB": (plain, 2_200, 100_000, 0),
    "broken-1-percent": (conversation, 100_000, 2_000, 0.01),
    "all-broken": (conversation, 100_000, 2_000, 1),
}
"""Name: how a request is made, how many, of what size in characters, and which share is broken."""


def with_habit(make: Callable[[random.Random, int], Request]) -> Maker:
    """Makes requests whose params are written by a habit."""
    return lambda random_, number, size: {"custom_id": f"row-{number:06d}", "params": make(random_, size)}


CORPORA |= {name: (with_habit(make), count, size, 0) for name, (make, count, size) in HABITS.items()}
CORPORA |= {
    "mixed-1-percent-broken": (with_habit(HABITS["mixed"][0]), 100_000, 1_900, 0.01),
    "mixed-all-broken": (with_habit(HABITS["mixed"][0]), 100_000, 1_900, 1),
    "mixed-ASCII": (with_habit(HABITS["mixed"][0]), 60_000, 1_900, 0),
}


def requests(name: str, scale: float = 1) -> Iterator[Request]:
    """The requests of a corpus; `scale` is the part of its number of requests that is made."""
    make, count, size, share = CORPORA[name]
    random_ = random.Random(SEED)
    for number in range(int(count * scale)):
        request = make(random_, number, size)
        yield broken(request, number) if share and number % round(1 / share) == 0 else request


def written(folder: Path, name: str, container: str, scale: float = 1) -> Path:
    """The corpus as a file, `jsonl` or `envelope`; written once."""
    suffix = "jsonl" if container == "jsonl" else "json"
    path = folder / f"{name}-{scale:g}.{container}.{suffix}"
    if path.exists():
        return path
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as file:
        lines = (
            json.dumps(request, ensure_ascii=name.endswith("ASCII"), separators=(",", ":") if number % 2 else None)
            for number, request in enumerate(requests(name, scale))
        )
        if container == "jsonl":
            file.writelines(f"{line}\n" for line in lines)
        else:
            file.write('{"requests": [')
            for number, line in enumerate(lines):
                file.write((",\n" if number else "") + line)
            file.write("]}\n")
    partial.rename(path)
    return path
