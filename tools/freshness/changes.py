"""Every difference between a new SDK and what is known, each with what batchlint says today and what to edit."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .project import Project
from .sdk import Sdk
from .sentences import ChangedSentence, Sentence, compared
from .types import TypeChange

MOST_CITING = 6
"""Rules that are named as speaking of a member; a name that more of them have is too common to be of help."""


class Change(NamedTuple):
    """One difference."""

    section: str
    """Models, Retirements, Beta headers, Errors, Types or Sentences."""
    what: str
    """What changed, as one line of Markdown."""
    today: str
    """What batchlint says today."""
    edit: str
    """Which file to edit, or what --write does."""
    by_hand: bool
    """Whether a person must look."""
    details: tuple[str, ...] = ()


def changes(project: Project, old: Sdk, new: Sdk, types: Sequence[TypeChange]) -> Iterator[Change]:
    """All of them, in the order of the report."""
    yield from _models(project, old, new)
    yield from _retirements(project, new)
    yield from _headers(project, old, new)
    yield from _errors(project, old, new)
    yield from (_type(project, change) for change in types)
    yield from (_sentence(project, change) for change in compared(old.sentences, new.sentences))


def _models(project: Project, old: Sdk, new: Sdk) -> Iterator[Change]:
    edit = 'src/batchlint/facts/models.toml and prices.toml (CONTRIBUTING.md, "A new model")'
    for model in new.models:
        if model not in project.models:
            yield Change("Models", f"`{model}` is new", "unknown-model: a warning", edit, by_hand=True)
    for model in old.models:
        known = project.models.get(model, {}).get("status")
        if model not in new.models and known != "retired":
            today = f"models.toml: {known or 'not listed'}"
            yield Change("Models", f"`{model}` is no longer listed", today, edit, by_hand=True)


def _retirements(project: Project, new: Sdk) -> Iterator[Change]:
    for model, day in retirements_to_write(project, new).items():
        known = project.models[model]
        names = " and ".join(f"`{name}`" for name in [*known.get("aliases", ()), model] if name in new.retirements)
        before = ", ".join(sorted(map(str, project.retirement(model)))) or "no day of retirement"
        edit = f"src/batchlint/facts/models.toml, [model.{model}]: --write does it; its successor is named by hand"
        today = f"models.toml: {known['status']}, {before}"
        yield Change("Retirements", f"{names}: deprecated, retires on {day}", today, edit, by_hand=True)


def retirements_to_write(project: Project, new: Sdk) -> dict[str, datetime.date]:
    """The days of retirement that the facts do not have, by the id that a model has in models.toml."""
    return {
        project.models[model]["id"]: day
        for model, day in new.retirements.items()
        if model in project.models and day not in project.retirement(model)
    }


def _headers(project: Project, old: Sdk, new: Sdk) -> Iterator[Change]:
    for header in new.headers:
        if header not in project.headers:
            told = [sentence for sentence in new.sentences.values() if header in sentence.says]
            where = f"src/batchlint/facts/betas.toml: --write adds it to `{list_of(header, new)}`"
            edit = f"{where}; what needs it is said by hand"
            details = tuple(map(_quoted, told))
            yield Change("Beta headers", f"`{header}` is new", "not known", edit, by_hand=True, details=details)
    for header in old.headers:
        if header not in new.headers and project.headers.get(header) not in ("dead", "general", None):
            today = f"betas.toml: {project.headers[header]}"
            edit = "src/batchlint/facts/betas.toml: `dead` or `general`, once a source says which"
            yield Change("Beta headers", f"`{header}` is no longer listed", today, edit, by_hand=True)


def list_of(header: str, sdk: Sdk) -> str:
    """The list of betas.toml that a new header goes to: whether anything in a request is said to need it."""
    return "active" if any(header in sentence.says for sentence in sdk.sentences.values()) else "elsewhere"


def _errors(project: Project, old: Sdk, new: Sdk) -> Iterator[Change]:
    for code, error in new.errors.items():
        before = old.errors.get(code)
        refuses_all = "batches.create" in error.raised_by
        if before == error and not (refuses_all and code not in project.creation_errors):
            continue
        verb = "is new" if before is None else "says something else" if before != error else "is not in the facts"
        what = f"`{code}` ({error.status}) {verb}: raised by {', '.join(error.raised_by)}"
        today = "outcomes.toml: [creation] has it" if code in project.creation_errors else "the API's text as it is"
        edit = f"src/batchlint/facts/outcomes.toml, {f'[creation.{code}]' if refuses_all else '[message]'}"
        yield Change("Errors", what, today, edit, by_hand=True, details=(f"> {error.says}",))
    for code in old.errors.keys() - new.errors.keys():
        what = f"`{code}` is no longer raised"
        yield Change("Errors", what, "may be known", "src/batchlint/facts/outcomes.toml", by_hand=True)


def _type(project: Project, change: TypeChange) -> Change:
    gone = any(line.startswith("removed") for line in change.lines)
    edits = ["schemas/: --write does it"]
    if change.needs_header:
        edits.append("src/batchlint/facts/betas.toml: which header it needs")
    if change.at == "Params.tools":
        edits.append("src/batchlint/facts/tools.toml: the types of tools")
    cited = [*_overlay_entries(project, change.at), *_rules_about(project, change.at.rpartition(".")[2])]
    today = "unknown-member, unknown-type, unknown-value and the like follow the bundled schemas"
    if cited:
        today += f"; see {', '.join(cited)}"
    by_hand = gone or change.needs_header or len(edits) > 1
    return Change(
        "Types", f"`{change.at}`", today, "; ".join(edits), by_hand, tuple(f"`{line}`" for line in change.lines)
    )


def _sentence(project: Project, change: ChangedSentence) -> Change:
    old, new = change
    sentence = new or old
    assert sentence is not None
    verb = "is new" if old is None else "is gone" if new is None else "says something else"
    details = [f"- {when}: {each.says}" for when, each in (("was", old), ("now", new)) if each is not None]
    cited = _cited(project, old, new)
    matters = bool(cited) or any(each.limits for each in change if each is not None)
    near = cited or [*_overlay_entries(project, sentence.at), *_rules_about(project, sentence.at.rpartition(".")[2])]
    today = ("rests on it: " if cited else "may speak of it: ") + ", ".join(near) if near else "nothing speaks of it"
    if not matters:
        edit = "nothing: it names no limit and no refusal"
    else:
        edit = (
            "what is named here" if near else "a rule, a fact or an entry of overlay.toml, if the API refuses something"
        )
    return Change("Sentences", f"a sentence at `{sentence.at}` {verb}", today, edit, matters, tuple(details))


def _cited(project: Project, *sentences: Sentence | None) -> list[str]:
    """The facts and rules that rest on a sentence, as citations.toml has it."""
    says = " ".join(sentence.says for sentence in sentences if sentence is not None)
    return [by for entry in project.cited if entry["words"] in says for by in entry["by"]]


def _overlay_entries(project: Project, place: str) -> list[str]:
    """The entry of overlay.toml about a member, where there is one."""
    at = place.removeprefix("Beta").replace("Param.", ".").replace(".", "/")
    text = project.overlay.read_text(encoding="utf-8") if project.overlay.is_file() else ""
    return [f"{project.shown(project.overlay)} ({at})"] if f'"{at}"' in text else []


def _rules_about(project: Project, member: str) -> list[str]:
    """The rules that name a member; none where it is too common a name."""
    found = [path for path, text in project.rule_texts.items() if f'"{member}"' in text]
    return found if len(found) <= MOST_CITING else []


def _quoted(sentence: Sentence) -> str:
    return f"> {sentence.says} (`{sentence.at}`)"
