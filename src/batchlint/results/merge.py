"""The results of parts or attempts in one file, in the order of the sources, with an account of every id."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from batchlint.reports.closing import how_many
from batchlint.results.account import Account
from batchlint.results.errors import Refusal
from batchlint.results.framing import FRAMINGS
from batchlint.results.manifest import described, manifest_path, results_of, sources_of, written
from batchlint.results.output_files import make_sure_it_is_new, writing

KIND = "merge"
NAMED = 5
"""Ids that a refusal names."""


def merge(account: Account, output: Path, *, drop_unknown: bool = False) -> int:
    """Writes the row that counts for each id, as JSONL, and a manifest; returns how many rows.

    The account has to be one `in_any_order`, so that the output does not depend on the order of the results files.
    Raises Refusal where results belong to no source, WrongFile and FileTrouble where nothing can be written.
    """
    if account.strangers and not drop_unknown:
        first = ", ".join(repr(each[:64]) for each in sorted(account.strangers)[:NAMED])
        more = ", ..." if len(account.strangers) > NAMED else ""
        raise Refusal(
            f"{how_many(len(account.strangers), 'id')} of the results in no source: {first}{more}\n"
            "name every file that was sent with --source, or leave them out with --drop-unknown; nothing was written"
        )
    requests = account.requests
    inputs = [source.path for source in account.inputs]
    manifest = manifest_path(output)
    make_sure_it_is_new(output, inputs, beside=[manifest])
    rows = sum(1 for number in range(len(requests)) if account.row_place(number) is not None)
    if not rows:
        raise Refusal("no result belongs to any request: nothing was written")
    with writing(account.inputs) as outputs:
        merged, said = outputs.draft(output), outputs.draft(manifest)
        FRAMINGS["jsonl"].write(_rows(account), merged.write)
        merged.finish()
        results = sorted(results_of(account), key=lambda each: (each["sha256"], each["path"]))
        head = {
            "sources": sources_of(requests),
            "results": results,
            "classes": account.classes(),
            "rows": account.all_rows()._asdict(),
            "output": described(merged, "jsonl", rows),
        }
        said.write_all(written(KIND, head, _requests(account)))
        outputs.publish(said, merged)
    return rows


def _rows(account: Account) -> Iterator[bytes]:
    return (row for number in range(len(account.requests)) if (row := account.row(number)))


def _requests(account: Account) -> Iterator[dict[str, Any]]:
    for number, custom_id in enumerate(account.requests.ids()):
        yield {"custom_id": custom_id, "class": account.outcome(number).of_class.name}
