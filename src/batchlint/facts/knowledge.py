"""How old what batchlint knows is: the day of each file of facts, and the SDK that they were compared with."""

from __future__ import annotations

import datetime
import os

from batchlint.facts.reading import DIRECTORY, read


def days() -> dict[str, datetime.date]:
    """The day on which each file of facts was last looked at, by its name."""
    names = sorted(entry.name.removesuffix(".toml") for entry in os.scandir(DIRECTORY) if entry.name.endswith(".toml"))
    return {name: read(name)["checked"] for name in names}


def sdk() -> str:
    """The number of the official Python SDK that schemas and facts were compared with."""
    import json

    from batchlint.facts import limits
    from batchlint.resources import schema_path

    path = schema_path(f"batch-request-{limits().api.versions[-1]}.schema.json")
    return str(json.loads(path.read_text(encoding="utf-8"))["x-batchlint"]["sdk"])


def summary() -> str:
    """As of when it knows what it knows, in a sentence."""
    from batchlint.facts import models

    return f"as of {models().checked}, compared with the Python SDK anthropic {sdk()}"


def too_old_for(day: datetime.date) -> bool:
    """Whether the models were last looked at so long before that day that there may be newer ones."""
    from batchlint.facts import limits, models

    return (day - models().checked).days > limits().knowledge.days
