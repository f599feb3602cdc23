"""The day of the facts, and models of which no rule has anything to say on it: tests that need one ask here.

So a deprecation breaks no test but those about deprecations. A test whose files are written down names a fixed day
instead: what is announced later changes nothing on it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from batchlint.facts import models
from batchlint.facts.model import Model

FACTS_DAY: datetime.date = models().checked
"""The day on which the models were last looked at."""
AS_OF = ["--as-of", FACTS_DAY.isoformat()]


def active_models(can: Callable[[Model], bool] = lambda model: True) -> tuple[str, ...]:
    """Ids of the models that everybody can use on the day of the facts and that can do that, newest first."""
    return tuple(
        model.id
        for model in models()
        if not model.limited and not model.deprecated_on(FACTS_DAY) and not model.retires_disputed and can(model)
    )


def active_model(can: Callable[[Model], bool] = lambda model: True) -> str:
    """The newest of them; raises LookupError where there is none any more, and the test has lost its matter."""
    for model_id in active_models(can):
        return model_id
    raise LookupError(f"no active model can do that on {FACTS_DAY}")
