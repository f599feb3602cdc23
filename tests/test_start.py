"""What the command line imports for a small file that is fine: most of the time of a start goes into imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

LOADED = """
import sys
before = set(sys.modules)
from batchlint.cli import guarded_main
status = guarded_main(sys.argv[1:])
print(*(sys.modules.keys() - before), file=sys.stderr)
sys.exit(status)
"""
HEAVY = {
    *("argparse", "dataclasses", "difflib", "email", "gettext", "importlib.metadata", "inspect", "multiprocessing"),
    *("shutil", "socket", "subprocess", "tempfile", "yaml", "anthropic", "jsonschema", "jsonschema_rs", "tiktoken"),
}
"""What takes milliseconds to import, and what a request that is fine does not need."""
HEAVY_IN_A_WHEEL = HEAVY | {"ast", "json", "pathlib", "tomllib", "urllib"}
"""In a checkout these read rules and facts; a build leaves them in a form that loads fast."""
REQUEST = {"model": "claude-opus-5", "max_tokens": 1024, "messages": [{"role": "user", "content": "Hello"}]}


def loaded(folder: Path, requests: list[object], **environment: str) -> set[str]:
    """The modules that are imported to lint these requests, without those that Python itself starts with."""
    (folder / "requests.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in requests), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "requests.jsonl"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no findings in 2 requests" in done.stderr
    return set(done.stderr.splitlines()[-1].split())


def loaded_for_what_is_fine(folder: Path, **environment: str) -> set[str]:
    """The same for two plain requests."""
    return loaded(folder, [{"custom_id": name, "params": REQUEST} for name in ("a", "b")], **environment)


def test_a_file_that_is_fine_needs_nothing_heavy(tmp_path: Path) -> None:
    modules = loaded_for_what_is_fine(tmp_path)
    assert {"batchlint.engine", "batchlint.schema"} <= modules
    assert modules & HEAVY == set()


def test_no_rule_is_imported_that_a_plain_request_does_not_wake(tmp_path: Path) -> None:
    rules = {name for name in loaded_for_what_is_fine(tmp_path) if name.startswith("batchlint.rules.")}
    assert len(rules) < 20


def test_what_the_first_look_leaves_open_is_judged_by_the_validator(tmp_path: Path) -> None:
    unusual = {"custom_id": "b", "params": {**REQUEST, "max_tokens": 1024.0}}
    assert "jsonschema_rs" in loaded(tmp_path, [{"custom_id": "a", "params": REQUEST}, unusual])
