"""Every rule has a folder under tests/rules: `bad*.jsonl` with what is found as `bad*.out`, and `ok*.jsonl`, silent.

The files may be .json too. A `.args` file of the same stem holds options. What would be megabytes is written short:
`<A*1000>` is a thousand times A. Beside `bad.jsonl` is what the rule's own fixes make of it: `fix.jsonl`, and
`unsafe.jsonl` where --unsafe makes more of it. `pytest --update` writes all these: read the difference, then commit it.

The day is that of the facts, where no other is given. What depends on a model's last day is shown in the folders of the
two rules about it alone, so that a deprecation changes nothing elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from batchlint.cli.check_parser import lint_options, parser
from batchlint.finding import LocatedFinding, pointer_text
from batchlint.library import check_file
from batchlint.options import Options
from batchlint.rules import all_rules
from tests.fixing.made import fix
from tests.knowledge import AS_OF

FOLDER = Path(__file__).parent / "rules"
ABOUT_LAST_DAYS = {"deprecated-model", "retired-model"}


def inputs(stem: str) -> list[Path]:
    return sorted(path for path in FOLDER.glob(f"*/{stem}*") if path.suffix in (".jsonl", ".json"))


REPEATED = re.compile(rb"<([^<>]{1,200})\*(\d+)>")


def expanded(path: Path, folder: Path) -> Path:
    """The file; where something in it is to be repeated, a copy that has it repeated."""
    content = path.read_bytes()
    if not REPEATED.search(content):
        return path
    copy = folder / path.name
    copy.write_bytes(REPEATED.sub(lambda found: found[1] * int(found[2]), content))
    return copy


def findings(path: Path, folder: Path) -> list[LocatedFinding]:
    arguments = path.with_suffix(".args")
    words = arguments.read_text(encoding="utf-8").split() if arguments.exists() else []
    found = check_file(expanded(path, folder), lint_options(parser().parse_args([*AS_OF, *words, str(path)])))
    left_out = ABOUT_LAST_DAYS - {path.parent.name}
    return [finding for finding in found if finding.rule.name not in left_out]


class Case(NamedTuple):
    """A file, and what it is linted by."""

    data: bytes
    options: Options


def case(path: Path) -> Case:
    arguments = path.with_suffix(".args")
    words = arguments.read_text(encoding="utf-8").split() if arguments.exists() else []
    data = REPEATED.sub(lambda found: found[1] * int(found[2]), path.read_bytes())
    return Case(data, lint_options(parser().parse_args([*AS_OF, *words, str(path)])))


def beside(path: Path, stem: str) -> Path:
    return path.with_name(stem + path.name.removeprefix("bad"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def shown(finding: LocatedFinding) -> str:
    place = finding.range
    where = f"{place.line}:{place.column}-{place.end_line}:{place.end_column}" if place else "file"
    pointer = "" if finding.pointer is None else f" {pointer_text(finding.pointer) or 'whole item'}"
    lines = [f"{where}{pointer} {finding.severity}[{finding.rule.name}] impact {finding.impact}: {finding.message}"]
    lines += [f"    {related.message}: {related.line}:{related.column}" for related in finding.related]
    lines += [f"    API: {finding.api_error}"] if finding.api_error else []
    lines += [f"    help: {finding.help}"] if finding.help else []
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", inputs("bad"), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_wrong_is_found_at_its_place(path: Path, update: bool, tmp_path: Path) -> None:
    found = findings(path, tmp_path)
    text = "".join(map(shown, found))
    expected = path.with_suffix(".out")
    if update:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert path.parent.name in {finding.rule.name for finding in found}


@pytest.mark.parametrize("path", inputs("ok"), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_right_stays_silent(path: Path, tmp_path: Path) -> None:
    assert "".join(map(shown, findings(path, tmp_path))) == ""


@pytest.mark.parametrize(
    "path", [path for path in inputs("bad") if not REPEATED.search(path.read_bytes())], ids=name_of
)
def test_a_rule_is_fixed_to_these_bytes(path: Path, update: bool) -> None:
    data, options = case(path)
    safe, _ = fix(data, options, select=[path.parent.name])
    unsafe, _ = fix(data, options, select=[path.parent.name], unsafe=True)
    for made, than, expected in ((safe, data, beside(path, "fix")), (unsafe, safe, beside(path, "unsafe"))):
        if update and made != than:
            expected.write_bytes(made)
        elif update:
            expected.unlink(missing_ok=True)
        assert (made if made != than else None) == (expected.read_bytes() if expected.exists() else None)


@pytest.mark.parametrize("name", all_rules())
def test_what_a_rule_says_of_its_fixes_is_shown(name: str) -> None:
    shown = {"safe": "fix", "unsafe": "unsafe"}
    stems = tuple(stem for stem in shown.values() if list((FOLDER / name).glob(f"{stem}*.json*")))
    assert stems == tuple(shown[safety] for safety in all_rules()[name].fixes)


@pytest.mark.parametrize("name", all_rules())
def test_every_rule_has_its_fixtures(name: str) -> None:
    folder = FOLDER / name
    assert list(folder.glob("bad*.json*")), f"{folder} has no bad.jsonl"
    assert list(folder.glob("ok*.json*")), f"{folder} has no ok.jsonl"


def test_every_fixture_belongs_to_a_rule() -> None:
    assert {folder.name for folder in FOLDER.iterdir() if folder.is_dir()} <= set(all_rules())


@pytest.mark.parametrize("name", all_rules())
def test_every_rule_has_a_page(name: str) -> None:
    rule = all_rules()[name]
    summary, blank, page = rule.page.partition("\n\n")
    assert summary.endswith((".", "?")), "the page begins with one sentence"
    assert "\n" not in summary
    assert blank
    for part in ("Example", "Instead"):
        assert part in page, f"the page has no {part}"
    assert rule.source
    assert rule.checked
    assert rule.triggers
