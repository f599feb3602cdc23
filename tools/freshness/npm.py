"""Models, headers and days of retirement as the npm package of the SDK has them: read from its text, never run."""

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .changes import Change
from .project import Project
from .sdk import Sdk, day_of

UNION = r"export type {name} =(.*?);"
QUOTED = re.compile(r"['\"]([^'\"\n]+)['\"]")
RETIREMENTS = re.compile(r"DEPRECATED_MODELS\s*(?::[^=]*)?=\s*\{(.*?)\}", re.DOTALL)
PAIR = re.compile(r"['\"]([^'\"\n]+)['\"]\s*:\s*['\"]([^'\"\n]+)['\"]")


class NpmSdk(NamedTuple):
    """What the npm package says."""

    version: str
    models: tuple[str, ...]
    headers: tuple[str, ...]
    retirements: dict[str, datetime.date]


def read_npm(folder: Path) -> NpmSdk:
    """What the package below a folder says; FileNotFoundError where there is none."""
    about = next(iter(sorted(folder.rglob("package.json"), key=lambda path: len(path.parts))), None)
    if about is None:
        raise FileNotFoundError(f"{folder}: no package.json")
    types = [path.read_text(encoding="utf-8") for path in sorted(about.parent.rglob("*.d.ts"))]
    scripts = [path.read_text(encoding="utf-8") for path in sorted(about.parent.rglob("*.js"))]
    return NpmSdk(
        version=json.loads(about.read_text(encoding="utf-8"))["version"],
        models=_union("Model", types),
        headers=_union("AnthropicBeta", types),
        retirements={
            model: day_of(day)
            for text in scripts
            for table in RETIREMENTS.findall(text)
            for model, day in PAIR.findall(table)
        },
    )


def _union(name: str, texts: list[str]) -> tuple[str, ...]:
    pattern = re.compile(UNION.format(name=name), re.DOTALL)
    return tuple(
        dict.fromkeys(value for text in texts for union in pattern.findall(text) for value in QUOTED.findall(union))
    )


def only_in_npm(project: Project, python: Sdk, npm: NpmSdk) -> Iterator[Change]:
    """What the npm package says that neither the facts nor the Python package say."""
    source = f"npm {npm.version}"
    for model in npm.models:
        if model not in project.models and model not in python.models:
            yield Change("npm", f"`{model}` is new ({source})", "unknown-model", "models.toml", by_hand=True)
    for header in npm.headers:
        if header not in project.headers and header not in python.headers:
            yield Change("npm", f"`{header}` is new ({source})", "not known", "betas.toml", by_hand=True)
    for model, day in npm.retirements.items():
        known = project.models.get(model)
        if known and day not in project.retirement(model) and python.retirements.get(model) != day:
            what = f"`{model}` retires on {day} ({source})"
            yield Change("npm", what, f"models.toml: {known['status']}", "models.toml", by_hand=True)
