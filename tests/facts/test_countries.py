"""The codes of countries are those of ISO 3166-1, and what is next to them fits them."""

from __future__ import annotations

import re

from batchlint.facts import countries


def test_there_are_249_countries_of_two_capitals() -> None:
    assert len(countries().codes) == 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in countries().codes | countries().reserved)


def test_a_reserved_code_is_not_a_countrys_and_what_is_meant_or_refused_is_one() -> None:
    assert not countries().reserved & countries().codes
    assert not countries().meant.keys() & countries().codes
    assert {*countries().meant.values(), *countries().refused} <= countries().codes
