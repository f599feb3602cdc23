"""Where the files that come with the package stand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = os.path.dirname(__file__)  # noqa: PTH120  # every start comes through here, and pathlib takes 3 ms of it


def schema_text(name: str) -> str:
    """The bundled schema of that file name."""
    with open(_schema_file(name), encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def schema_path(name: str) -> Path:
    """Where the bundled schema of that file name stands."""
    from pathlib import Path

    return Path(_schema_file(name))


def _schema_file(name: str) -> str:
    """Inside an installed package, at the top of a checkout.

    There is one copy of the schemas, at the top of the project, where everybody finds them; the wheel carries it
    inside the package.
    """
    installed = os.path.join(PACKAGE, "schemas", name)  # noqa: PTH118
    return installed if os.path.exists(installed) else os.path.join(PACKAGE, "..", "..", "schemas", name)  # noqa: PTH110, PTH118


HOME: str | None = None
"""The project's public address; None while it has none."""


def rule_url(name: str) -> str | None:
    """Where a rule's page stands on the web."""
    return f"{HOME}/docs/rules/{name}.md" if HOME else None
