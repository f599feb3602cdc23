"""The files that come with the package, its version, and the project's address on the web."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__version__ = "0.1.0"
"""The one place of the version: the build takes it from here."""

PACKAGE = os.path.dirname(__file__)  # every start comes through here, and pathlib takes 3 ms of it


def schema_text(name: str) -> str:
    """The bundled schema of that file name."""
    with open(_schema_file(name), encoding="utf-8") as file:
        return file.read()


def schema_path(name: str) -> Path:
    """Where the bundled schema of that file name is."""
    from pathlib import Path

    return Path(_schema_file(name))


def _schema_file(name: str) -> str:
    """Inside an installed package, at the top of a checkout.

    There is one copy of the schemas, at the top of the project, where everybody finds them; the wheel carries it
    inside the package.
    """
    installed = os.path.join(PACKAGE, "schemas", name)
    return installed if os.path.exists(installed) else os.path.join(PACKAGE, "..", "..", "schemas", name)


HOME: str | None = None
"""The address of the project's public repository (https://github.com/OWNER/NAME); None while there is none.

Everything that depends on it comes from here: `url` of findings, SARIF's informationUri, the `$id`s of the schemas, the
links and addresses in the package's metadata (`hatch_build.py`), and whether messages name the package by itself: the
project is published and its name registered in one step (docs/releasing.md).
"""


def page_url(path: str) -> str | None:
    """Where a file of the repository is shown on the web, as it was when this version was released."""
    return f"{HOME}/blob/v{__version__}/{path}" if HOME else None


def rule_url(name: str) -> str | None:
    """Where a rule's page is on the web."""
    return page_url(f"docs/rules/{name}.md")


def schema_id(*words: str) -> str:
    """The `$id` of a schema: of ("batch-request", "2023-06-01"), say."""
    return f"{HOME}/raw/main/schemas/{'-'.join(words)}.schema.json" if HOME else f"urn:batchlint:{':'.join(words)}"


def how_to_install(extra: str) -> str:
    """How the user gets an extra of the package, as a part of a sentence."""
    if HOME:
        return f"pip install 'batchlint[{extra}]'"
    return f"install batchlint with its {extra} extra, from a checkout for example: pip install '.[{extra}]'"
