"""`batchlint PATH...`: lints batch files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, cast

from batchlint.cli import CLEAN, FINDINGS, UNREADABLE, UsageError, tell
from batchlint.cli.chosen import defaults, given_of
from batchlint.cli.inputs import inputs_of
from batchlint.cli.jobs import jobs_of, sharing
from batchlint.cli.outputs import look_of, open_reports, outputs_of
from batchlint.cli.unknown_betas import unknown_beta_lines
from batchlint.config import Closest, ConfigError, Configuration
from batchlint.progress import Progress
from batchlint.reports import OutputError
from batchlint.reports.closing import how_many
from batchlint.rulebook import Rulebooks
from batchlint.run import Run
from batchlint.select import UnknownRule
from batchlint.tally import Tally

if TYPE_CHECKING:
    import argparse


class Linted(NamedTuple):
    """What came of a run."""

    status: int
    tally: Tally


def main(arguments: Sequence[str]) -> int:
    """Lints the files and returns the exit code."""
    return lint(chosen_by(arguments))


def chosen_by(arguments: Sequence[str]) -> argparse.Namespace:
    """What these arguments ask of check; for paths alone no parser is built, which takes 8 ms. Raises `UsageError`."""
    if any(argument.startswith("-") for argument in arguments):
        from batchlint.cli.check_parser import parser

        return parser().parse_args(arguments)
    return cast("argparse.Namespace", SimpleNamespace(**defaults(), paths=list(arguments)))


def lint(chosen: argparse.Namespace) -> int:
    """Lints what was chosen and returns the exit code."""
    return linted(chosen).status


def linted(chosen: argparse.Namespace, stale_named: int = 0) -> Linted:
    """Lints what was chosen; findings go to the reports, all else to standard error.

    So many findings that a baseline accepts in vain are named one by one.
    """
    inputs = inputs_of(chosen.paths, only_batches=chosen.only_batches)
    files = inputs.files
    rulebooks = rulebooks_of(chosen, files)
    if chosen.count_tokens == "api":
        from batchlint.cli.counting import counted

        rulebooks = counted(rulebooks, files, progress=not chosen.no_progress)
    outputs = outputs_of(chosen, [*files, *(each.path for each in rulebooks.baselines)])
    try:
        with open_reports(outputs, look_of(chosen), chosen.api_version) as reports:
            with (
                Progress(not (chosen.no_progress or chosen.quiet)) as progress,
                sharing(jobs_of(chosen.jobs, files), files, rulebooks, progress) as checks,
            ):
                run = Run(rulebooks.of, reports, chosen.stdin_filename, progress, checks)
                run.check(files)
            notes = run.close()
    except OutputError as error:
        tell(f"error: {error}")
        return Linted(UNREADABLE, Tally())
    for path, reason in run.unreadable:
        tell(f"{path}: cannot be read: {reason.strerror or reason}")
    if not chosen.quiet:
        if chosen.verbose:
            tell(passed_over_line(inputs.passed_over))
        unread = {path for path, _ in run.unreadable}
        read = [path for path in files if path not in unread]
        told = [f"{each.path or each.format}: {note}" for each, note in zip(outputs, notes, strict=True) if note]
        accepted = accepted_lines(rulebooks, run.tally, read, stale_named)
        unknown = unknown_beta_lines(rulebooks.betas) if rulebooks.betas else ()
        for line in (*unknown, *told, *accepted, *clean_lines(run.tally, len(read))):
            tell(line)
    return Linted(exit_code(run, chosen), run.tally)


def rulebooks_of(chosen: argparse.Namespace, files: Sequence[str], *, with_baseline: bool = True) -> Rulebooks:
    """What each of the files is held to; whatever is wrong in a configuration or baseline is a `UsageError` now."""
    given = given_of(chosen)
    rulebooks = Rulebooks(configurations(chosen), given if with_baseline else given | {"baseline": None})
    try:
        for path in files:
            rulebooks.of(path)
    except (ConfigError, UnknownRule) as error:
        raise UsageError(error) from None
    return rulebooks


def configurations(chosen: argparse.Namespace) -> Callable[[str], Configuration]:
    """Gives the configuration of a path: the one named, the closest one, or none. Raises `UsageError`."""
    if chosen.config is not None:
        if chosen.no_config:
            raise UsageError("--config FILE and --no-config cannot stand beside each other")
        from batchlint.config.reading import read

        try:
            named = read(chosen.config)
        except ConfigError as error:
            raise UsageError(error) from None
        return lambda path: named
    if chosen.no_config:
        return lambda path: Configuration()
    closest = Closest()
    return lambda path: closest.above((chosen.stdin_filename or "./") if path == "-" else path)


def exit_code(run: Run, chosen: argparse.Namespace) -> int:
    """3 where a file could not be read, 1 where findings fail, unless `--exit-zero`."""
    if run.unreadable:
        return UNREADABLE
    return FINDINGS if run.tally.failing and not chosen.exit_zero else CLEAN


def clean_lines(tally: Tally, files: int) -> list[str]:
    """Tells a person that everything was read and nothing found."""
    if not files or tally.rules:
        return []
    what = "new findings" if tally.accepted else "findings"
    return [f"no {what} in {how_many(tally.requests, 'request')} of {how_many(files, 'file')}"]


def passed_over_line(files: int) -> str:
    """Tells how many files were looked into and hold no batch."""
    return f"passed over: {how_many(files, 'file')} without a request of a batch"


def accepted_lines(rulebooks: Rulebooks, tally: Tally, files: Sequence[str], named: int) -> list[str]:
    """Tells how much a baseline accepts, and what of it is there no more."""
    lines = [f"accepted by the baseline: {how_many(tally.accepted, 'finding')}"] if tally.accepted else []
    for baseline in rulebooks.baselines:
        stale = list(baseline.stale(files))
        if stale:
            hint = "batchlint baseline write drops them" if named else "batchlint baseline check names them"
            lines.append(f"{baseline.path}: accepted, and there no more: {how_many(len(stale), 'finding')} ({hint})")
        lines += [f"  {each.path}: {each.rule} {each.custom_id or ''} {each.pointer or ''}" for each in stale[:named]]
    return lines
