"""The report on a new SDK names what changed and nothing else, and --write does what needs no judgement."""

from __future__ import annotations

import dataclasses
import json
import re
import tarfile
import tomllib
from pathlib import Path

import pytest

from tests.freshness.made import FACTS, MadeSdk, differences, made_project, refresh
from tests.runner import PROJECT

FIRST = MadeSdk(version="1.0.0", errors={"on_hold": "The organization is on hold."})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is up to date with the first SDK."""
    made = made_project(tmp_path / "project")
    done = refresh(made, FIRST.write(tmp_path / "first"), "--write")
    assert done.returncode == 1, done.stderr
    assert (made / "tools/freshness/snapshot.json").exists()
    return made


def changed(tmp_path: Path, **changes: object) -> Path:
    return dataclasses.replace(FIRST, version="1.1.0", **changes).write(tmp_path / "next")  # type: ignore[arg-type]


def test_the_sdk_that_is_known_differs_in_nothing(project: Path, tmp_path: Path) -> None:
    done = refresh(project, tmp_path / "first")
    assert (done.returncode, done.stderr, differences(done.stdout)) == (0, "", [])
    assert "Nothing that batchlint knows of has changed." in done.stdout


def test_a_new_number_alone_is_not_a_difference(project: Path, tmp_path: Path) -> None:
    done = refresh(project, changed(tmp_path), "--write")
    assert (done.returncode, differences(done.stdout)) == (0, [])
    assert "Nothing that batchlint knows of has changed but the number of the SDK." in done.stdout
    assert "anthropic==1.1.0" in (project / "pyproject.toml").read_text(encoding="utf-8")


def test_each_change_is_named_and_nothing_else(project: Path, tmp_path: Path) -> None:
    new = changed(
        tmp_path,
        models=("claude-a-1", "claude-b-2"),
        headers=("a-thing-2026-01-01", "c-thing-2026-02-01"),
        members={"priority_note": "Needs the header `c-thing-2026-02-01`."},
        messages="There is a limit of 50,000 messages.",
        tools=("bash_20260301",),
    )
    done = refresh(project, new)
    assert (done.returncode, done.stderr) == (1, "")
    assert differences(done.stdout) == [
        "! `claude-b-2` is new",
        "! `c-thing-2026-02-01` is new",
        "`Params.priority_note`",
        "! `Params.tools`",
        "! a sentence at `MessageCreateParamsNonStreaming.messages` says something else",
        "! a sentence at `MessageCreateParamsNonStreaming.priority_note` is new",
    ]
    for line in (
        "  - was: There is a limit of 100,000 messages.",
        "  - now: There is a limit of 50,000 messages.",
        "  - batchlint today: rests on it: tools/schemas/overlay.toml (Params/messages)",
        "  > Needs the header `c-thing-2026-02-01`. (`MessageCreateParamsNonStreaming.priority_note`)",
        '  - `added   Params.priority_note.type: ["string", "null"]`',
    ):
        assert line in done.stdout.splitlines()
    assert '  - `removed Params.tools[].bash_20250124.$ref: "#/$defs/ToolBash20250124"`' in done.stdout
    assert "src/batchlint/facts/tools.toml: the types of tools" in done.stdout


def test_a_sentence_that_only_stands_elsewhere_or_names_no_limit_needs_nobody(project: Path, tmp_path: Path) -> None:
    done = refresh(project, changed(tmp_path, union="What is said.", content="Words."))
    assert (done.returncode, differences(done.stdout)) == (0, ["a sentence at `MessageParam.content` is new"])
    assert "nothing: it names no limit and no refusal" in done.stdout


def test_what_is_gone_is_named(project: Path, tmp_path: Path) -> None:
    done = refresh(project, changed(tmp_path, models=(), headers=(), errors={}, messages="Text."))
    assert differences(done.stdout) == [
        "! `claude-a-1` is no longer listed",
        "! `a-thing-2026-01-01` is no longer listed",
        "! `on_hold` is no longer raised",
        "a sentence at `MessageCreateParamsNonStreaming.messages` is new",
        "! a sentence at `MessageCreateParamsNonStreaming.messages` is gone",
    ]


def test_what_needs_no_judgement_is_written(project: Path, tmp_path: Path) -> None:
    facts = project / "src/batchlint/facts"
    new = changed(
        tmp_path,
        headers=("a-thing-2026-01-01", "c-thing-2026-02-01", "e-thing-2026-02-01"),
        retirements={"claude-a": "March 3rd, 2026", "claude-a-1": "March 3rd, 2026"},
        members={"priority_note": "Needs the header `e-thing-2026-02-01`."},
    )
    report = tmp_path / "report.md"
    done = refresh(project, new, "--write", "--report", str(report))
    assert (done.returncode, done.stdout) == (1, "")
    assert "! `claude-a` and `claude-a-1`: deprecated, retires on 2026-03-03" in differences(report.read_text("utf-8"))
    assert [line for line in done.stderr.splitlines() if "schemas/" not in line] == [
        "written: pyproject.toml",
        "written: src/batchlint/facts/betas.toml",
        "written: src/batchlint/facts/models.toml",
        "written: tools/freshness/snapshot.json",
    ]
    headers = tomllib.loads((facts / "betas.toml").read_text(encoding="utf-8"))["headers"]
    assert headers["active"] == ["a-thing-2026-01-01", "e-thing-2026-02-01"]
    assert headers["elsewhere"] == ["b-thing-2026-01-01", "c-thing-2026-02-01", "d-thing-2026-01-01"]
    source = 'source = "as for the others; Python SDK DEPRECATED_MODELS (retires)"'
    assert (facts / "models.toml").read_text(encoding="utf-8") == (
        FACTS["models"]
        .replace("[model.claude-a-1]\n", f"[model.claude-a-1]\n{source}\nchecked = 2026-02-01\n")
        .replace('status = "active"', 'status = "deprecated"')
        .replace("not_sooner_than = 2026-10-01", "deprecated = 2026-02-01\nretires = 2026-03-03")
    )
    schema = json.loads((project / "schemas/batch-request-2026-10-21.schema.json").read_text(encoding="utf-8"))
    assert "priority_note" in schema["$defs"]["Params"]["properties"]
    assert schema["x-batchlint"]["sdk"] == "1.1.0"
    again = refresh(project, new, "--write")
    assert (again.returncode, differences(again.stdout), again.stderr) == (0, [], "")


def test_types_that_the_overlay_does_not_fit_are_reported_and_nothing_is_written(project: Path, tmp_path: Path) -> None:
    overlay = project / "tools/schemas/overlay.toml"
    overlay.write_text(
        overlay.read_text(encoding="utf-8").replace("Params/messages", "Params/letters"), encoding="utf-8"
    )
    before = (project / "pyproject.toml").read_text(encoding="utf-8")
    done = refresh(project, changed(tmp_path), "--write")
    assert done.returncode == 1
    assert "**!** the schemas cannot be made of it: overlay.toml: nothing in the SDK's types is called" in done.stdout
    assert (project / "pyproject.toml").read_text(encoding="utf-8") == before


def test_a_folder_without_an_sdk_is_not_a_sdk(project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty" / "anthropic").mkdir(parents=True)
    done = refresh(project, tmp_path / "empty")
    assert done.returncode == 2
    assert re.match(r"refresh: .*no anthropic package", done.stderr)


def test_what_only_the_npm_package_knows_is_named(project: Path, tmp_path: Path) -> None:
    package = tmp_path / "unpacked" / "package"
    (package / "resources").mkdir(parents=True)
    (package / "package.json").write_text('{"version": "3.0.0"}', encoding="utf-8")
    (package / "resources/messages.d.ts").write_text(
        "export type Model =\n  | 'claude-a-1'\n  | 'claude-b-2'\n  | (string & {});\n", encoding="utf-8"
    )
    (package / "resources/beta.d.ts").write_text(
        "export type AnthropicBeta = (string & {}) | 'a-thing-2026-01-01' | 'f-thing-2026-02-01';\n", encoding="utf-8"
    )
    (package / "resources/messages.js").write_text(
        "exports.DEPRECATED_MODELS = {\n    'claude-a': 'March 3rd, 2026',\n};\n", encoding="utf-8"
    )
    archive = tmp_path / "sdk-3.0.0.tgz"
    with tarfile.open(archive, "w:gz") as file:
        file.add(package, "package")
    done = refresh(project, tmp_path / "first", "--npm", str(archive))
    assert differences(done.stdout) == [
        "! `claude-b-2` is new (npm 3.0.0)",
        "! `f-thing-2026-02-01` is new (npm 3.0.0)",
        "! `claude-a` retires on 2026-03-03 (npm 3.0.0)",
    ]


def test_from_the_facts_of_2_12_0_the_report_on_2_14_0_names_what_changed(tmp_path: Path) -> None:
    """With the project's own facts, less what came with 2.13.0 and 2.14.0, and what the two say, cut down to size."""
    root = made_project(tmp_path / "project", facts_of_2_12_0())
    betas = tomllib.loads((root / "src/batchlint/facts/betas.toml").read_text(encoding="utf-8"))["headers"]
    moved = "The token of a refusal is redeemed within 5 minutes; a mismatch is a 400."
    old = MadeSdk(
        version="2.12.0",
        models=("claude-opus-5-5", "claude-opus-4-5", "claude-opus-4-5-20251101", "claude-sonnet-4-5"),
        headers=tuple(header for headers in betas.values() if isinstance(headers, list) for header in headers),
        retirements={"claude-3-opus-20240229": "January 5th, 2026", "claude-sonnet-4-5": "November 30th, 2026"},
        retirements_in="resources/messages/messages.py",
        errors=dict.fromkeys(CREATION - {"workspace_human_review_disabled"}, "It is refused."),
        content=moved,
    )
    refresh(root, old.write(tmp_path / "old"), "--write")
    new = dataclasses.replace(
        old,
        version="2.14.0",
        headers=(*old.headers, "efs-2026-10-01", "google-managed-data-controls-2026-09-01"),
        retirements={
            "claude-opus-4-5": "January 22nd, 2027",
            "claude-opus-4-5-20251101": "January 22nd, 2027",
            "claude-sonnet-4-5": "November 30th, 2026",
        },
        retirements_in="_data/deprecated_models.py",
        errors=dict.fromkeys(sorted(CREATION), "It is refused."),
        union=f"Who is billed for a request. {moved}",
    )
    done = refresh(root, new.write(tmp_path / "new"))
    assert differences(done.stdout) == [
        "! `claude-opus-4-5` and `claude-opus-4-5-20251101`: deprecated, retires on 2027-01-22",
        "! `efs-2026-10-01` is new",
        "! `google-managed-data-controls-2026-09-01` is new",
        "! `workspace_human_review_disabled` (400) is new: raised by batches.create",
        "a sentence at `BetaTools` is new",
    ]


