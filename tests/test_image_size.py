"""Images are seen in the greatest size that fits a model's two limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.facts import media
from batchlint.media.image_size import fits, fitting_size

SIDES = st.integers(min_value=1, max_value=20_000)


@pytest.mark.parametrize(
    ("tier", "size", "seen"),
    [
        ("standard", (1920, 1080), (1456, 819)),  # both from the documentation of vision coordinates
        ("standard", (1075, 1520), (924, 1307)),
        ("large", (1920, 1080), (1920, 1080)),
        ("large", (2576, 28), (2576, 28)),
        ("large", (2577, 28), (2576, 28)),
    ],
)
def test_sizes_are_those_of_the_documentation(tier: str, size: tuple[int, int], seen: tuple[int, int]) -> None:
    assert fitting_size(*size, media().tiers[tier]) == seen


@given(SIDES, SIDES, st.sampled_from(["standard", "large"]))
def test_what_is_seen_fits_and_is_the_same_turned_by_90_degrees(width: int, height: int, tier: str) -> None:
    limits = media().tiers[tier]
    seen = fitting_size(width, height, limits)
    assert fits(*seen, limits)
    assert (seen == (width, height)) == fits(width, height, limits)
    assert width == height or fitting_size(height, width, limits) == seen[::-1]
