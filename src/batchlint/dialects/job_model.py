"""The model of a whole batch, as platforms write it where their requests name none."""

from __future__ import annotations


def claude_id(text: str) -> str:
    """The id that the Claude API has for a model, an inference profile, or a model of another platform.

    One that is not known is given back as it is: it may be newer than this version. Raises ValueError for a misspelt
    one, and for the model of another provider.
    """
    from batchlint.facts import dialects, models
    from batchlint.spelling import meant

    foreign = dialects().of_model(text)
    if foreign is not None and foreign.claude_id is None and not foreign.key.endswith("_arn"):
        raise ValueError(f"{text[:80]!r} is no model of Claude, as far as batchlint knows: {foreign.name}")
    named = text if foreign is None or foreign.claude_id is None else foreign.claude_id
    if models().find(named) is not None:
        return named
    nearest = meant(named, [name for model in models() for name in (model.id, *model.aliases)])
    if nearest is not None and "-" in named and named.rpartition("-")[2] == nearest.rpartition("-")[2]:
        raise ValueError(f"there is no model {text[:80]!r}; did you mean {nearest!r}?")
    return named
