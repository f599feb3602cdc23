"""A made-up batch as it may come back: a block of requests with a typo, a burst of overload, and an expired tail."""

from __future__ import annotations

from pathlib import Path

from tests.results.made import answer, ended, error, refusal, request, written

TYPOS, BURST, TAIL = 2, 5, 9
"""The tenth of the file, from 0, that each is."""


def write_batch(folder: Path, count: int) -> tuple[Path, Path]:
    """The files of the requests and of the results."""
    requests, results = [], []
    for number in range(count):
        custom_id, tenth = f"review-{number:06}", 10 * number // count
        requests.append(request(custom_id))
        if tenth == TYPOS:
            requests[-1]["params"]["max_token"] = requests[-1]["params"].pop("max_tokens")
            results.append(refusal(custom_id))
        elif tenth == BURST and number % 4:
            results.append(error(custom_id, "overloaded_error", "Overloaded"))
        elif tenth == TAIL:
            results.append(ended(custom_id, "expired"))
        else:
            results.append(answer(custom_id))
    return Path(written(folder, "requests.jsonl", *requests)), Path(written(folder, "results.jsonl", *results))
