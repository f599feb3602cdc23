"""Writes the bundled JSON Schemas from the installed SDK's types and the overlay, or shows how they have drifted.

    python tools/generate_schemas.py [--check] [--output DIR] [--overlay FILE]

Exit codes: 0 written, or up to date; 1 something has drifted (--check); 2 no SDK, or one that the overlay does not fit.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from schemas.bundle import bundled_schemas
from schemas.drift import drift
from schemas.layout import text_of
from schemas.overlay import FILE, read_overlay
from schemas.sdk import read_types
from schemas.usual import read_table

REQUIREMENTS = Path(__file__).resolve().parent.parent / "pyproject.toml"
BUNDLED = Path(__file__).resolve().parent.parent / "schemas"


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Writes the bundled JSON Schemas from the installed SDK's types.")
    parser.add_argument("--check", action="store_true", help="write nothing, say what changed; exit 1 if anything did")
    parser.add_argument("--output", type=Path, default=BUNDLED, metavar="DIR", help="default: schemas/")
    parser.add_argument(
        "--overlay", type=Path, default=FILE, metavar="FILE", help="default: tools/schemas/overlay.toml"
    )
    options = parser.parse_args(arguments)
    try:
        types = read_types()
        if options.output == BUNDLED and types.version != required():
            raise ValueError(
                f"pyproject.toml names anthropic {required()}, and {types.version} is installed: pip install it"
            )
        schemas = dict(
            bundled_schemas(types, read_overlay(options.overlay), read_table(options.overlay.with_name("usual.toml")))
        )
    except ImportError as error:
        print(f"the official SDK and pydantic are needed here (pip install -e '.[dev]'): {error}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    current = [_report(options.output / name, text_of(schema)) for name, schema in schemas.items()]
    if options.check:
        return 0 if all(current) else 1
    options.output.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas.items():
        (options.output / name).write_text(text_of(schema), encoding="utf-8", newline="\n")
    return 0


def required() -> str:
    """The number of the SDK that pyproject.toml names; empty where it names none."""
    found = re.search(r'"anthropic==([^"]+)"', REQUIREMENTS.read_text(encoding="utf-8"))
    return found[1] if found else ""


def _report(path: Path, text: str) -> bool:
    """Prints how a file on disk differs from the text that it should have; whether it is current."""
    old = path.read_text(encoding="utf-8") if path.exists() else None
    if old == text:
        print(f"{path.name}: up to date")
        return True
    print(f"{path.name}: {'missing' if old is None else 'out of date'}")
    if old is not None:
        for line in _differences(old, text):
            print(f"  {line}")
    return False


def _differences(old: str, new: str) -> list[str]:
    try:
        before = json.loads(old)
    except ValueError as error:
        return [f"is no JSON: {error}"]
    return list(drift(before, json.loads(new))) or ["no field differs, only the layout or the order of a chain"]


if __name__ == "__main__":
    sys.exit(main())
