"""A made-up SDK and a made-up project, as small as they can be and still be read by the tools."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.runner import PROJECT

TOOL = """
class Tool{name}Param(TypedDict, total=False):
    type: Required[Literal["{tag}"]]
    name: Required[Literal["{kind}"]]
"""
TYPES = '''
from typing import Iterable, Union
from typing_extensions import Literal, Required, TypeAlias, TypedDict

{tools}

class MessageParam(TypedDict, total=False):
    role: Required[Literal["user", "assistant"]]
    content: Required[str]
    """{content}"""


{owner}Tools: TypeAlias = Union[{tool_names}]
"""{union}"""


class MessageCreateParamsNonStreaming(TypedDict, total=False):
    model: Required[str]
    max_tokens: Required[int]
    messages: Required[Iterable[MessageParam]]
    """{messages}"""
    tools: Iterable[{owner}Tools]
{members}
'''
ITEM = """
from typing_extensions import Required, TypedDict
from ..message_create_params import MessageCreateParamsNonStreaming

class Request(TypedDict, total=False):
    custom_id: Required[str]
    params: Required[MessageCreateParamsNonStreaming]
"""
RESULT = """
from pydantic import BaseModel

class BetaMessageBatchIndividualResponse(BaseModel):
    custom_id: str
    type: str
"""
OPERATION = '''
class {owner}:
    def create(self) -> None:
        """
        {says}

        Raises:
          {errors}
        """
'''


@dataclass(frozen=True, kw_only=True)
class MadeSdk:
    """What a made-up release says."""

    version: str
    models: tuple[str, ...] = ("claude-a-1",)
    headers: tuple[str, ...] = ("a-thing-2026-01-01",)
    retirements: Mapping[str, str] = field(default_factory=dict)
    retirements_in: str = "_data/deprecated_models.py"
    errors: Mapping[str, str] = field(default_factory=dict)
    """Codes of refusals of a whole batch, with their docstrings."""
    tools: tuple[str, ...] = ("bash_20250124", "bash_20260301")
    members: Mapping[str, str] = field(default_factory=dict)
    """Further members of params, which are texts, with their docstrings."""
    messages: str = "There is a limit of 100,000 messages."
    union: str = ""
    content: str = "What is said."

    def write(self, folder: Path) -> Path:
        """Writes the package into a folder, and returns that."""
        for path, text in self._files().items():
            file = folder / "anthropic" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return folder

    def _files(self) -> dict[str, str]:
        empty = ["types/__init__.py", "types/messages/__init__.py", "types/beta/__init__.py"]
        return {
            "__init__.py": "from ._version import __version__ as __version__\n",
            "_version.py": f'__version__ = "{self.version}"\n',
            **dict.fromkeys(empty, ""),
            "types/model.py": f"Model = {_literal(self.models)}\n",
            "types/anthropic_beta_param.py": f"AnthropicBetaParam = {_literal(self.headers)}\n",
            "types/message_create_params.py": self._types(""),
            "types/beta/message_create_params.py": self._types("Beta"),
            "types/messages/batch_create_params.py": ITEM,
            "types/beta/messages/__init__.py": RESULT,
            "types/beta/messages/batch_create_params.py": ITEM,
            self.retirements_in: f"DEPRECATED_MODELS = {dict(self.retirements)!r}\n",
            "_error_classes.py": self._error_table(),
            **{f"types/{code}.py": f'class {_class(code)}:\n    """{says}"""\n' for code, says in self.errors.items()},
            "resources/messages/batches.py": self._operation("Batches"),
        }

    def _types(self, owner: str) -> str:
        names = {tag: f"{tag.title().replace('_', '')}" for tag in self.tools}
        return TYPES.format(
            owner=owner,
            tools="".join(TOOL.format(name=name, tag=tag, kind=tag.rpartition("_")[0]) for tag, name in names.items()),
            tool_names=", ".join(f"Tool{name}Param" for name in names.values()),
            members="".join(f'    {name}: str\n    """{says}"""\n' for name, says in self.members.items()),
            messages=self.messages,
            union=self.union,
            content=self.content,
        )

    def _error_table(self) -> str:
        imports = "".join(f"from .types.{code} import {_class(code)}\n" for code in self.errors)
        entries = "".join(f"    (400, {code!r}): {_class(code)},\n" for code in self.errors)
        return f"{imports}ERROR_CLASSES: dict = {{\n    (400, None): BadRequestError,\n{entries}}}\n"

    def _operation(self, owner: str) -> str:
        listed = "\n\n          ".join(f"{_class(code)}:" for code in self.errors)
        return OPERATION.format(owner=owner, says="Send a batch.", errors=listed)


def _literal(values: tuple[str, ...]) -> str:
    return f"Union[str, Literal[{', '.join(map(repr, values))}]]" if values else "str"


def _class(code: str) -> str:
    return "".join(word.title() for word in code.split("_")) + "Error"


OVERLAY = """
frequent_tags = []

[[rename]]
pattern = "MessageCreateParamsNonStreaming"
name = "Params"

[[open]]
definitions = []

[[limit]]
at = "Params/messages"
keywords = { maxItems = 100000 }
source = "docstring of messages"
checked = 2026-01-01

[descriptions]
"""
CITATIONS = """
[[cited]]
words = "limit of 100,000 messages"
by = ["tools/schemas/overlay.toml (Params/messages)"]
"""
FACTS = {
    "models": """
source = "docs"
checked = 2026-01-01

[model.claude-a-1]
aliases = ["claude-a"]
status = "active"
released = 2025-10-01
not_sooner_than = 2026-10-01
""",
    "betas": """
source = "docs"
checked = 2026-01-01

[headers]
active = ["a-thing-2026-01-01"]
elsewhere = [
  "b-thing-2026-01-01", "d-thing-2026-01-01",
]
""",
    "outcomes": """
source = "docs"
checked = 2026-01-01

[creation.on_hold]
status = 400
advice = "appeal"
""",
    "tools": """
source = "docs"
checked = 2026-01-01

[tool.bash_20250124]
name = "bash"

[tool.bash_20260301]
name = "bash"
""",
}


def made_project(root: Path, facts: Mapping[str, str] = FACTS) -> Path:
    """A project with these facts and without schemas or a snapshot; `refresh --write` makes them."""
    files = {f"src/batchlint/facts/{name}.toml": text for name, text in facts.items()}
    files["src/batchlint/rules/about_bash.py"] = 'TYPES = ("bash_20250124", "bash_20260301")\n'
    files["tools/schemas/overlay.toml"] = OVERLAY
    files["tools/freshness/citations.toml"] = CITATIONS
    files["pyproject.toml"] = '[project]\nname = "made-up"\ndependencies = ["anthropic==0.9.0"]\n'
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def refresh(project: Path, sdk: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs the tool on a project, as on 2026-02-01."""
    command = [sys.executable, str(PROJECT / "tools" / "refresh.py"), "--sdk", str(sdk), "--project", str(project)]
    return subprocess.run(
        [*command, "--day", "2026-02-01", *options], capture_output=True, encoding="utf-8", text=True, check=False
    )


def differences(report: str) -> list[str]:
    """The differences that a report names, one a line; those for a person begin with "!"."""
    return [line[2:].replace("**!**", "!") for line in report.splitlines() if line.startswith("- ")]
