"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from batchlint import resources

settings.register_profile("untimed", deadline=None, max_examples=70)
settings.load_profile("untimed")

QUICK = (
    "test_rule_fixtures.py",
    "test_inline.py",
    "test_structure.py",
    "test_configuration.py",
    "test_frame.py",
    "test_beta_needs.py",
    "test_blank.py",
    "test_model_ids.py",
    "test_one_mistake_one_finding.py",
    "test_prefill.py",
    "test_tool_changes.py",
    "test_toolsets.py",
    "engine/test_dispatch.py",
    "engine/test_triggers.py",
    "facts/test_tables.py",
    "reports/test_quota.py",
)
"""The files of which `-m quick` runs the tests; `pytest -m quick` skips the others unread."""
SLOW = "huge-request"
"""What is in the name of the tests among them that take seconds."""


TESTS = Path(__file__).parent


def pytest_configure() -> None:
    """Lets the tests say the same before and after the project has a public home; tests/test_home.py is about one."""
    resources.HOME = None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m quick` no other file is imported: that alone would take seconds."""
    is_other = collection_path.suffix == ".py" and collection_path.relative_to(TESTS).as_posix() not in QUICK
    return True if is_other and config.option.markexpr == "quick" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the quick tests: every rule's fixtures, and logic that needs no files, processes or generated examples."""
    for item in items:
        if item.path.relative_to(TESTS).as_posix() in QUICK and SLOW not in item.name:
            item.add_marker("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what the fixtures' .out files should hold")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be written anew."""
    return bool(request.config.getoption("--update"))
