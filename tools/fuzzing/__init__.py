"""Coverage-guided fuzzing of what strangers write: what is fed in (targets), and what has to hold of it (oracles).

    seeds: fixtures and generated bombs -> campaign: atheris changes them -> targets: bytes into batchlint
    -> oracles: what fails is kept, one file for each cause

Nothing here needs atheris but `campaign`; the tests feed the seeds, and whatever was found before, to the same targets.
"""
