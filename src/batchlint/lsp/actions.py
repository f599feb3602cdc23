"""Quick fixes: the edits of findings, one by one, and all safe ones at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from batchlint.lsp.diagnostics import EditorText, Shown

KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]


def actions_for(uri: str, text: str, found: Sequence[Shown], at: types.Range) -> Iterator[types.CodeAction]:
    """The fixes of what is found in a range, and the one that makes all safe fixes of the document."""
    lines = EditorText(text)
    for each in found:
        edits = edits_of(each, lines)
        if edits and _overlap(each.diagnostic.range, at):
            fix = each.finding.fix
            is_safe = fix is not None and fix.safety == "safe"
            yield types.CodeAction(
                title=title_of(each, is_safe=is_safe),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[each.diagnostic],
                is_preferred=is_safe,
                edit=types.WorkspaceEdit(changes={uri: edits}),
            )
    all_edits = list(_safe_edits(found, lines))
    if all_edits:
        yield types.CodeAction(
            title="batchlint: make all safe fixes",
            kind=types.CodeActionKind.SourceFixAll,
            edit=types.WorkspaceEdit(changes={uri: all_edits}),
        )


def title_of(each: Shown, *, is_safe: bool) -> str:
    """What the fix does, and whether it changes what the request means."""
    what = each.finding.help or "fix it"
    return f"{what} ({each.finding.rule.name}{'' if is_safe else ', changes the request'})"


def edits_of(each: Shown, lines: EditorText) -> list[types.TextEdit]:
    """The edits that mend a finding; none where it has no fix, or one that is made by `batchlint fix` alone."""
    fix = each.finding.fix
    if fix is None or fix.edits is None:
        return []
    return [types.TextEdit(lines.range_of(edit.range), edit.text) for edit in fix.edits]


def _safe_edits(found: Sequence[Shown], lines: EditorText) -> Iterator[types.TextEdit]:
    """The edits of all safe fixes that do not touch each other; what is left is offered when these are made."""
    taken: dict[int, list[types.Range]] = {}
    for each in found:
        fix = each.finding.fix
        if fix is None or fix.safety != "safe":
            continue
        edits = edits_of(each, lines)
        near = [other for edit in edits for other in taken.get(edit.range.start.line, ())]
        if any(_overlap(edit.range, other) for edit in edits for other in near):
            continue
        for edit in edits:
            taken.setdefault(edit.range.start.line, []).append(edit.range)
        yield from edits


def _overlap(one: types.Range, other: types.Range) -> bool:
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
