"""Where the files that come with the package stand."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def schema_path(name: str) -> Path:
    """The bundled schema of that file name: inside an installed package, at the top of a checkout.

    There is one copy of the schemas, at the top of the project, where everybody finds them; the wheel carries it
    inside the package.
    """
    installed = PACKAGE / "schemas" / name
    return installed if installed.exists() else PACKAGE.parent.parent / "schemas" / name


HOME: str | None = None
"""The project's public address; None while it has none."""


def rule_url(name: str) -> str | None:
    """Where a rule's page stands on the web."""
    return f"{HOME}/docs/rules/{name}.md" if HOME else None
