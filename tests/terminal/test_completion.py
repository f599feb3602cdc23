"""The shell completions are those of today's options, and the shells take them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.cli.completion import SHELLS

PROJECT = Path(__file__).parent.parent.parent
COMPLETES = """\
source /dev/stdin
for words in "st" "results --fo" "--sel" "completion f" "stats --format j"; do
    COMP_WORDS=(batchlint $words)
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _shtab_batchlint
    echo "${COMPREPLY[@]}"
done
"""


def printed(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


def test_they_are_up_to_date() -> None:
    command = [sys.executable, "tools/generate_completions.py", "--check"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr + "python tools/generate_completions.py writes them"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_can_read_its_own(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(shell, capsys)
    assert "batchlint" in text
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    file = tmp_path / f"batchlint.{shell}"
    file.write_text(text, encoding="utf-8")
    assert subprocess.run([shell, "-n", str(file)], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_commands_options_and_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        ["bash", "-c", COMPLETES],
        input=printed("bash", capsys),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout.splitlines() == ["stats", "--format", "--select", "fish", "json"]


def test_an_unknown_shell_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "bash" in capsys.readouterr().err


def test_nothing_of_it_is_imported_at_a_start() -> None:
    program = "import sys; from batchlint.cli import main; main(['completion', 'bash']); print('shtab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
