"""What a report with a limit has place for: errors and warnings each have their share."""

from __future__ import annotations

from batchlint.reports.quota import Quota
from batchlint.rule import Severity


def taken(quota: Quota, severity: Severity, size: int) -> int:
    """How many findings of that size find a place."""
    count = 0
    while quota.has_place(severity):
        quota.take(severity, size)
        count += 1
    return count


def test_errors_have_four_fifths_of_the_size_and_warnings_the_rest() -> None:
    quota = Quota(1000)
    assert taken(quota, "error", 10) == 80
    assert taken(quota, "warning", 10) == 20


def test_warnings_leave_errors_their_place() -> None:
    quota = Quota(1000)
    assert taken(quota, "warning", 10) == 20
    assert taken(quota, "error", 10) == 80


def test_each_severity_has_its_number_too() -> None:
    quota = Quota(1000, errors=3, warnings=2)
    assert (taken(quota, "error", 1), taken(quota, "warning", 1)) == (3, 2)


def test_a_size_that_is_used_up_has_no_place() -> None:
    quota = Quota(5)
    quota.take("warning", 1)
    assert not quota.has_place("warning")


def test_what_is_left_out_is_counted() -> None:
    quota = Quota(1000)
    assert quota.left_out == 0
    quota.refuse()
    quota.refuse()
    assert quota.left_out == 2


def test_together_they_are_what_github_takes_in_an_upload() -> None:
    quota = Quota(1_000_000_000)
    assert taken(quota, "error", 1) + taken(quota, "warning", 1) == 25_000
