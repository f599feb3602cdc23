"""Different wrong values at one place are groups of their own, up to a few."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from batchlint.cli import main


def grouped(roles: Sequence[str], path: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int]]:
    """The first line of each group, and how many requests it says it is in, for messages of these roles."""
    requests = [
        {
            "custom_id": f"a-{number}",
            "params": {
                "model": "claude-haiku-4-5",
                "max_tokens": 10,
                "messages": [{"role": "user", "content": "Hi"}, {"role": role, "content": "Hello"}],
            },
        }
        for number, role in enumerate(roles)
    ]
    path.write_text("".join(json.dumps(request) + "\n" for request in requests), encoding="utf-8")
    assert main(["--no-config", "--format", "full", str(path)]) == 1
    found = []
    for line in capsys.readouterr().out.splitlines():
        if line.startswith("error["):
            found.append((line.partition("may not be ")[2].partition(":")[0], 1))
        elif line.startswith("  = x "):
            found[-1] = (found[-1][0], int(line.split()[2]))
    return found


def test_each_wrong_role_is_a_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roles = ["tool", "function", "tool", "developer", "tool"]
    assert grouped(roles, tmp_path / "roles.jsonl", capsys) == [('"tool"', 3), ('"function"', 1), ('"developer"', 1)]


def test_many_wrong_roles_are_a_few_groups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roles = [f"person {number}" for number in range(20)]
    found = grouped([*roles, roles[0]], tmp_path / "roles.jsonl", capsys)
    assert found[0] == ('"person 0"', 2)
    assert [count for _, count in found] == [2, 1, 1, 1, 1, 15]