CREATION = frozenset(
    (
        "claude_code_key_creator_not_member",
        "cmek_key_disabled",
        "organization_on_hold",
        "workspace_human_review_disabled",
        "enforced_spend_limit_reached",
    )
)


def facts_of_2_12_0() -> dict[str, str]:
    """The project's facts without what came with 2.13.0 and 2.14.0."""
    facts = {
        name: (PROJECT / "src/batchlint/facts" / f"{name}.toml").read_text(encoding="utf-8")
        for name in ("models", "betas", "outcomes", "tools")
    }
    table = re.search(r"\[model\.claude-opus-4-5-20251101\]\n.*?\n\n", facts["models"], re.DOTALL)
    assert table is not None
    before = re.sub(r"(?m)^(deprecated|retires) = .*\n", "", table[0]).replace('"deprecated"', '"active"')
    facts["models"] = facts["models"].replace(table[0], before)
    for header in ('"efs-2026-10-01", ', '"google-managed-data-controls-2026-09-01", '):
        assert header in facts["betas"]
        facts["betas"] = facts["betas"].replace(header, "")
    refusal = re.search(r"\[creation\.workspace_human_review_disabled\]\n.*?\n\n", facts["outcomes"], re.DOTALL)
    assert refusal is not None
    facts["outcomes"] = facts["outcomes"].replace(refusal[0], "")
    return facts
