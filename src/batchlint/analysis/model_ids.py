"""Guesses the model id that was meant by an unknown one."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from batchlint.facts import models

if TYPE_CHECKING:
    from batchlint.facts import Model


def what_to_write(model_id: str | None, day: datetime.date) -> str | None:
    """What to write for an id that may be misspelt or lack its date, as a sentence; None where no known id is near."""
    name, model = meant_model(model_id)
    if name is None or model is None:
        return None
    if not model.retired_on(day):
        return f"write {name}"
    return f"{name} was meant, which is retired" + (f": use {model.replaced_by}" if model.replaced_by else "")


def meant_model(model_id: str | None) -> tuple[str | None, Model | None]:
    """The known id that is near to one that may be misspelt or lack its date, and its model."""
    name = None if model_id is None else _nearest(model_id)
    return name, None if name is None else models().find(name)


def _nearest(model_id: str) -> str | None:
    name = model_id.strip().lower()
    known = models()
    if known.find(name) is not None:
        return name
    nearest = known.nearest(name)
    if nearest is not None:
        return nearest
    dated = (model.id for model in known if model.id.rpartition("-")[0] == name and model.id[-8:].isdigit())
    return next(dated, None)
