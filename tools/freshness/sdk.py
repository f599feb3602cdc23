"""What an SDK says of models, headers, retirements, errors and limits: read from its text, nothing of it is run."""

import ast
import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .sentences import Sentence, digest, split
from .source import assigned, docstrings, function_docstrings, literals, parsed, reached

PACKAGE = "anthropic"
ITEM_TYPES = (
    "types/messages/batch_create_params.py",
    "types/beta/messages/batch_create_params.py",
    "types/messages/message_batch_individual_response.py",
    "types/beta/messages/beta_message_batch_individual_response.py",
)
"""The types of a request of a batch and of its result; what they are made of is found from them."""
OPERATIONS = {
    "batches.create": [("resources/messages/batches.py", "Batches"), ("resources/beta/messages/batches.py", "Batches")],
    "messages.create": [
        ("resources/messages/messages.py", "Messages"),
        ("resources/beta/messages/messages.py", "Messages"),
    ],
}
"""The operations whose refusals matter, and where they are."""
RETIREMENTS = ("_data/deprecated_models.py", "resources/messages/messages.py")
"""Where releases of the SDK have DEPRECATED_MODELS; the first that has it counts last."""


class ListedError(NamedTuple):
    """An error that an operation can fail with, by its code."""

    status: int
    raised_by: tuple[str, ...]
    says: str


class Sdk(NamedTuple):
    """What a release of the SDK says."""

    version: str
    models: tuple[str, ...]
    retirements: Mapping[str, datetime.date]
    """Days of retirement by model id."""
    headers: tuple[str, ...]
    errors: Mapping[str, ListedError]
    """By code: those that OPERATIONS can fail with."""
    sentences: Mapping[str, Sentence]
    """By digest: what the docstrings of a request, of its result and of the operations say."""


def read_sdk(folder: Path) -> Sdk:
    """What the SDK in a folder says; FileNotFoundError where there is none."""
    package = folder / PACKAGE
    version = assigned(package / "_version.py", "__version__")
    if not isinstance(version, ast.Constant):
        raise FileNotFoundError(f"{folder}: no {PACKAGE} package with a _version.py")
    return Sdk(
        version=str(version.value),
        models=literals(package / "types" / "model.py"),
        retirements={model: day for path in reversed(RETIREMENTS) for model, day in _retirements(package / path)},
        headers=literals(package / "types" / "anthropic_beta_param.py"),
        errors=dict(_errors(package)),
        sentences=_sentences(package),
    )


def day_of(text: str) -> datetime.date:
    """The day that the SDK writes as "January 22nd, 2027"; ValueError for anything else."""
    plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text)
    return datetime.datetime.strptime(plain, "%B %d, %Y").date()


def _retirements(path: Path) -> Iterator[tuple[str, datetime.date]]:
    table = assigned(path, "DEPRECATED_MODELS")
    if isinstance(table, ast.Dict):
        for model, day in ast.literal_eval(table).items():
            yield model, day_of(day)


def _errors(package: Path) -> Iterator[tuple[str, ListedError]]:
    raised_by: dict[str, list[str]] = {}
    for operation, places in OPERATIONS.items():
        for path, owner in places:
            for text in function_docstrings(package / path, owner, "create"):
                for name in re.findall(r"^ *(\w+Error):", text.partition("Raises:")[2], re.MULTILINE):
                    if operation not in raised_by.setdefault(name, []):
                        raised_by[name].append(operation)
    table = assigned(package / "_error_classes.py", "ERROR_CLASSES")
    modules = _modules_by_name(package / "_error_classes.py")
    for key, value in zip(table.keys, table.values, strict=True) if isinstance(table, ast.Dict) else ():
        status, code = ast.literal_eval(key) if key is not None else (0, None)
        if code is not None and isinstance(value, ast.Name) and value.id in raised_by:
            says = dict(docstrings(parsed(modules[value.id]))).get(value.id, "") if value.id in modules else ""
            yield code, ListedError(status, tuple(raised_by[value.id]), " ".join(says.split()))


def _modules_by_name(path: Path) -> dict[str, Path]:
    """The modules from which a module imports each of its names."""
    return {
        name.asname or name.name: path.parents[node.level - 1].joinpath(*node.module.split(".")).with_suffix(".py")
        for node in parsed(path).body
        if isinstance(node, ast.ImportFrom) and node.level and node.module
        for name in node.names
    }


def _sentences(package: Path) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for place, text in _texts(package):
        for says in split(text):
            found.setdefault(digest(says), Sentence(place, says))
    return found


def _texts(package: Path) -> Iterator[tuple[str, str]]:
    for module in reached(package, *ITEM_TYPES):
        yield from docstrings(parsed(module))
    for operation, places in OPERATIONS.items():
        if operation == "batches.create":  # what messages.create says of its members is in the types too
            for path, owner in places:
                for text in function_docstrings(package / path, owner, "create"):
                    yield operation, text.partition("Raises:")[0]
