"""The SDK that the facts were last compared with, as a file of the project: what has changed since is seen from it."""

import datetime
import json
from pathlib import Path
from typing import Any

from .sdk import ListedError, Sdk
from .sentences import Sentence

ABOUT = "Written by tools/refresh.py. Sentences and errors: docstrings of the Python package anthropic, MIT License."


def read(path: Path) -> Sdk:
    """The SDK of a snapshot; without a file one that says nothing. KeyError or ValueError where it is no snapshot."""
    if not path.exists():
        return Sdk("none", (), {}, (), {}, {})
    document = json.loads(path.read_text(encoding="utf-8"))
    return Sdk(
        version=document["sdk"],
        models=tuple(document["models"]),
        retirements={name: datetime.date.fromisoformat(day) for name, day in document["retirements"].items()},
        headers=tuple(document["headers"]),
        errors={
            code: ListedError(error["status"], tuple(error["raised_by"]), error["says"])
            for code, error in document["errors"].items()
        },
        sentences={key: Sentence(each["at"], each["says"]) for key, each in document["sentences"].items()},
    )


def text_of(sdk: Sdk) -> str:
    """The snapshot of an SDK: JSON, a line for each thing, in an order that does not depend on the machine."""
    errors = {code: error._asdict() for code, error in sorted(sdk.errors.items())}
    by_place = sorted(sdk.sentences.items(), key=lambda item: (item[1].at, item[0]))
    parts: dict[str, Any] = {
        "about": ABOUT,
        "sdk": sdk.version,
        "models": sorted(sdk.models),
        "headers": sorted(sdk.headers),
        "retirements": {name: day.isoformat() for name, day in sorted(sdk.retirements.items())},
        "errors": errors,
        "sentences": {key: sentence._asdict() for key, sentence in by_place},
    }
    return "{\n" + ",\n".join(f" {_text(key)}: {_lines(value)}" for key, value in parts.items()) + "\n}\n"


def _lines(value: Any) -> str:
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"  {_text(key)}: {_text(inner)}" for key, inner in value.items()) + "\n }"
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"  {_text(inner)}" for inner in value) + "\n ]"
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
