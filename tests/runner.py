"""A small runner of GitHub's: does the steps of action.yml in a shell, with the environment that a runner gives."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.reports.commands import Command, commands

PROJECT = Path(__file__).parent.parent
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


class Done(NamedTuple):
    """The result of a step."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def annotations(self) -> list[Command]:
        return commands(self.log)


class Runner:
    """Runs steps of the action one by one; what a step before would have given is handed in."""

    def __init__(
        self,
        workspace: Path,
        event: Mapping[str, Any] | None = None,
        action_path: Path = PROJECT,
        **github: str,
    ) -> None:
        """`github` is what expressions find under that name, next to the event."""
        self.workspace = workspace
        self.temporary = workspace.parent / "runner-temp"
        self.temporary.mkdir(exist_ok=True)
        self.github = {"event": event or {}, **github}
        self.path = os.environ["PATH"]
        self.action_path = action_path
        self.definition = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))

    def step(self, step_id: str) -> dict[str, Any]:
        (found,) = [step for step in self.definition["runs"]["steps"] if step["id"] == step_id]
        return dict(found)

    def run(self, step_id: str, inputs: Mapping[str, str], steps: Mapping[str, Mapping[str, str]]) -> Done:
        """Runs one step; `inputs` are those under `with`, `steps` the outputs of other steps."""
        step = self.step(step_id)
        known = self.definition["inputs"]
        assert set(inputs) <= set(known)
        values = {name: str(each.get("default", "")) for name, each in known.items()} | dict(inputs)
        context = {
            "inputs": values,
            "steps": {name: {"outputs": outputs} for name, outputs in steps.items()},
            "github": self.github,
        }
        script, output, summary = (self.temporary / name for name in ("script.sh", "output", "summary"))
        script.write_text(step["run"], encoding="utf-8")
        for file in (output, summary):
            file.write_text("", encoding="utf-8")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "BATCHLINT_"))}
        environment |= {
            "CI": "true",
            "PATH": self.path,
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(self.action_path),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(self.temporary),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        environment |= {name: evaluated(str(text), context) for name, text in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        return Done(done.returncode, done.stdout, outputs, summary.read_text(encoding="utf-8"))


def evaluated(text: str, context: Mapping[str, Any]) -> str:
    """A value with its expressions evaluated: names by dots, and `||`, which is all that action.yml uses."""

    def value(expression: str) -> str:
        for alternative in expression.split("||"):
            found: Any = context
            for name in alternative.strip().split("."):
                found = found.get(name, {}) if isinstance(found, Mapping) else {}
            if found:
                return str(found)
        return ""

    return EXPRESSION.sub(lambda match: value(match[1]), text)
