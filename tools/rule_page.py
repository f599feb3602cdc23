"""The page of a rule: its docstring, headed by what its metadata says, with a heading for each part of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from textwrap import dedent

from batchlint.rule import Rule

FINDS, ANSWERS = "What it finds", "What the API does"
API = re.compile(
    r"The API (?:then )?(?:answer|refuse|accept|take|ignore|may|drop|treat|count|read|fetch|write|connect|is )"
)
"""How the paragraph begins that says what the API does."""
PART = re.compile(r"(Example|Instead)s?:(.*)", re.DOTALL)
CODE = re.compile(r"(?<!`)`([a-z0-9-]+)`(?!`)")
TABLE = ("| severity | impact | fix | since | source | checked |", "| --- | --- | --- | --- | --- | --- |")


def page(rule: Rule, names: Collection[str]) -> str:
    """The page; the rules that it names, of these names, become links."""
    cells = (rule.severity, rule.impact, ", ".join(rule.fixes), rule.since, cell(rule.source), rule.checked)
    body = rule.page.partition("\n")[2].strip("\n")
    text = "\n\n".join([f"# {rule.name}", rule.summary, "\n".join([*TABLE, f"| {' | '.join(cells)} |"]), *_parts(body)])
    return _linked(text, set(names) - {rule.name}) + "\n"


def _parts(body: str) -> list[str]:
    """The paragraphs of a docstring with headings between them, and its indented blocks as JSON."""
    parts: list[str] = []
    heading = ""
    for paragraph in _paragraphs(body):
        part = PART.fullmatch(paragraph)
        wanted = part[1] if part else heading or FINDS
        if heading in ("", FINDS) and API.match(paragraph):
            wanted = ANSWERS
        if wanted != heading:
            heading = wanted
            parts.append(f"## {heading}")
        text = part[2].strip() if part else paragraph
        if text.startswith("    "):
            parts.append(f"```json\n{dedent(text)}\n```")
        elif text:
            parts.append(text[0].upper() + text[1:] if part else text)
    return parts


def _paragraphs(body: str) -> list[str]:
    """Blocks of lines with blank lines between them; an indented block stays one, blank lines and all."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n", body):
        if block.startswith("    ") and found and found[-1].startswith("    "):
            found[-1] += "\n\n" + block
        else:
            found.append(block)
    return found


def _linked(text: str, names: Collection[str]) -> str:
    """The text with links to the rules that it names, outside of blocks of code."""
    blocks = re.split(r"(^```.*?^```$)", text, flags=re.DOTALL | re.MULTILINE)

    def link(found: re.Match[str]) -> str:
        return f"[{found[0]}]({found[1]}.md)" if found[1] in names else found[0]

    return "".join(CODE.sub(link, block) if nth % 2 == 0 else block for nth, block in enumerate(blocks))


def cell(text: str) -> str:
    """A text for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
