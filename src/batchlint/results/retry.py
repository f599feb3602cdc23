"""A new batch of what is worth sending again unchanged, and next to it what needs a fix, and why."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batchlint.config.settings import Settings
from batchlint.files.atomic import sha256_of
from batchlint.files.drafts import abandoned_drafts
from batchlint.reports import Report
from batchlint.reports.tally import Tally
from batchlint.results.account import Account
from batchlint.results.earlier_retries import KIND, EarlierRetry, earlier_retries, failure_digest, retried_before
from batchlint.results.errors import Refusal
from batchlint.results.examples import Examples
from batchlint.results.groups import groups_of
from batchlint.results.manifest import described, manifest_path, results_of, sources_of, written
from batchlint.results.needs_fix import why
from batchlint.results.output_files import Draft, make_sure_it_is_new, writing
from batchlint.results.requests import Requests
from batchlint.results.selection import Selection

WHOLE = "ok"
"""The class of requests of which there is nothing left to do."""
NAMED = 3
"""Ids that a refusal names."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a retry is asked for."""

    output: Path
    classes: frozenset[str]
    """What is sent again."""
    container: str | None
    """None: that of the sources."""
    batches: Sequence[str]
    """The ids of the batches that the results belong to, where they are known."""
    force: bool
    """Send again what was sent again before."""
    attempt: int
    """The number that this attempt has at least."""
    settings: Settings
    """The settings for linting the new batch."""


@dataclass(frozen=True, slots=True)
class Names:
    """Where a retry writes."""

    batch: Path
    fix: Path
    why: Path
    manifest: Path


@dataclass(frozen=True, slots=True)
class Retried:
    """What a retry did."""

    attempt: int
    chosen: Counter[str]
    """By class: what is sent again."""
    fix: Counter[str]
    """By class: what needs a fix first."""
    left_out: Counter[str]
    """By class: what was not answered whole, and is in none of the files."""
    tally: Tally
    """Where it has errors, nothing was written: the API would refuse the new batch."""


def names_of(output: Path) -> Names:
    """The output and the names next to it: `retry.jsonl` has `retry.needs-fix.jsonl` and so on."""
    fix = output.with_name(f"{output.stem}.needs-fix{output.suffix}")
    return Names(output, fix, output.with_name(f"{output.stem}.needs-fix.md"), manifest_path(output))


def retry(account: Account, examples: Examples, wish: Wish, report: Report) -> Retried:
    """Writes the new batch, what needs a fix, and the manifest; or nothing, where the new batch would be refused.

    The report is given why. Raises Refusal for what was sent again before, WrongFile for names that are taken, and
    FileTrouble for a full disk and its like.
    """
    requests, names = account.requests, names_of(wish.output)
    inputs = [source.path for source in account.inputs]
    make_sure_it_is_new(names.batch, inputs, beside=[names.fix, names.why, names.manifest])
    needs_fix = frozenset(each.of_class.name for each in account.outcomes if each.of_class.needs_fix) - wish.classes
    again = Selection(requests, array("q", account.numbers_of(wish.classes)))
    fix = Selection(requests, array("q", account.numbers_of(needs_fix)))
    head = _head(account, again, wish) if again else {}
    container = wish.container or common_container(requests)
    if not again:
        make_sure_it_is_new(names.fix, inputs, beside=[names.why])
    with writing(account.inputs) as outputs:
        tally = Tally()
        if again:
            batch = outputs.draft(names.batch)
            again.write(batch, container)
            tally = again.lint(batch, wish.settings, report)
        if not tally.errors:
            drafts: list[Draft] = []  # in the order in which they get their names, the main one last
            if fix:
                of_fix, of_why = outputs.draft(names.fix), outputs.draft(names.why)
                fix.write(of_fix, container)
                of_why.write_all(why(account, groups_of(account, examples, needs_fix), fix.numbers, names.fix.name))
                drafts += [of_why, of_fix]
            if again:
                head["output"] = described(batch, container, len(again))
                head["needs_fix"] = described(of_fix, container, len(fix)) if fix else None
                manifest = outputs.draft(names.manifest)
                manifest.write_all(written(KIND, head, _requests(account, again)))
                drafts += [manifest, batch]
            outputs.publish(*drafts)
    counts = Counter(account.classes())
    left_out = counts.keys() - wish.classes - needs_fix - {WHOLE}
    return Retried(
        attempt=head.get("attempt", 1),
        chosen=_only(counts, wish.classes),
        fix=_only(counts, needs_fix),
        left_out=_only(counts, left_out),
        tally=tally,
    )


def _only(counts: Counter[str], classes: Collection[str]) -> Counter[str]:
    return Counter({name: count for name, count in counts.items() if name in classes})


def common_container(requests: Requests) -> str:
    """The container of all sources; JSONL where they differ."""
    containers = {source.container for source in requests.sources}
    return containers.pop() if len(containers) == 1 else "jsonl"


def _head(account: Account, again: Selection, wish: Wish) -> dict[str, Any]:
    """What the manifest says of where the batch comes from; raises Refusal for what was sent again before."""
    sources, results = sources_of(account.requests), results_of(account)
    folders = {Path(each["path"]).parent for each in (*sources, *results)} | {wish.output.parent}
    earlier = [each for each in earlier_retries(folders) if not _is_interrupted(each, wish.output)]
    ids = list(account.requests.ids())
    chosen = [(number, ids[number]) for number in again.numbers]
    for each in () if wish.force else earlier:
        same = retried_before(each, account, chosen, [file["sha256"] for file in results])
        if same:
            raise Refusal(_sent_before(each, same))
    return {
        "attempt": max(
            wish.attempt,
            1 + max((each.attempt for each in earlier if _precedes(each, chosen, sources)), default=1),
        ),
        "batches": list(wish.batches),
        "sources": sources,
        "results": results,
        "classes": account.classes(),
        "rows": account.all_rows()._asdict(),
        "retried": dict(Counter(account.outcome(number).of_class.name for number in again.numbers)),
    }


def _is_interrupted(earlier: EarlierRetry, output: Path) -> bool:
    """Whether an earlier retry is one towards the same output that was killed before it could give it its name: its
    manifest is there, and the batch that it tells of is still a draft.
    """
    manifest = manifest_path(output)
    if output.exists() or not manifest.exists() or not manifest.samefile(earlier.path):
        return False
    return any(sha256_of(draft) == earlier.output for draft in abandoned_drafts(output))


def _precedes(earlier: EarlierRetry, chosen: Sequence[tuple[int, str]], sources: Sequence[dict[str, Any]]) -> bool:
    """Whether an earlier retry is itself what is retried now, or sent any of these requests out of the same source."""
    shas = {source["sha256"] for source in sources}
    if earlier.output in shas:
        return True
    return not earlier.sources.isdisjoint(shas) and any(custom_id in earlier.failures for _, custom_id in chosen)


def _sent_before(earlier: EarlierRetry, same: Sequence[str]) -> str:
    named = ", ".join(repr(each[:64]) for each in same[:NAMED]) + (", ..." if len(same) > NAMED else "")
    return (
        f"{len(same):,} of these failures were sent again before ({named}), says {earlier.path}: they would be paid "
        "twice, so nothing was written\ngive the results of that retry too, or --force if it was never sent"
    )


def _requests(account: Account, again: Selection) -> Iterator[dict[str, Any]]:
    ids = list(account.requests.ids())
    for number in again.numbers:
        name = account.outcome(number).of_class.name
        yield {"custom_id": ids[number], "class": name, "failure": failure_digest(account, number)}
