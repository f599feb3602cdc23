"""Makes docs/api-said.md: the sentences of the API, the rules that find before what they refuse, what to do.

Sentences come from `facts/errors.toml`, advice on what no file decides from `facts/outcomes.toml`. Which rules say
which sentence is seen on their fixtures (tests/rules), and nobody writes it down.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from batchlint import check_file
from batchlint.cli.check_parser import lint_options, parser
from batchlint.facts import errors, outcomes

PROJECT = Path(__file__).resolve().parent.parent
FIXTURES = PROJECT / "tests" / "rules"
ERRORS = PROJECT / "src" / "batchlint" / "facts" / "errors.toml"
REPEATED = re.compile(rb"<([^<>]{1,200})\*(\d+)>")
"""`<A*1000>` in a fixture is a thousand times A."""
PLACEHOLDER = re.compile(r"\{(\w+)\}|…")
RULES = PROJECT / "src" / "batchlint" / "rules"
GENERAL = "Any place"
"""The section of sentences that may be about any field."""
Seen = dict[str, dict[str, set[str]]]
"""For each sentence, by its key in errors.toml: the rules that say it, and what they advise then."""

HEAD = """\
# The API said ...

A batch has ended, and 47 of 100 requests failed. The results say why, each in a sentence of the API. Here is what the
sentence means, which rule finds it before a batch is sent, and what to change.

1. Save the results, and ask what came back: `batchlint results results.jsonl --source requests.jsonl` sorts them,
   shows each cause once at its place in your file, and says what is worth sending again: [after the batch](results.md).
2. Run `batchlint requests.jsonl`: what it finds there is what the API refused, and what it would refuse next.
3. Mend the program that wrote the file; `batchlint fix` mends [what has one right answer](fix.md). `batchlint retry`
   makes a batch of the rest.

Look for the words of your message that are not yours: names, numbers and paths are `…` here. How sure a wording is, is
written in `src/batchlint/facts/errors.toml`: some are captured word for word, some quoted by others, a few made after
the pattern of the captured ones.
"""
REST = """\
## What no file decides

These do not depend on what is in the request. `batchlint results` knows them, and `batchlint retry` sends again what is
worth it.

| the answer | what it is | what to do |
| --- | --- | --- |
"""
CREATION = """\
## When a batch is created

Codes with which the creation of a batch is refused (`error.details.error_code`); nothing of it runs.

| code | status | what to do |
| --- | ---: | --- |
"""


def page() -> str:
    """The page as it should be."""
    seen = _seen_on_fixtures()
    parts = [HEAD]
    for section, keys in _sections():
        parts.append(f"## {section}\n\n| the API says | found by | what to do |\n| --- | --- | --- |\n")
        parts[-1] += "".join(_row(key, seen[key]) for key in keys if key in seen)
    parts.append(REST + "".join(_other_rows()))
    parts.append(
        CREATION
        + "".join(
            f"| `{code}` | {each.status} | {_cell(each.advice)} |\n" for code, each in outcomes().creation.items()
        )
    )
    return "\n".join(parts)


def _sections() -> Iterator[tuple[str, list[str]]]:
    """The headings of errors.toml with the keys below each."""
    section, keys = "", list[str]()
    for line in ERRORS.read_text(encoding="utf-8").partition("[error]")[2].splitlines():
        heading = re.fullmatch(r"# (.+)\.", line)
        if heading:
            if keys:
                yield section, keys
            section, keys = heading[1], []
        elif " = {" in line:
            section = section or GENERAL
            keys.append(line.partition(" ")[0])
    yield section, keys


def _seen_on_fixtures() -> Seen:
    patterns = {key: _pattern(error.text) for key, error in errors().templates.items()}
    # The more words of its own a sentence has, the surer is the match.
    by_length = sorted(patterns, key=lambda key: -len(PLACEHOLDER.sub("", errors().templates[key].text)))
    found: Seen = defaultdict(lambda: defaultdict(set))
    for rule, answer, help_text in _answers():
        key = next((key for key in by_length if patterns[key].fullmatch(answer)), None)
        if key is not None:
            found[key][rule].add(help_text)
    for key in patterns.keys() - found.keys():
        for module in RULES.glob("*.py"):
            if f'"{key}"' in module.read_text(encoding="utf-8"):
                found[key][module.stem.replace("_", "-")] = set()
    return found


def _answers() -> Iterator[tuple[str, str, str]]:
    """Rule, answer of the API and advice of each finding in the fixtures that a rule is named after."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(FIXTURES.glob("*/bad*")):
            if path.suffix not in (".jsonl", ".json"):
                continue
            arguments = path.with_suffix(".args")
            words = arguments.read_text(encoding="utf-8").split() if arguments.exists() else []
            copy = Path(folder, path.name)
            copy.write_bytes(REPEATED.sub(lambda each: each[1] * int(each[2]), path.read_bytes()))
            options = lint_options(parser().parse_args(["--as-of", str(outcomes_day()), *words, str(copy)]))
            for finding in check_file(copy, options):
                if finding.rule.name == path.parent.name and finding.api_error:
                    yield finding.rule.name, finding.api_error, finding.help


def outcomes_day() -> object:
    """The day of the facts: what the page says must not change with the date on which it is made."""
    return max(each.checked for each in errors().templates.values())


def _pattern(template: str) -> re.Pattern[str]:
    text = template.replace("{{", "\x01").replace("}}", "\x02")
    parts = PLACEHOLDER.split(text)[::2]
    return re.compile(".*".join(re.escape(part.replace("\x01", "{").replace("\x02", "}")) for part in parts), re.DOTALL)


def _row(key: str, seen: dict[str, set[str]]) -> str:
    text = errors().templates[key].text
    sentence = PLACEHOLDER.sub("…", text.replace("{{", "\x01").replace("}}", "\x02"))
    sentence = sentence.replace("\x01", "{").replace("\x02", "}").replace("\n", " ")
    rules = ", ".join(f"[{rule}](rules/{rule}.md)" for rule in sorted(seen))
    helps = set[str]().union(*seen.values())
    advice = helps.pop() if len(helps) == 1 else "see the rule" if len(seen) == 1 else "see the rules"
    return f"| {_code(sentence)} | {rules} | {_cell(advice)} |\n"


def _other_rows() -> Iterable[str]:
    classes = outcomes().classes
    for part in outcomes().messages:
        of_class = classes[part.class_name]
        yield f"| `… {_cell(part.contains)} …` | {_cell(of_class.meaning)} | {_cell(of_class.advice)} |\n"
    for error, name in outcomes().error_types.items():
        if name != "fix":
            yield f"| `{error}` | {_cell(classes[name].meaning)} | {_cell(classes[name].advice)} |\n"
    for result, name in outcomes().result_types.items():
        yield f"| a result of type `{result}` | {_cell(classes[name].meaning)} | {_cell(classes[name].advice)} |\n"


def _code(text: str) -> str:
    """A text as code in a cell of a table, whatever backticks it has."""
    fence = "``" if "`" in text else "`"
    space = " " if "`" in text else ""
    return f"{fence}{space}{_cell(text)}{space}{fence}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
