"""`batchlint PATH...`: lints batch files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, cast

from batchlint.cli import CLEAN, FINDINGS, UNREADABLE, UsageError, tell
from batchlint.cli.args import defaults, given_values
from batchlint.cli.input_files import InputFiles, inputs_of
from batchlint.cli.jobs import expect_all, jobs_of, sharing
from batchlint.cli.outputs import look_of, open_reports, outputs_of
from batchlint.cli.reaching import reaching_as
from batchlint.cli.unknown_betas import unknown_beta_lines
from batchlint.config import Closest, ConfigError, Configuration
from batchlint.config.select import UnknownRule
from batchlint.reports import OutputError, enough_for
from batchlint.reports.closing import how_many
from batchlint.reports.tally import Tally
from batchlint.rulebook import Rulebooks
from batchlint.run import Run
from batchlint.sources.progress import Progress
from batchlint.sources.reach import is_url

if TYPE_CHECKING:
    import argparse


class LintResult(NamedTuple):
    """The result of a run."""

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


def lint(args: argparse.Namespace) -> int:
    """Lints what was chosen and returns the exit code."""
    return lint_and_report(args).status


def lint_and_report(args: argparse.Namespace, stale_named: int = 0) -> LintResult:
    """Lints what was chosen; findings go to the reports, all else to standard error.

    So many findings that a baseline accepts in vain are named one by one.
    """
    with reaching_as(args, args.paths):
        return lint_and_report_files(args, inputs_of(args.paths, only_batches=args.only_batches), stale_named)


def lint_and_report_files(args: argparse.Namespace, inputs: InputFiles, stale_named: int = 0) -> LintResult:
    """The same for files that are known already; of none at all, the reports are written too."""
    files = inputs.files
    rulebooks = rulebooks_of(args, files)
    if args.count_tokens == "api":
        from batchlint.cli.api_counts import count_with_api

        rulebooks = count_with_api(rulebooks, files, progress=not args.no_progress)
    outputs = outputs_of(args, [*files, *(each.path for each in rulebooks.baselines)])
    look = look_of(args)
    rulebooks.limit_broken_lines(enough_for(each.format for each in outputs))
    try:
        with open_reports(outputs, look, args.api_version) as reports:
            with (
                Progress(not (args.no_progress or args.quiet)) as progress,
                sharing(jobs_of(args.jobs, files), files, rulebooks, progress) as checks,
            ):
                expect_all(progress, files)
                run = Run(rulebooks.of, reports, args.stdin_filename, progress, checks)
                run.check(files)
            notes = run.close()
    except OutputError as error:
        tell(f"error: {error}")
        return LintResult(UNREADABLE, Tally())
    for path, reason in run.unreadable:
        tell(f"{path}: cannot be read: {reason.strerror or reason}")
    if not args.quiet:
        if args.verbose:
            tell(passed_over_line(inputs.passed_over))
        unread = {path for path, _ in run.unreadable}
        read = [path for path in files if path not in unread]
        told = [f"{each.path or each.format}: {note}" for each, note in zip(outputs, notes, strict=True) if note]
        accepted = accepted_lines(rulebooks, run.tally, read, stale_named)
        unknown = unknown_beta_lines(rulebooks.betas) if rulebooks.betas else ()
        for line in (*unknown, *told, *accepted, *clean_lines(run.tally, len(read))):
            tell(line)
    return LintResult(exit_code(run, args), run.tally)


def rulebooks_of(args: argparse.Namespace, files: Sequence[str], *, with_baseline: bool = True) -> Rulebooks:
    """The settings of each file; an error in a configuration or baseline is raised now, as `UsageError`."""
    given = given_values(args)
    rulebooks = Rulebooks(configurations(args), given if with_baseline else given | {"baseline": None})
    try:
        for path in files:
            rulebooks.of(path)
    except (ConfigError, UnknownRule) as error:
        raise UsageError(error) from None
    return rulebooks


def configurations(args: argparse.Namespace) -> Callable[[str], Configuration]:
    """Gives the configuration of a path: the one named, the closest one, or none. Raises `UsageError`."""
    if args.config is not None:
        if args.no_config:
            raise UsageError("--config FILE and --no-config cannot be combined")
        from batchlint.config.reading import read

        try:
            named = read(args.config)
        except ConfigError as error:
            raise UsageError(error) from None
        return lambda path: named
    if args.no_config:
        return lambda path: Configuration()
    closest = Closest()
    return lambda path: closest.above(_place(path, args.stdin_filename))


def _place(path: str, stdin_filename: str | None) -> str:
    """Where the configuration of a path is looked for: of what is on no disk here, in the working folder."""
    if path == "-":
        return stdin_filename or "./"
    return "./" if is_url(path) else path


def exit_code(run: Run, args: argparse.Namespace) -> int:
    """3 where a file could not be read, 1 where findings fail, unless `--exit-zero`."""
    if run.unreadable:
        return UNREADABLE
    return FINDINGS if run.tally.failing and not args.exit_zero else CLEAN


def clean_lines(tally: Tally, files: int) -> list[str]:
    """Tells a person that everything was read and nothing found."""
    if not files or tally.rules:
        return []
    what = "new findings" if tally.accepted else "findings"
    return [f"no {what} in {how_many(tally.requests, 'request')} of {how_many(files, 'file')}"]


def passed_over_line(files: int) -> str:
    """How many files were looked into and hold no batch."""
    return f"passed over: {how_many(files, 'file')} without a request of a batch"


def accepted_lines(rulebooks: Rulebooks, tally: Tally, files: Sequence[str], named: int) -> list[str]:
    """How much a baseline accepts, and which of its entries are stale."""
    lines = [f"accepted by the baseline: {how_many(tally.accepted, 'finding')}"] if tally.accepted else []
    for baseline in rulebooks.baselines:
        stale = list(baseline.stale(files))
        if stale:
            hint = "batchlint baseline write drops them" if named else "batchlint baseline check names them"
            lines.append(f"{baseline.path}: {_stale(len(stale))} ({hint})")
        lines += [f"  {each.path}: {each.rule} {each.custom_id or ''} {each.pointer or ''}" for each in stale[:named]]
    return lines


def _stale(count: int) -> str:
    return f"{count:,} stale baseline {'entry' if count == 1 else 'entries'}"
