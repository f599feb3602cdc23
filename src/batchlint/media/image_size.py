"""The size that a model sees an image in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from batchlint.facts.media_type import Tier


def fits(width: int, height: int, tier: Tier) -> bool:
    """Whether an image of so many pixels is seen as it is."""
    patches = -(-width // tier.patch) * -(-height // tier.patch)
    return max(width, height) <= tier.long_edge and patches <= tier.tokens


def fitting_size(width: int, height: int, tier: Tier) -> tuple[int, int]:
    """The greatest width and height, in pixels and of about the same proportion, that fit."""
    if fits(width, height, tier):
        return width, height
    if height > width:
        height, width = fitting_size(height, width, tier)
        return width, height
    fitting, too_wide = 1, width
    while fitting + 1 < too_wide:
        middle = (fitting + too_wide) // 2
        if fits(middle, _height_for(middle, width, height), tier):
            fitting = middle
        else:
            too_wide = middle
    return fitting, _height_for(fitting, width, height)


def _height_for(new_width: int, width: int, height: int) -> int:
    return max(round(new_width * height / width), 1)
