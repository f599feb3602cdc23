"""The recipe for Ray in `docs/scale.md` finds what one run finds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from batchlint.cli import main
from tests.remote.files import BROKEN, shards
from tests.runner import PROJECT

pytestmark = pytest.mark.ray
RECIPE = re.compile(r'```python\n("""python on_ray\.py.*?)```\n', re.DOTALL)


def test_the_recipe(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="ray is not installed: pip install ray")
    (recipe,) = RECIPE.findall((PROJECT / "docs" / "scale.md").read_text(encoding="utf-8"))
    program = tmp_path / "on_ray.py"
    program.write_text(recipe.replace("\nray.init()\n", "\nray.init(num_cpus=2)\n"), encoding="utf-8")
    for name, last in (("sound", {}), ("broken", {"batch-07.jsonl": BROKEN})):
        folder = tmp_path / name
        folder.mkdir()
        for file, data in {**shards(), **last}.items():
            (folder / file).write_bytes(data)
        command = [sys.executable, str(program), *sorted(map(str, folder.iterdir()), reverse=True)]
        environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        report = tmp_path / "report.json"
        main(["--no-config", "--as-of", "2026-11-28", "--output", f"json={report}", "--quiet", str(folder)])
        found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        assert found == json.loads(report.read_text(encoding="utf-8"))["findings"]
        assert found
