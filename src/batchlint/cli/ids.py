"""`batchlint ids`: legal, unique, stable custom_ids, and the way back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence

from batchlint.cli import CLEAN, FINDINGS, UsageError, tell
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.parser import Parser

DESCRIPTION = """\
Lists the custom_ids that the API would not take, and what they would become (exit 1 if there are any).
--fix writes the file with legal ids, everything else byte for byte, and a map of new to old.
--restore puts the old ids back into results."""
USAGE = """\
batchlint ids FILE
       batchlint ids FILE --fix -o OUT --map MAP
       batchlint ids --restore RESULTS --map MAP -o OUT"""


def main(arguments: Sequence[str]) -> int:
    """Lists, fixes or restores, and returns the exit code."""
    options = parser().parse_args(arguments)
    wanted = [name for name in ("output", "map") if getattr(options, name) is None]
    if (options.fix or options.restore is not None) and wanted:
        raise UsageError(
            f"{'--fix' if options.fix else '--restore'} needs {' and '.join(f'--{n} FILE' for n in wanted)}"
        )
    if options.restore is not None:
        if options.file is not None or options.fix:
            raise UsageError("--restore takes results and a map; it cannot be combined with --fix or a batch file")
        return exit_code_of(lambda: restore(options), options.restore)
    if options.file is None:
        raise UsageError("no file given; name a batch file (see batchlint ids --help)")
    return exit_code_of(lambda: fix(options) if options.fix else listed(options), options.file)


def listed(options: argparse.Namespace) -> int:
    """Prints what --fix would change, a request on each line."""
    from batchlint.ids.renaming import MISSING, renamings
    from batchlint.reports.plain import plain
    from batchlint.sources import open_source, steady
    from batchlint.sources.positions import Positions

    count = 0
    with open_source(options.file) as source, steady(source):
        places = Positions(source)
        for renaming in renamings(source):
            count += 1
            item = renaming.item
            place = places.place(item.offset + renaming.span.start, item.line, item.line_offset)
            old = "" if renaming.old is MISSING else f"{json.dumps(renaming.old, ensure_ascii=False)} "
            _list(plain(f"{source.path}:{place.line}:{place.column}: {old}-> {renaming.new} ({renaming.why})"))
        path = source.path
    tell(
        f"{count:,} {'id' if count == 1 else 'ids'} to change in {path}"
        + ("; --fix -o OUT --map MAP writes them" if count else "")
    )
    return FINDINGS if count else CLEAN


def _list(line: str) -> None:
    """A change on a line, as programs count them; on a terminal it is wrapped."""
    lines: Iterable[str] = (line,)
    if sys.stdout.isatty():
        from batchlint.terminal.screen import screen_of
        from batchlint.terminal.wrap import wrapped

        lines = wrapped(line, screen_of(sys.stdout), indent="    ")
    for each in lines:
        sys.stdout.write(each + "\n")


def fix(options: argparse.Namespace) -> int:
    """Writes the file with legal ids, and the map before it, since without the map there is no way back."""
    from batchlint.files.atomic import new_file, sha256_of_source
    from batchlint.ids.map import mapped
    from batchlint.ids.renaming import renamings
    from batchlint.ids.rewriting import edit_of, rewritten
    from batchlint.sources import open_source, steady

    with open_source(options.file) as source, new_file(options.output) as output:
        with new_file(options.map) as map_file, steady(source):
            changes = mapped(renamings(source), map_file, source.path, sha256_of_source(source))
            for data in rewritten(source, map(edit_of, changes)):
                output.write(data)
        path = source.path
    tell(f"{path} -> {options.output}, map {options.map}")
    return CLEAN


def restore(options: argparse.Namespace) -> int:
    """Writes the results with the old ids."""
    from batchlint.files.atomic import new_file
    from batchlint.ids.map import read_map
    from batchlint.ids.restoring import Restored, restoring_edits
    from batchlint.ids.rewriting import rewritten
    from batchlint.results.opening import open_input
    from batchlint.sources import steady

    ids = read_map(options.map)
    counts = Restored()
    with open_input(options.restore) as source, new_file(options.output) as output, steady(source):
        for data in rewritten(source, restoring_edits(source, ids, counts)):
            output.write(data)
        path = source.path
    tell(
        f"{path} -> {options.output}: {counts.changed:,} of {counts.rows:,} ids restored, the others were never changed"
    )
    if counts.without_old:
        tell(f"{counts.without_old:,} requests had no id and keep the new one")
    if counts.odd:
        tell(f"{counts.odd:,} lines are not results and are left as they are")
    if ids.ids and not counts.changed and not counts.without_old:
        tell(f"none of the {len(ids.ids):,} ids of {options.map} is among them: is it the map of these results?")
    return CLEAN


def parser() -> Parser:
    """The options of ids."""
    result = Parser(prog="batchlint ids", usage=USAGE, description=DESCRIPTION)
    result.add_argument("file", nargs="?", metavar="FILE", help="a batch file; - is standard input")
    result.add_argument("--fix", action="store_true", help="write the file with legal ids, and the map")
    result.add_argument("--restore", metavar="RESULTS", help="put the old ids back into these results")
    result.add_argument("--map", metavar="MAP", help="the map, written by --fix and read by --restore")
    result.add_argument("-o", "--output", metavar="OUT", help="what is written; never in place of another file")
    return result
